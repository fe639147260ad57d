"""What the pack is called, what it is, from when on it holds."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QLineEdit, QWidget

from checktool.definitions.cover import STATUSES
from checktool.gui.making import Wishes
from checktool.wording import Wording

TEXTS = ("id", "edition", "title", "valid_from", "valid_to", "grace_until", "replaces")


class IdentityPanel(QWidget):
    """A form over ``Wishes.stated``."""

    edited = Signal()

    def __init__(self, wishes: Wishes, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wishes = wishes
        self.fields = {name: QLineEdit(maxLength=200) for name in TEXTS}
        self.status = QComboBox()
        for name in STATUSES:
            self.status.addItem(wording.say(f"report.status.{name}"), name)
        self.status.activated.connect(lambda _: self._state("status", str(self.status.currentData())))
        form = QFormLayout(self, labelAlignment=Qt.AlignmentFlag.AlignLeft)
        for name in (*TEXTS[:3], "status", *TEXTS[3:]):
            widget = self.status if name == "status" else self.fields[name]
            widget.setAccessibleName(wording.say(f"pack_window.identity.{name}"))
            form.addRow(wording.say(f"pack_window.identity.{name}"), widget)
        for name, field in self.fields.items():
            field.setPlaceholderText(wording.say(f"pack_window.identity_hint.{name}"))
            field.textEdited.connect(lambda text, name=name: self._state(name, text.strip()))
        hint = QLabel(wording.say("pack_window.identity_note"), wordWrap=True)
        hint.setProperty("role", "muted")
        form.addRow(hint)
        self.setFocusProxy(self.fields["id"])

    def show_wishes(self) -> None:
        """What holds now."""
        for name, field in self.fields.items():
            field.setText(self._wishes.stated.get(name, ""))
        self.status.setCurrentIndex(max(0, self.status.findData(self._wishes.stated.get("status", ""))))

    def _state(self, name: str, text: str) -> None:
        if self._wishes.stated.get(name, "") != text:
            self._wishes.stated[name] = text
            self._wishes.map.pack[name] = text
            self.edited.emit()
