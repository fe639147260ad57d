"""Every key of the window does what it says, and the whole way can be gone by them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtPrintSupport import QPrintDialog, QPrintPreviewDialog
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from checktool.gui.actions import ACTIONS
from checktool.gui.dialogs.explain import ExplainDialog
from checktool.gui.dialogs.manual import ManualDialog
from checktool.gui.pages.correct import CorrectPage
from checktool.gui.pages.page import CHOOSE, CORRECT, HISTORY, MANAGE, RESULTS, WRITE
from checktool.gui.pages.results import ResultsPage
from checktool.gui.pages.write import CONTENTS, DESTINATION, RESULT, WritePage
from checktool.gui.session import RunState
from checktool.gui.window import MainWindow
from checktool.handoff.verifier import verify
from checktool.samples.trial import shipped

SAFE = 60_000
Press = Callable[[str], None]


@pytest.fixture
def key(window: MainWindow, qtbot: QtBot) -> Press:
    """``key("Ctrl+S")`` presses a key where the focus is."""
    window.activateWindow()
    QApplication.processEvents()

    def press(name: str) -> None:
        combination = QKeySequence(name)[0]
        target = window.focusWidget() or window
        qtbot.keyClick(target, combination.key(), combination.keyboardModifiers())
        QApplication.processEvents()

    return press


@pytest.fixture
def done(window: MainWindow, qtbot: QtBot, demo: Path) -> MainWindow:
    """The window with the practice documents checked, on the page ②."""
    window.running.start([str(demo)], shipped().on)
    window.show_page(RESULTS)
    qtbot.waitUntil(lambda: window.session.state is RunState.DONE, timeout=SAFE)
    return window


@pytest.fixture(autouse=True)
def no_dialog_is_left(qapp: QApplication) -> Iterator[None]:
    """Dialogs that a test opened are closed."""
    yield
    for each in qapp.topLevelWidgets():
        if isinstance(each, QDialog):
            each.close()


def results(window: MainWindow) -> ResultsPage:
    page = window.pages[RESULTS]
    assert isinstance(page, ResultsPage)
    return page


def correct(window: MainWindow) -> CorrectPage:
    page = window.pages[CORRECT]
    assert isinstance(page, CorrectPage)
    return page


def shown(kind: type[QWidget]) -> list[QWidget]:
    """The windows of a kind that are visible."""
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()]


def of_contract() -> set[str]:
    """The keys that the product promises."""
    named = "Ctrl+O Ctrl+Shift+O F5 Esc Alt+Down Alt+Up F8 Shift+F8 Ctrl+F 1 2 3 4 0 Ctrl+P Ctrl+E Ctrl+S"
    return {*named.split(), "Ctrl+H", "F1", "Ctrl+Shift+H", "Ctrl++", "Ctrl+-", "Ctrl+0"}


def test_every_key_of_the_contract_belongs_to_an_action() -> None:
    given = {QKeySequence(each).toString() for action in ACTIONS for each in action.keys}
    assert {QKeySequence(each).toString() for each in of_contract()} <= given


@pytest.mark.parametrize(
    ("name", "dialog"), [("Ctrl+O", "getOpenFileNames"), ("Ctrl+Shift+O", "getExistingDirectory")]
)
def test_choosing(
    window: MainWindow,
    qtbot: QtBot,
    demo: Path,
    key: Press,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    dialog: str,
) -> None:
    file = str(demo / "opinion-1.xml")
    answer = ([file], "") if dialog == "getOpenFileNames" else str(demo)
    monkeypatch.setattr(QFileDialog, dialog, lambda *_: answer)
    key(name)
    qtbot.waitUntil(lambda: window.session.state is RunState.DONE, timeout=SAFE)
    assert len(window.session.rows) == (1 if dialog == "getOpenFileNames" else 7)


def test_moving_between_documents(done: MainWindow, key: Press) -> None:
    key("Return")
    assert done.page == CORRECT
    first = done.session.current
    key("Alt+Down")
    assert done.session.current != first
    key("Alt+Up")
    assert done.session.current == first
    key("Alt+Up")
    assert done.session.current == first


def test_moving_between_findings(done: MainWindow, key: Press, demo: Path, qtbot: QtBot) -> None:
    page = correct(done)
    text = (
        (demo / "opinion-4.xml")
        .read_text(encoding="utf-8")
        .replace("<Sex>1<", "<Sex>7<")
        .replace("<Sex>2<", "<Sex>7<")
    )
    (demo / "opinion-4.xml").write_text(text, encoding="utf-8")
    done.recheck()
    qtbot.waitUntil(lambda: done.session.state is RunState.DONE, timeout=SAFE)
    done.session.open("opinion-4.xml")
    done.show_page(CORRECT)
    codes = []
    for name in ("F8", "F8", "F8", "Shift+F8"):
        key(name)
        finding = page.side.list.finding()
        assert finding is not None
        codes.append(finding.code)
    assert codes[0] == codes[1] == codes[2] == "D609"
    assert codes[3] == "C406"


def test_f1_explains_and_escape_closes_it(done: MainWindow, key: Press, qtbot: QtBot) -> None:
    key("Return")
    key("F1")
    (dialog,) = shown(ExplainDialog)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not shown(ExplainDialog)


def test_finding_and_leaving_the_search(done: MainWindow, key: Press, qtbot: QtBot) -> None:
    page = results(done)
    key("Ctrl+F")
    assert page.bar.search.hasFocus()
    for letter in ("4", "D", "0"):
        key(letter)
    assert page.bar.search.text().lower() == "4d0"
    qtbot.waitUntil(lambda: page.model.rowCount() == 0, timeout=SAFE)
    assert page.empty.isVisible()
    page.empty.button.click()
    assert page.model.rowCount() == 7


def test_the_search_of_what_goes_out(done: MainWindow, key: Press) -> None:
    key("Ctrl+S")
    page = done.pages[WRITE]
    assert isinstance(page, WritePage)
    key("Ctrl+F")
    assert page.contents.search.hasFocus()


def test_paper(done: MainWindow, key: Press, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(QPrintDialog, "exec", lambda dialog: asked.append(dialog) or 0)
    key("Ctrl+P")
    qtbot.waitUntil(lambda: bool(asked), timeout=SAFE)
    key("Ctrl+Shift+P")
    qtbot.waitUntil(lambda: bool(shown(QPrintPreviewDialog)), timeout=SAFE)


def test_excel(
    done: MainWindow, key: Press, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "一覧.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    key("Ctrl+E")
    qtbot.waitUntil(target.exists, timeout=SAFE)
    assert target.read_bytes().startswith(b"PK")


@pytest.mark.parametrize("page", [RESULTS, CORRECT])
def test_copying(done: MainWindow, key: Press, qtbot: QtBot, page: str) -> None:
    done.show_page(page)
    QGuiApplication.clipboard().clear()
    key("Ctrl+Shift+C")
    qtbot.waitUntil(lambda: "opinion-4.xml" in QGuiApplication.clipboard().text(), timeout=SAFE)


def test_going_to_each_page(done: MainWindow, key: Press) -> None:
    pages = {
        "Ctrl+1": CHOOSE,
        "Ctrl+3": CORRECT,
        "Ctrl+4": WRITE,
        "Ctrl+2": RESULTS,
        "Ctrl+H": HISTORY,
        "Ctrl+M": MANAGE,
    }
    for name, page in pages.items():
        key(name)
        assert done.page == page
        assert done.focusWidget() is not None


def test_how_it_looks(done: MainWindow, key: Press, qapp: QApplication) -> None:
    size = qapp.font().pointSizeF()
    key("Ctrl++")
    key("Ctrl++")
    key("Ctrl+-")
    assert qapp.font().pointSizeF() == size + 1
    key("Ctrl+0")
    assert qapp.font().pointSizeF() == size
    key("Ctrl+Shift+H")
    assert done.session.hide_values
    key("Ctrl+Shift+H")
    assert not done.session.hide_values
    key("Return")
    before = correct(done).views.view()
    key("F6")
    assert correct(done).views.view() is not before


def test_common_findings_and_the_manual(done: MainWindow, key: Press) -> None:
    key("Ctrl+G")
    assert results(done).common.isVisible()
    key("Ctrl+G")
    assert results(done).table.isVisible()
    key("Ctrl+F1")
    assert shown(ManualDialog)


def test_the_end(window: MainWindow, key: Press) -> None:
    key("Ctrl+Q")
    assert not window.isVisible()


def tab_to(window: MainWindow, key: Press, wanted: QWidget) -> None:
    """Press Tab until something has the focus; it must come before the round is over."""
    for _ in range(60):
        if window.focusWidget() is wanted:
            return
        key("Tab")
    raise AssertionError(f"Tab does not come to {wanted}")


def test_the_whole_way_by_keys(
    window: MainWindow, qtbot: QtBot, demo: Path, key: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(window.session), "on", shipped().on)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(demo))
    key("Ctrl+Shift+O")
    qtbot.waitUntil(lambda: window.session.state is RunState.DONE, timeout=SAFE)
    key("Return")
    broken = demo / window.session.current
    broken.write_bytes((demo / "opinion-1.xml").read_bytes() + b"<!-- mended -->\n")
    key("F5")
    qtbot.waitUntil(lambda: window.session.state is RunState.DONE, timeout=SAFE)
    assert window.page == CORRECT
    assert window.session.changes is not None

    page = window.pages[WRITE]
    assert isinstance(page, WritePage)
    key("Ctrl+S")
    assert page.stack.currentIndex() == CONTENTS
    box = window.focusWidget()
    assert isinstance(box, QComboBox)
    while box in [line.box for line in page.contents._lines.values()]:
        key("Down")
        key("Tab")
        box = window.focusWidget()
    assert box is page.contents.search
    assert page.contents.contents is not None
    assert [group.code for group in page.contents.contents.groups if not group.reason] == []
    key("Ctrl+S")
    assert page.stack.currentIndex() == DESTINATION
    field = window.focusWidget()
    assert isinstance(field, QLineEdit)
    qtbot.keyClicks(field, str(tmp_path / "out"))
    tab_to(window, key, page.destination.consent.box)
    key("Space")
    qtbot.waitUntil(lambda: page.destination.ready, timeout=SAFE)
    key("Ctrl+S")
    qtbot.waitUntil(lambda: page.stack.currentIndex() == RESULT, timeout=SAFE)
    (package,) = (tmp_path / "out").iterdir()
    assert not verify(package).faults
    key("Ctrl+S")
    assert page.stack.currentIndex() == RESULT


def stops(window: MainWindow) -> list[QWidget]:
    """What Tab comes to, in its order, from the one that has the focus."""
    first = window.focusWidget()
    assert first is not None
    found, here = [first], first.nextInFocusChain()
    while here is not first:
        if here.isVisible() and here.isEnabled() and here.focusPolicy() & Qt.FocusPolicy.TabFocus:
            found.append(here)
        here = here.nextInFocusChain()
    return found


def test_tab_goes_through_a_page_as_one_reads(done: MainWindow, key: Press) -> None:
    key("Ctrl+S")
    page = done.pages[WRITE]
    assert isinstance(page, WritePage)
    order = [each for each in stops(done) if page.isAncestorOf(each)]
    contents = page.contents
    boxes = [line.box for line in contents._lines.values()]
    expected = [*boxes, contents.search, contents.table, page.back, page.next]
    assert [each for each in order if each in expected] == expected
    assert isinstance(expected[-1], QAbstractButton)
