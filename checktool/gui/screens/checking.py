"""Pictures of ① 選択 and ② 検査."""

import time
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from checktool.errors import ReadError
from checktool.gui.pages.choose import ChoosePage
from checktool.gui.pages.page import CHOOSE, RESULTS
from checktool.gui.pages.results import ResultsPage
from checktool.gui.preferences import LastRun, Preferences
from checktool.gui.rows import row_of
from checktool.gui.screens import documents
from checktool.gui.screens.stage import Stage
from checktool.gui.session import RunState
from checktool.gui.window import MainWindow
from checktool.model.report import Verdict

MANY = 20_000
DONE, SECONDS = 28, 12.0


def choose_empty(stage: Stage) -> QWidget:
    """The first start."""
    return stage.window(stage.session())


def choose_recent(stage: Stage) -> QWidget:
    """A start after a run."""
    Preferences().keep_run(LastRun("11/20 14:02", 39, 2, 1, 0))
    return stage.window(stage.session(documents.practice))


def choose_drag(stage: Stage) -> QWidget:
    """Files are held over the window."""
    window = stage.window(stage.session())
    page = window.pages[CHOOSE]
    assert isinstance(page, ChoosePage)
    page.show_drag(True)
    return window


def running(stage: Stage) -> QWidget:
    """A run on its way."""
    session = stage.session()
    stage.check(session, stage.documents(documents.mixed), DONE)
    window = stage.window(session, RESULTS)
    page = results(window)
    page.progress.began = time.monotonic() - SECONDS
    page.shown()
    return window


def stopped(stage: Stage) -> QWidget:
    """A run that was stopped."""
    session = stage.session()
    stage.check(session, stage.documents(documents.mixed), DONE)
    session.state = RunState.STOPPED
    return stage.window(session, RESULTS)


def clean(stage: Stage) -> QWidget:
    """Nothing to mend."""
    return stage.window(stage.session(documents.clean), RESULTS)


def mixed(stage: Stage) -> QWidget:
    """Documents of every verdict."""
    return stage.window(stage.session(documents.mixed), RESULTS)


def again(stage: Stage) -> QWidget:
    """The same documents checked again, one of them mended."""
    return stage.window(stage.session(documents.mixed, documents.mended), RESULTS)


def unreadable(stage: Stage) -> QWidget:
    """Nothing that could be read."""
    return stage.window(stage.session(documents.unreadable), RESULTS)


def nothing(stage: Stage) -> QWidget:
    """A folder without documents."""
    session = stage.session()
    empty = stage.folder / "documents"
    empty.mkdir()
    stage.check(session, empty)
    return stage.window(session, RESULTS)


def gone(stage: Stage) -> QWidget:
    """The folder is no longer there."""
    session = stage.session()
    session.start([str(stage.folder / "documents")])
    session.fail(ReadError("I001", path="documents"))
    return stage.window(session, RESULTS)


def long_texts(stage: Stage) -> QWidget:
    """Long and rare names."""
    return stage.window(stage.session(documents.long_texts), RESULTS)


def many(stage: Stage) -> QWidget:
    """A year's documents."""
    session = stage.session(documents.mixed)
    found = [row.report for row in session.rows]
    more = (replace(found[place % len(found)], source=f"IKN_{place:05}.xml") for place in range(MANY))
    session.clear()
    session.add([row_of(report) for report in more])
    session.state = RunState.DONE
    return stage.window(session, RESULTS)


def no_hit(stage: Stage) -> QWidget:
    """A search that finds nothing."""
    window = stage.window(stage.session(documents.mixed), RESULTS)
    results(window).bar.search.setText("LAB-9")
    stage.settle(window)
    return window


def common(stage: Stage) -> QWidget:
    """Grouped by finding, the most common first."""
    window = stage.window(stage.session(documents.mixed), RESULTS)
    results(window).bar.common.click()
    stage.settle(window)
    return window


def hidden(stage: Stage) -> QWidget:
    """Values hidden, one verdict only."""
    window = stage.window(stage.session(documents.mixed), RESULTS)
    window.trigger("hide_values")
    results(window).bar.choose(Verdict.CORRECT)
    stage.settle(window)
    return window


def results(window: MainWindow) -> ResultsPage:
    """The page ② of a window."""
    page = window.pages[RESULTS]
    assert isinstance(page, ResultsPage)
    return page
