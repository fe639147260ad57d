"""The parts around the pages: the bar of the four steps, the calm banner, the choice of 提出先."""

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from checktool.gui.pages.page import CHOOSE, CORRECT, HISTORY, MANAGE, RESULTS, WRITE
from checktool.wording import Wording

STEPS = (CHOOSE, RESULTS, CORRECT, WRITE)
HEADING = 1.5
LEFT = Qt.AlignmentFlag.AlignLeft
ROOMS = (HISTORY, MANAGE)


class Banner(QFrame):
    """A calm line that stays: a word in a frame, its ground chosen by ``role`` (see stylesheet.py)."""

    def __init__(self, text: str = "", role: str = "banner", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = QLabel(text, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(12, 6, 12, 6)
        self.row.addWidget(self.label, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setVisible(False)
        self.show_text(text, role)

    def show_text(self, text: str, role: str | None = None) -> None:
        """Say something else; without a text the banner hides."""
        if text == self.label.text() and role in (None, self.property("role")):
            return
        if role is not None and role != self.property("role"):
            self.setProperty("role", role)
            for widget in (self, self.label):
                widget.style().unpolish(widget)
                widget.style().polish(widget)
        self.label.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))


class Heading(QLabel):
    """A line in larger letters, larger also when the text size of the window changes."""

    def __init__(self, text: str, alignment: Qt.AlignmentFlag = LEFT, parent: QWidget | None = None) -> None:
        super().__init__(text, parent, alignment=alignment, wordWrap=True)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow the font of the window."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ApplicationFontChange:
            self._fit()

    def _fit(self) -> None:
        font = QApplication.font()
        font.setPointSizeF(font.pointSizeF() * HEADING)
        self.setFont(font)


class EmptyState(QWidget):
    """Why there is nothing to see, and a button for the next step."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self.button = QPushButton()
        self._step: Callable[[], None] | None = None
        self.button.clicked.connect(self._take_step)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(self.label)
        column.addSpacing(self.fontMetrics().height() // 2)
        column.addLayout(row)
        column.addStretch(3)

    def offer(self, text: str, button: str = "", step: Callable[[], None] | None = None) -> None:
        """Say why, and offer a step (none: no button)."""
        self.label.setText(text)
        self.button.setText(button)
        self.button.setVisible(step is not None)
        self._step = step

    def _take_step(self) -> None:
        if self._step is not None:
            self._step()


class StepBar(QWidget):
    """The buttons of the four steps and of the rooms beside them."""

    chosen = Signal(str)

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(wording.say("gui.steps.bar"))
        self.buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self, exclusive=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for name in (*STEPS, *ROOMS):
            if name in STEPS[1:]:
                row.addWidget(self._line())
            if name == ROOMS[0]:
                row.addStretch(1)
            button = QPushButton(wording.say(f"gui.steps.{name}"))
            button.setCheckable(True)
            button.setProperty("role", "step")
            button.clicked.connect(lambda _=False, name=name: self.chosen.emit(name))
            self._group.addButton(button)
            self.buttons[name] = button
            row.addWidget(button)
        self.row = row

    def show_state(self, page: str, usable: Iterable[str]) -> None:
        """Mark the page that is shown, and which of them can be."""
        usable = set(usable)
        for name, button in self.buttons.items():
            button.setEnabled(name in usable)
            button.setChecked(name == page)

    def _line(self) -> QWidget:
        line = QFrame(frameShape=QFrame.Shape.HLine)
        line.setProperty("role", "line")
        line.setMinimumWidth(self.fontMetrics().averageCharWidth() * 2)
        line.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        return line


class ProfileChoice(QWidget):
    """提出先: which severity profile of the pack applies."""

    chosen = Signal(object)

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._none = wording.say("gui.window.profile_none")
        label = QLabel(wording.say("gui.window.profile"))
        self.box = QComboBox()
        self.box.setAccessibleName(label.text().partition("(")[0])
        self.box.setToolTip(wording.say("gui.window.profile_hint"))
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        label.setBuddy(self.box)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(label)
        row.addWidget(self.box)
        self.box.activated.connect(lambda place: self.chosen.emit(self.box.itemData(place)))

    def offer(self, profiles: Mapping[str, str], chosen: str | None) -> None:
        """Offer profiles, name → title, and mark the one that applies."""
        self.box.clear()
        self.box.addItem(self._none, None)
        for name, title in profiles.items():
            self.box.addItem(title, name)
        self.box.setCurrentIndex(max(0, self.box.findData(chosen)))
