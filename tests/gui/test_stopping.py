"""Stopping and closing while the check, a share or the writing is held at a known point."""

import multiprocessing
import os
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from checktool.checking import engine
from checktool.gui import checkjob, handoffjob, running
from checktool.gui import window as window_module
from checktool.gui.handoffjob import CHECKING, Stage
from checktool.gui.pages.page import RESULTS, WRITE
from checktool.gui.pages.results import ResultsPage
from checktool.gui.pages.write import DESTINATION, RESULT, WRITING, WritePage
from checktool.gui.running import Running
from checktool.gui.session import RunState, Session
from checktool.gui.window import MainWindow
from checktool.gui.worker import end_all
from checktool.handoff.writer import READING_BACK
from checktool.handoff.writer import WRITING as WRITE_STAGE
from checktool.model.report import LayerStatus, Verdict
from checktool.reading import sources
from checktool.samples.trial import shipped
from tests.gui.conftest import Answers, MakeSamples, Press
from tests.gui.gates import Gate, hold_check, until_stopped

SAFE = 60_000
ONLY_POSIX = pytest.mark.skipif(os.name == "nt", reason="needs pipes with names")


def notes(session: Session) -> list[str]:
    """Why each document is unchecked, empty where it is judged."""
    return [row.note.key if row.note else "" for row in session.rows]


def sentence(window: MainWindow) -> str:
    """What the page ② says of the run."""
    page = window.pages[RESULTS]
    assert isinstance(page, ResultsPage)
    return page.outcome.label.text()


def stalling(monkeypatch: pytest.MonkeyPatch, place: int) -> None:
    """Let a file turn into a pipe that nobody writes to once it is listed: its share stalls."""
    real = sources.list_sources

    def list_sources(paths: list[str], limits: object) -> object:
        found = real(paths, limits)  # type: ignore[arg-type]
        path = sorted(Path(paths[0]).iterdir())[place]
        path.unlink()
        os.mkfifo(path)
        return found

    monkeypatch.setattr(checkjob, "list_sources", list_sources)


@pytest.mark.parametrize("after", [1, 3])
def test_a_stopped_run_keeps_what_it_has(
    qtbot: QtBot, session: Session, demo: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    hold_check(monkeypatch, after, until_stopped)
    run = Running(session)
    run.start([str(demo)], shipped().on)
    qtbot.waitUntil(lambda: len(session.rows) == after, timeout=SAFE)
    with qtbot.waitSignal(run.ended, timeout=SAFE):
        run.stop()
    assert session.state is RunState.STOPPED
    assert notes(session) == [""] * after + ["stopped"] * (7 - after)
    assert session.report is not None
    assert not session.report.completed
    assert all(layer.status is LayerStatus.SKIPPED for layer in session.report.files[-1].layers)
    assert session.counts()[Verdict.UNCHECKED] == 7 - after


@pytest.mark.parametrize("after", [0, 2])
def test_a_stop_does_not_wait_for_a_job_that_hangs(
    qtbot: QtBot, session: Session, demo: Path, monkeypatch: pytest.MonkeyPatch, gate: Gate, after: int
) -> None:
    if after:
        hold_check(monkeypatch, after, lambda _stop: gate.pass_through())
    else:
        monkeypatch.setattr(checkjob, "list_sources", lambda *_: gate.pass_through() or [])
    run = Running(session)
    run.start([str(demo)], shipped().on)
    qtbot.waitUntil(lambda: gate.reached and len(session.rows) == after, timeout=SAFE)
    with qtbot.waitSignal(run.ended, timeout=SAFE):
        run.stop()
    assert running.PATIENCE_MS < 1_000
    assert session.state is RunState.STOPPED
    assert notes(session) == ([""] * after + ["stopped"] * (7 - after) if after else [])
    assert session.report is None


@ONLY_POSIX
def test_a_share_that_stalls_is_left_alone(
    qtbot: QtBot, session: Session, make_samples: MakeSamples, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_samples("survey", count=4)
    stalling(monkeypatch, 2)
    run = Running(session)
    run.start([str(folder)])
    qtbot.waitUntil(lambda: len(session.rows) == 2, timeout=SAFE)
    assert multiprocessing.active_children()
    with qtbot.waitSignal(run.ended, timeout=SAFE):
        run.stop()
    assert notes(session) == ["", "", "stopped", "stopped"]
    assert end_all(SAFE)
    assert not multiprocessing.active_children()


def test_what_was_told_just_before_a_hang_is_kept(
    qtbot: QtBot, session: Session, demo: Path, monkeypatch: pytest.MonkeyPatch, gate: Gate
) -> None:
    monkeypatch.setattr("checktool.gui.worker.BATCH_MS", SAFE)
    hold_check(monkeypatch, 2, lambda _stop: gate.pass_through())
    run = Running(session)
    run.start([str(demo)], shipped().on)
    qtbot.waitUntil(lambda: gate.reached, timeout=SAFE)
    assert session.rows == []
    monkeypatch.setattr("checktool.gui.worker.BATCH_MS", 1)
    with qtbot.waitSignal(run.ended, timeout=SAFE):
        run.stop()
    assert notes(session) == ["", "", *["stopped"] * 5]


def test_escape_stops_and_f5_checks_again(
    window: MainWindow, qtbot: QtBot, demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = engine.check
    hold_check(monkeypatch, 3, until_stopped)
    window.check([str(demo)])
    qtbot.waitUntil(lambda: len(window.session.rows) == 3, timeout=SAFE)
    assert window.actions_by_name["stop"].isEnabled()
    assert not window.actions_by_name["recheck"].isEnabled()
    qtbot.keyClick(window.pages[RESULTS], Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.session.state.busy, timeout=SAFE)
    assert window.session.state is RunState.STOPPED
    assert sentence(window) == "中止しました。ここまでの 3 件の結果は残っています。"
    assert not window.actions_by_name["stop"].isEnabled()
    assert not window.actions_by_name["go_write"].isEnabled()
    monkeypatch.setattr(engine, "check", real)
    qtbot.keyClick(window.pages[RESULTS], Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: not window.session.state.busy, timeout=SAFE)
    assert window.session.state is RunState.DONE
    assert notes(window.session) == [""] * 7


def test_closing_while_a_check_runs_leaves_no_thread_and_no_process(
    window: MainWindow, qtbot: QtBot, demo: Path, monkeypatch: pytest.MonkeyPatch, answers: Answers
) -> None:
    before = set(threading.enumerate())
    hold_check(monkeypatch, 2, until_stopped)
    window.check([str(demo)])
    qtbot.waitUntil(lambda: len(window.session.rows) == 2, timeout=SAFE)
    monkeypatch.setattr(window_module, "end_all", lambda: end_all(SAFE))
    answers.append(False)
    window.close()
    assert window.isVisible()
    assert window.session.state.busy
    assert multiprocessing.active_children()
    answers.append(True)
    with qtbot.waitSignal(window.closed, timeout=SAFE) as closed:
        window.close()
    assert closed.args == [True]
    assert set(threading.enumerate()) <= before
    assert not multiprocessing.active_children()


@ONLY_POSIX
def test_closing_while_a_share_stalls_leaves_no_process(
    window: MainWindow,
    qtbot: QtBot,
    make_samples: MakeSamples,
    monkeypatch: pytest.MonkeyPatch,
    answers: Answers,
) -> None:
    folder = make_samples("survey", count=4)
    stalling(monkeypatch, 2)
    window.check([str(folder)])
    qtbot.waitUntil(lambda: len(window.session.rows) == 2, timeout=SAFE)
    monkeypatch.setattr(window_module, "end_all", lambda: end_all(SAFE))
    answers.append(True)
    with qtbot.waitSignal(window.closed, timeout=SAFE) as closed:
        window.close()
    assert closed.args == [True]
    assert not multiprocessing.active_children()


def test_closing_does_not_wait_for_what_hangs(
    window: MainWindow,
    qtbot: QtBot,
    demo: Path,
    monkeypatch: pytest.MonkeyPatch,
    answers: Answers,
    gate: Gate,
) -> None:
    monkeypatch.setattr(checkjob, "list_sources", lambda *_: gate.pass_through() or [])
    monkeypatch.setattr(window_module, "end_all", lambda: end_all(0.2))
    window.check([str(demo)])
    qtbot.waitUntil(lambda: gate.reached, timeout=SAFE)
    answers.append(True)
    with qtbot.waitSignal(window.closed, timeout=SAFE) as closed:
        window.close()
    assert closed.args == [False]


def hold_stage(monkeypatch: pytest.MonkeyPatch, name: str, gate: Gate) -> None:
    """Let the writing stand still once it tells of this stage."""

    def stage(*told: object) -> Stage:
        if told[0] == name:
            gate.pass_through()
        return Stage(*told)  # type: ignore[arg-type]

    monkeypatch.setattr(handoffjob, "Stage", stage)


def at_the_destination(window: MainWindow, qtbot: QtBot, demo: Path, to: Path) -> WritePage:
    """Check the practice documents and fill in where to write, ready to begin."""
    window.running.start([str(demo)], shipped().on)
    qtbot.waitUntil(lambda: window.session.state is RunState.DONE, timeout=SAFE)
    window.trigger("write")
    page = window.pages[WRITE]
    assert isinstance(page, WritePage)
    window.trigger("write")
    assert page.stack.currentIndex() == DESTINATION
    page.destination.field.setText(str(to))
    page.destination.consent.box.setChecked(True)
    qtbot.waitUntil(lambda: page.destination.ready, timeout=SAFE)
    return page


@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize("stage", [WRITE_STAGE, CHECKING, READING_BACK])
def test_a_stop_while_writing_leaves_nothing_half_written(
    window: MainWindow,
    qtbot: QtBot,
    demo: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    gate: Gate,
    stage: str,
    zipped: bool,
) -> None:
    hold_stage(monkeypatch, stage, gate)
    page = at_the_destination(window, qtbot, demo, tmp_path / "out")
    page.destination.zipped.setChecked(zipped)
    qtbot.waitUntil(lambda: page.destination.ready, timeout=SAFE)
    window.trigger("write")
    qtbot.waitUntil(lambda: gate.reached, timeout=SAFE)
    assert page.stack.currentIndex() == WRITING
    assert any((tmp_path / "out").iterdir())
    qtbot.keyClick(page.progress.button, Qt.Key.Key_Escape)
    gate.release()
    qtbot.waitUntil(lambda: page.stack.currentIndex() == RESULT, timeout=SAFE)
    assert page.result.banner.label.text() == "中止しました。"
    assert not (tmp_path / "out").exists()
    assert page.next.isVisible()


def test_closing_while_it_writes_leaves_nothing_half_written(
    window: MainWindow,
    qtbot: QtBot,
    demo: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    gate: Gate,
    press: Press,
) -> None:
    hold_stage(monkeypatch, READING_BACK, gate)
    page = at_the_destination(window, qtbot, demo, tmp_path / "out")
    window.trigger("write")
    qtbot.waitUntil(lambda: gate.reached, timeout=SAFE)
    press(page.say("write.busy_keep"))
    window.close()
    assert window.isVisible()
    press(page.say("write.busy_stop"))
    monkeypatch.setattr(window_module, "end_all", lambda: gate.release() or end_all(SAFE))
    with qtbot.waitSignal(window.closed, timeout=SAFE) as closed:
        window.close()
    assert closed.args == [True]
    assert not (tmp_path / "out").exists()
