"""What is said, in English, where no Japanese letter can be shown: Qt would draw boxes and say nothing."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout

from checktool.gui.frame import Heading
from checktool.wording import Wording

COLUMNS = 78


class FontsMissing(QDialog):
    """Accepted when the window is to be opened all the same."""

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        say = wording.say
        self.setWindowTitle(say("gui.fonts.title"))
        buttons = QDialogButtonBox()
        close = buttons.addButton(say("gui.fonts.close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setProperty("role", "main")
        close.setDefault(True)
        buttons.addButton(say("gui.fonts.open"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(Heading(say("gui.fonts.message")))
        column.addWidget(QLabel(say("gui.fonts.hint").strip(), wordWrap=True))
        column.addWidget(buttons)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * COLUMNS)
