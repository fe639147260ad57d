"""What this program is, and what it is not."""

import platform

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from checktool import __version__
from checktool.gui.frame import Heading
from checktool.gui.session import Session

COLUMNS = 80


class AboutDialog(QDialog):
    """Version, definitions in use, the disclaimer, licences."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        say, info = session.wording.say, session.pack.info
        self.setWindowTitle(say("gui.about.title"))
        status = say(f"report.status.{info.status}")
        pack = say("report.pack", title=info.title, edition=info.edition, status=status)
        texts = [
            say("gui.about.version", version=__version__),
            say("gui.about.what"),
            say("report.disclaimer"),
            say("gui.about.pack", pack=pack),
            say("gui.about.offline"),
            say("gui.about.parts", python=platform.python_version(), qt=qVersion()),
            say("gui.about.licence"),
        ]
        column = QVBoxLayout(self)
        column.setSpacing(self.fontMetrics().height() // 2)
        column.addWidget(Heading(say("gui.window.title")))
        for text in texts:
            label = QLabel(text, wordWrap=True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(label)
        column.addStretch(1)
        buttons = QDialogButtonBox()
        close = buttons.addButton(say("gui.dialog.close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self.finished.connect(self.deleteLater)
        width = self.fontMetrics().averageCharWidth() * COLUMNS
        self.resize(width, column.totalHeightForWidth(width))
