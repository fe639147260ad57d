"""What the palette cannot say: the shape of a few widgets, in colours that ``theme.py`` gives."""

from collections.abc import Mapping

TEMPLATE = """
QWidget { font-family: "Yu Gothic UI", "Meiryo", "BIZ UDGothic", "Noto Sans CJK JP"; }
QToolTip { color: @text; background: @base; border: 1px solid @border; padding: 4px; }
QPushButton, QToolButton[flat="false"] {
  color: @text; background: @button; border: 1px solid @border; border-radius: 4px; padding: 5px 12px;
}
QPushButton:hover, QToolButton:hover { border-color: @accent; }
QPushButton:pressed, QPushButton:checked { color: @on_accent; background: @accent; }
QPushButton:focus, QToolButton:focus, QLineEdit:focus, QCheckBox:focus,
QRadioButton:focus { border: 2px solid @accent; }
QCheckBox:focus, QRadioButton:focus { border-radius: 3px; }
QCheckBox, QRadioButton { border: 2px solid transparent; padding: 1px; }
QCheckBox::indicator, QTableView::indicator, QListView::indicator, QTreeView::indicator,
QRadioButton::indicator {
  width: 0.85em; height: 0.85em; border: 1px solid @text; border-radius: 3px; background: @base;
}
QRadioButton::indicator { border-radius: 0.45em; }
QCheckBox::indicator:checked, QTableView::indicator:checked, QListView::indicator:checked,
QTreeView::indicator:checked { background: @accent; image: url("@icons/tick-@ink.svg"); }
QCheckBox::indicator:indeterminate { background: @accent; image: url("@icons/dash-@ink.svg"); }
QRadioButton::indicator:checked { background: @accent; image: url("@icons/dot-@ink.svg"); }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled, QTableView::indicator:disabled {
  border-color: @muted; background: @window;
}
QCheckBox::indicator:checked:disabled, QRadioButton::indicator:checked:disabled,
QTableView::indicator:checked:disabled { background: @muted; }
QPushButton:disabled { color: @muted; background: @window; border-style: dashed; }
QPushButton[role="main"] { color: @on_accent; background: @accent; border-color: @accent; }
QPushButton[role="main"]:focus { border: 2px solid @text; }
QPushButton[role="main"]:disabled { color: @muted; background: @window; border-color: @border; }
QLineEdit { border: 1px solid @border; border-radius: 4px; padding: 4px 6px; background: @base; }
QStatusBar { background: @window; }
QStatusBar::item { border: 0; }
QTableView, QListView, QTreeView, QPlainTextEdit, QTextBrowser {
  border: 1px solid @border; padding: 1px; background: @base; alternate-background-color: @alternate;
}
QTableView:focus, QListView:focus, QTreeView:focus, QPlainTextEdit:focus, QTextBrowser:focus {
  border: 2px solid @accent; padding: 0;
}
QTableView { gridline-color: @alternate; outline: 0; }
QTableView::item { padding: 0 3px; }
QListWidget::item { padding: 5px 8px; }
QListWidget::item:selected { color: @on_accent; background: @accent; }
QHeaderView::section {
  color: @text; background: @window; border: 0; border-right: 1px solid @border;
  border-bottom: 1px solid @border; padding: 5px 6px;
}
QProgressBar { border: 1px solid @border; border-radius: 4px; background: @base; text-align: center; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }
QFrame[role="banner"] { background: @banner; border: 1px solid @border; border-radius: 4px; }
QFrame[role="banner"] QLabel { color: @on_banner; }
QFrame[role="card"] { background: @base; border: 1px solid @border; border-radius: 6px; }
QFrame[role="drop"] { background: @base; border: 2px dashed @border; border-radius: 10px; }
QFrame[role="drop"][over="true"] { border-color: @accent; background: @alternate; }
QFrame[role="clean"] { background: @clean_ground; border: 1px solid @clean; border-radius: 4px; }
QFrame[role="clean"] QLabel { color: @clean; }
QFrame[role="confirm"] { background: @confirm_ground; border: 1px solid @confirm; border-radius: 4px; }
QFrame[role="confirm"] QLabel { color: @confirm; }
QFrame[role="correct"] { background: @correct_ground; border: 1px solid @correct; border-radius: 4px; }
QFrame[role="correct"] QLabel { color: @correct; }
QFrame[role="unchecked"] { background: @unchecked_ground; border: 1px solid @unchecked; border-radius: 4px; }
QFrame[role="unchecked"] QLabel { color: @unchecked; }
QLabel[role="muted"] { color: @muted; }
QLabel[role="name"] { font-weight: bold; }
QPushButton[role="step"] { border: 0; border-radius: 4px; padding: 6px 14px; background: transparent; }
QPushButton[role="step"]:checked { color: @on_accent; background: @accent; }
QPushButton[role="step"]:disabled { color: @muted; background: transparent; border: 0; }
QPushButton[role="step"]:focus { border: 2px solid @text; }
QSplitter::handle { background: @border; }
"""


def sheet(colours: Mapping[str, str]) -> str:
    """The style sheet in the colours of a theme."""
    text = TEMPLATE
    for name in sorted(colours, key=len, reverse=True):
        text = text.replace(f"@{name}", colours[name])
    return text
