"""The page ①: choose what to check, by dropping it anywhere or by a dialog."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from checktool.gui.emblem import Emblem
from checktool.gui.frame import Banner, Heading
from checktool.gui.pages.page import RESULTS, Command, Page
from checktool.gui.preferences import Preferences
from checktool.gui.session import Session
from checktool.model.report import Verdict
from checktool.wording import Wording


class ChoosePage(Page):
    """A large place to drop on, the same by two dialogs, and practice data for the first time."""

    def __init__(self, session: Session, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(session, wording, parent)
        self._folder = ""
        self._last = Banner(role="card")
        self.open_last = QPushButton(self.say("choose.open_last"))
        self.open_last.clicked.connect(lambda: self.go.emit(RESULTS))
        self._last.row.addWidget(self.open_last)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._drop_place(), 1)
        column.addWidget(self._last)
        self.setFocusProxy(self.files)

    def shown(self) -> None:
        """Tell the counts of the last run; its results can be opened while they are here."""
        last = Preferences().last_run()
        text = ""
        if last is not None:
            counts = {verdict.value: getattr(last, verdict.value) for verdict in Verdict}
            text = self.say("choose.last", when=last.when, files=last.files, **counts)
        elif self.session.rows:
            text = self.say("choose.at_hand", files=len(self.session.rows))
        self._last.show_text(text)
        self._first.setVisible(last is None)
        self.open_last.setVisible(bool(self.session.rows))

    def commands(self) -> Mapping[str, Command]:
        """Choosing works from every page."""
        return {"choose_files": self.choose_files, "choose_folder": self.choose_folder}

    def choose_files(self) -> None:
        """Ask for files and check them."""
        title, kinds = self.say("choose.files_title"), self.say("choose.kinds")
        paths, _ = QFileDialog.getOpenFileNames(self, title, self._folder, kinds)
        if paths:
            self._folder = str(Path(paths[0]).parent)
            self.check_requested.emit(paths)

    def choose_folder(self) -> None:
        """Ask for a folder and check what is in it."""
        path = QFileDialog.getExistingDirectory(self, self.say("choose.folder_title"), self._folder)
        if path:
            self._folder = path
            self.check_requested.emit([path])

    def show_drag(self, over: bool) -> None:
        """Show that what is held over the window may be let go."""
        self._place.setProperty("over", over)
        self._place.style().unpolish(self._place)
        self._place.style().polish(self._place)
        self._invitation.setText(self.say("choose.let_go" if over else "choose.drop"))

    def _drop_place(self) -> QWidget:
        self._place = QFrame()
        self._place.setProperty("role", "drop")
        self._invitation = Heading(self.say("choose.drop"), Qt.AlignmentFlag.AlignCenter)
        kinds = QLabel(self.say("choose.what"), alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        kinds.setProperty("role", "muted")
        private = QLabel(self.say("window.private"), alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._first = QLabel(
            self.say("choose.no_last"), alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True
        )
        self._first.setProperty("role", "muted")
        self.files = QPushButton(self.say("choose.files"))
        self.files.setProperty("role", "main")
        self.files.clicked.connect(self.choose_files)
        self.folder = QPushButton(self.say("choose.folder"))
        self.folder.clicked.connect(self.choose_folder)
        self.practice = QPushButton(self.say("choose.practice"))
        self.practice.clicked.connect(self.practice_requested)
        row = QHBoxLayout()
        row.addStretch(1)
        for button in (self.files, self.folder, self.practice):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self._place)
        column.addStretch(2)
        column.addWidget(Emblem())
        column.addSpacing(self.fontMetrics().height() // 2)
        column.addWidget(self._invitation)
        column.addWidget(kinds)
        column.addSpacing(self.fontMetrics().height())
        column.addLayout(row)
        column.addWidget(self._first)
        column.addSpacing(self.fontMetrics().height())
        column.addWidget(private)
        column.addStretch(3)
        return self._place


def files_of(data: QMimeData) -> list[str]:
    """The paths that are held over the window; texts and addresses of the net are none."""
    return [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
