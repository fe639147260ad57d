"""What stands between the menu bar and the status bar: steps, 提出先, banner, and the pages."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from checktool.definitions.profiles import profiles_of
from checktool.gui.fitting import Pair, Roomy
from checktool.gui.frame import Banner, ProfileChoice, StepBar
from checktool.gui.help import Help
from checktool.gui.pages.choose import ChoosePage
from checktool.gui.pages.correct import CorrectPage
from checktool.gui.pages.history import HistoryPage
from checktool.gui.pages.manage import ManagePage
from checktool.gui.pages.page import CHOOSE, CORRECT, HISTORY, MANAGE, RESULTS, WRITE, Command, Page
from checktool.gui.pages.results import ResultsPage
from checktool.gui.pages.write import WritePage
from checktool.gui.papers import Papers
from checktool.gui.session import RunState, Session

PAGES: dict[str, type[Page]] = {
    CHOOSE: ChoosePage,
    RESULTS: ResultsPage,
    CORRECT: CorrectPage,
    WRITE: WritePage,
    HISTORY: HistoryPage,
    MANAGE: ManagePage,
}


class Centre(QWidget):
    """The pages and their frame. Built for one pack; the window makes another when it changes."""

    page_chosen = Signal(str)
    profile_chosen = Signal(object)
    told = Signal(str)
    """A sentence for the status bar."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        wording = session.wording
        self.steps = StepBar(wording)
        self.steps.chosen.connect(self.page_chosen)
        self.profile = ProfileChoice(wording)
        self.profile.chosen.connect(self.profile_chosen)
        sample = session.pack.info.status == "sample"
        self.banner = Banner(wording.say("report.banner") if sample else "")
        self.stack = QStackedWidget()
        self.pages: dict[str, Page] = {name: page(session, wording) for name, page in PAGES.items()}
        self._rooms = {name: Roomy(page) for name, page in self.pages.items()}
        for room in self._rooms.values():
            self.stack.addWidget(room)
        self.papers = Papers(session, self)
        self.papers.told.connect(self.told)
        self.help = Help(session, self)
        self.offer_profiles()
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.addWidget(Pair(self.steps, self.profile))
        column.addWidget(self.banner)
        column.addWidget(self.stack, 1)

    def usable(self) -> tuple[str, ...]:
        """The pages that have something to show now."""
        session = self.session
        pages = [CHOOSE]
        if session.state is not RunState.EMPTY:
            pages.append(RESULTS)
        if session.rows or session.current:
            pages.append(CORRECT)
        if session.writable:
            pages.append(WRITE)
        return (*pages, HISTORY, MANAGE)

    def commands(self, page: str) -> Mapping[str, Command]:
        """What a page, the papers of the results and the help can do now; the page's own come first."""
        source = self.session.current if page == CORRECT else ""
        papers = self.papers.commands(source) if page in (RESULTS, CORRECT) else {}
        return {**self.help.commands(), **papers, **self.pages[page].commands()}

    def show_page(self, name: str) -> Page:
        """Bring a page to the front."""
        page = self.pages[name]
        self.stack.setCurrentWidget(self._rooms[name])
        page.shown()
        return page

    def offer_profiles(self) -> None:
        """Show the profiles of the pack and mark the one that applies."""
        self.profile.offer(profiles_of(self.session.pack), self.session.profile)

    def show_state(self, page: str) -> None:
        """Let the frame show what holds now."""
        self.steps.show_state(page, self.usable())
        self.profile.setEnabled(not self.session.state.busy)
