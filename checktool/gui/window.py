"""The window: pages, actions, and the runs that pages ask for."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

from checktool.errors import CheckToolError
from checktool.gui import placement
from checktool.gui.centre import Centre
from checktool.gui.dialogs.messages import ask_to_stop, tell_error
from checktool.gui.dialogs.operator import ask_operator
from checktool.gui.fitting import ElidedLabel
from checktool.gui.menus import make_actions
from checktool.gui.pages.choose import ChoosePage, files_of
from checktool.gui.pages.page import CHOOSE, CORRECT, RESULTS, WRITE, Command, Page
from checktool.gui.past_runs import keep_check
from checktool.gui.practice import PracticeData
from checktool.gui.preferences import Preferences
from checktool.gui.running import Running
from checktool.gui.session import RunState, Session
from checktool.gui.view import View
from checktool.gui.worker import end_all


class MainWindow(QMainWindow):
    """The one window of the program over a session."""

    closed = Signal(bool)
    """The window closed; false when a job hangs and the process cannot end by itself."""

    def __init__(self, session: Session, preferences: Preferences, view: View) -> None:
        super().__init__()
        self.session = session
        self.preferences = preferences
        self.view = view
        self.page = CHOOSE
        self._frame_shown: tuple[RunState, bool] | None = None
        self._practice = PracticeData()
        self.running = Running(session, self)
        self.running.advanced.connect(self._advanced)
        self.running.ended.connect(self._ended)
        self.setAcceptDrops(True)
        self.actions_by_name: dict[str, QAction] = make_actions(self, session.wording, self.trigger)
        self.pack_label, self.operator_label = QLabel(), QLabel()
        self.private_label = ElidedLabel(self.say("window.here"), whole_only=True)
        self.statusBar().addWidget(self.private_label, 1)
        self.statusBar().addPermanentWidget(self.operator_label)
        self.statusBar().addPermanentWidget(self.pack_label)
        self._build()
        self.pages[self.page].setFocus()
        placement.place(self, preferences)

    def say(self, key: str, **params: str | int) -> str:
        """A text of the window."""
        return self.session.wording.say(f"gui.{key}", **params)

    @property
    def pages(self) -> dict[str, Page]:
        """The pages by name."""
        return self.centre.pages

    def _build(self) -> None:
        """Everything that speaks of the pack: built anew when it changes."""
        self.centre = Centre(self.session)
        self.centre.page_chosen.connect(self.show_page)
        self.centre.profile_chosen.connect(self._use_profile)
        self.centre.told.connect(self.statusBar().showMessage)
        for page in self.pages.values():
            page.go.connect(self.show_page)
            page.check_requested.connect(self.check)
            page.recheck_requested.connect(self.recheck)
            page.stop_requested.connect(self.running.stop)
            page.practice_requested.connect(self.try_practice)
            page.pack_requested.connect(self.use_pack)
            page.changed.connect(self.refresh)
        self.setCentralWidget(self.centre)
        self.show_page(self.page)

    def show_page(self, name: str) -> None:
        """Bring a page to the front; one that has nothing to show now is passed over."""
        usable, before = self.centre.usable(), self.page
        self.page = name if name in usable else self.page if self.page in usable else CHOOSE
        page = self.centre.show_page(self.page)
        if self.page != before:
            page.setFocus()
        self.refresh()

    def check(self, paths: Sequence[str]) -> None:
        """Check files, folders and archives; asks first when a run is under way."""
        if paths and self._may_stop("check"):
            if self._practice.put_back(self.session):
                self._build()
            self.running.start(list(paths))
            self.show_page(RESULTS)

    def recheck(self) -> None:
        """Check the same paths again, to be compared with the results at hand."""
        session = self.session
        if session.paths and not session.state.busy:
            self.running.start(session.paths, session.today, session.practice)
            self.show_page(CORRECT if self.page == CORRECT and session.current else RESULTS)

    def try_practice(self) -> None:
        """Check a fresh copy of the practice documents."""
        if not self._may_stop("check"):
            return
        try:
            folder, on, other = self._practice.begin(self.session)
        except CheckToolError as error:
            tell_error(self, self.session.wording, error)
            return
        if other:
            self._build()
        self.running.start([str(folder)], on, practice=True)
        self.show_page(RESULTS)

    def use_pack(self, pack: str | None, profile: str | None) -> None:
        """Judge by another pack or profile; results so far are put away."""
        if not (self._may_stop("check") and self.pages[WRITE].closing()):
            self.centre.offer_profiles()
            return
        paths = self.session.paths
        try:
            self.session.use(pack, profile)
            self._practice.forget()
        except CheckToolError as error:
            tell_error(self, self.session.wording, error)
            self.centre.offer_profiles()
            return
        self._build()
        if paths:
            self.statusBar().showMessage(self.say("window.profile_changed"))

    def _use_profile(self, name: str | None) -> None:
        pack = self.session.pack
        self.use_pack(pack.info.id if pack.editions else f"{pack.info.id}@{pack.info.edition}", name)

    def commands(self) -> dict[str, Command]:
        """What can be done now: the window's own commands and those of the page that is shown."""
        usable = self.centre.usable()
        own: dict[str, Command] = {
            **self.pages[CHOOSE].commands(),
            **self.view.commands(),
            "practice": self.try_practice,
            "operator": self.ask_operator,
            "quit": self._quit,
            "hide_values": self._hide_values,
        }
        own |= {f"go_{name}": partial(self.show_page, name) for name in usable}
        if WRITE in usable:
            own["write"] = partial(self.show_page, WRITE)
        if self.session.state.busy:
            own["stop"] = self.running.stop
        elif self.session.paths:
            own["recheck"] = self.recheck
        return {**own, **self.centre.commands(self.page)}

    def trigger(self, name: str) -> None:
        """Carry out an action by name, if it can be now."""
        command = self.commands().get(name)
        if command is not None:
            command()

    def refresh(self) -> None:
        """Let the frame show what holds now: title, steps, which actions work."""
        session, info = self.session, self.session.pack.info
        facts = {"edition": info.edition, "status": session.wording.say(f"report.status.{info.status}")}
        tool = self.say("window.title")
        self.setWindowTitle(self.say("window.title_pack", tool=tool, pack=info.title, **facts))
        self.pack_label.setText(self.say("window.pack", **facts))
        key = "window.operator" if session.operator else "window.no_operator"
        self.operator_label.setText(self.say(key, operator=session.operator))
        self.private_label.setVisible(self.page != CHOOSE)
        self.centre.show_state(self.page)
        usable = self.commands()
        for name, action in self.actions_by_name.items():
            action.setEnabled(name in usable)
        self.actions_by_name["hide_values"].setChecked(session.hide_values)
        self.actions_by_name[f"theme_{self.preferences.theme()}"].setChecked(True)

    def ask_operator(self) -> None:
        """Ask who is at work."""
        ask_operator(self, self.session, self.refresh)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Close, after asking when a run is under way; every thread ends first."""
        if not (self._may_stop("close") and all(page.closing() for page in self.pages.values())):
            event.ignore()
            return
        self.running.let_go()
        placement.remember(self, self.preferences)
        ended = end_all()
        self._practice.remove()
        event.accept()
        self.closed.emit(ended)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Take files from anywhere over the window; nothing else."""
        if files_of(event.mimeData()):
            event.acceptProposedAction()
            self._show_drag(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802
        """Nothing is over the window any more."""
        self._show_drag(False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Check what was dropped."""
        self._show_drag(False)
        event.acceptProposedAction()
        self.check(files_of(event.mimeData()))

    def _advanced(self) -> None:
        """A run has news: the list of results takes them in, seen or not."""
        self.pages[RESULTS].shown()
        frame = self.session.state, bool(self.session.rows)
        if frame == self._frame_shown:
            return
        self._frame_shown = frame
        if self.page not in (RESULTS, CHOOSE):
            self.pages[self.page].shown()
        self.refresh()

    def _ended(self) -> None:
        keep_check(self.session, self.preferences)
        self._frame_shown = None
        self._advanced()
        QApplication.alert(self)

    def _may_stop(self, purpose: str) -> bool:
        """Whether nothing is under way, or it may be stopped."""
        return not self.session.state.busy or ask_to_stop(self, self.session.wording, purpose)

    def _hide_values(self) -> None:
        self.session.hide_values = not self.session.hide_values
        self.pages[self.page].shown()
        self.refresh()

    def _quit(self) -> None:
        self.close()

    def _show_drag(self, over: bool) -> None:
        page = self.pages[CHOOSE]
        if isinstance(page, ChoosePage):
            page.show_drag(over)
