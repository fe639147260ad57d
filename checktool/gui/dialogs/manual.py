"""The manual: the Markdown files of ``resources/manual``, a list of topics beside the text."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from checktool.paths import resource
from checktool.wording import Wording

FOLDER = "manual"


def topics() -> list[Path]:
    """The files of the manual, in their order."""
    return sorted(resource(FOLDER).glob("*.md"))


def title_of(text: str) -> str:
    """The heading that a file begins with."""
    return text.partition("\n")[0].lstrip("# ").strip()


class ManualDialog(QDialog):
    """Stays open beside the window."""

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        say = wording.say
        self.setWindowTitle(say("gui.manual.title"))
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.list = QListWidget()
        self.list.setAccessibleName(say("gui.manual.topics"))
        self.text = QTextBrowser(openExternalLinks=False, openLinks=False)
        self.text.setAccessibleName(say("gui.manual.text"))
        self.text.document().setDocumentMargin(self.fontMetrics().height())
        self.text.setSearchPaths([str(resource(FOLDER))])
        for path in topics():
            content = path.read_text(encoding="utf-8")
            item = QListWidgetItem(title_of(content))
            item.setData(Qt.ItemDataRole.UserRole, content)
            self.list.addItem(item)
        self.list.currentItemChanged.connect(lambda item: self._show(item))
        parts = QSplitter()
        parts.addWidget(self.list)
        parts.addWidget(self.text)
        parts.setStretchFactor(1, 1)
        wide = self.fontMetrics().height()
        parts.setSizes([wide * 12, wide * 33])
        buttons = QDialogButtonBox()
        buttons.addButton(say("gui.dialog.close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        row = QHBoxLayout()
        row.addWidget(parts)
        column.addLayout(row, 1)
        column.addWidget(buttons)
        self.resize(wide * 48, self.fontMetrics().height() * 32)
        self.list.setCurrentRow(0)

    def _show(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            text = str(item.data(Qt.ItemDataRole.UserRole))
            self.text.document().setMarkdown(text, QTextDocument.MarkdownFeature.MarkdownNoHTML)
