"""One finding of △ documents, with the reason for which it is accepted."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from checktool.gui.handover import CONFIRMATIONS, Group
from checktool.gui.session import Session
from checktool.gui.tables.shown import title_of
from checktool.wording import Wording

LONGEST = 100


class GroupLine(QWidget):
    """Code, title, how many documents, and a choice of reasons; その他 asks for words of one's own."""

    chosen = Signal(str, str)
    """A code and the reason given for it, empty when it was taken back."""

    def __init__(self, session: Session, wording: Wording, code: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._wording, self.code = session, wording, code
        self.label = QLabel(wordWrap=True)
        self.label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.box = QComboBox()
        self.box.addItem(wording.say("gui.write.not_confirmed"), "")
        for key in CONFIRMATIONS:
            self.box.addItem(wording.say(f"handoff.reason.{key}"), key)
        self.box.setAccessibleName(wording.say("gui.write.confirm_name", code=code))
        self.box.activated.connect(lambda _: self._tell())
        self.words = QLineEdit(maxLength=LONGEST, placeholderText=wording.say("gui.write.no_names"))
        self.words.setAccessibleName(wording.say("gui.write.words_name", code=code))
        self.words.setToolTip(wording.say("gui.write.no_names"))
        self.words.editingFinished.connect(self._tell)
        self.words.setVisible(False)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.box)
        row.addWidget(self.label, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.words)

    def show_group(self, group: Group) -> None:
        """Show how many documents there are and the reason that holds."""
        mark = self._wording.say("report.mark.confirm")
        title = title_of(self._wording, group.code)
        self.label.setText(
            self._wording.say(
                "gui.write.group", mark=mark, title=title, code=group.code, count=group.documents
            )
        )
        fixed = {self.box.itemText(place): place for place in range(1, self.box.count() - 1)}
        blocker = QSignalBlocker(self.box)
        if not group.reason:
            keeps_other = self.box.currentData() == CONFIRMATIONS[-1]
            self.box.setCurrentIndex(self.box.count() - 1 if keeps_other else 0)
        else:
            self.box.setCurrentIndex(fixed.get(group.reason, self.box.count() - 1))
        del blocker
        other = self.box.currentData() == CONFIRMATIONS[-1]
        self.words.setVisible(other)
        if other and group.reason and group.reason != self.box.currentText():
            self.words.setText(group.reason)

    def choose(self, key: str) -> None:
        """Give a reason by its key, as a choice in the list does."""
        self.box.setCurrentIndex(self.box.findData(key))
        self._tell()

    def _tell(self) -> None:
        key = self.box.currentData()
        reason = self.box.currentText() if key else ""
        if key == CONFIRMATIONS[-1]:
            reason = self.words.text().strip() or reason
        if reason != self._session.confirmed.get(self.code, ""):
            self.chosen.emit(self.code, reason)
