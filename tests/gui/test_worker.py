"""Jobs beside the window: batches, ends, stops within a second, and nothing that is left running."""

import threading
import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from checktool.errors import CheckToolError, ReadError
from checktool.gui import checkjob
from checktool.gui.checkjob import Checked, Listed, check_job
from checktool.gui.rows import Row
from checktool.gui.running import Running
from checktool.gui.session import RunState, Session
from checktool.gui.worker import LARGEST_BATCH, Tell, Worker, end_all
from checktool.samples.trial import shipped
from tests.gui.conftest import MakeSamples


def collect(worker: Worker) -> list[list[object]]:
    """The batches that a worker will bring."""
    batches: list[list[object]] = []
    worker.told.connect(batches.append)
    return batches


def test_what_is_told_comes_in_order_and_in_batches(qtbot: QtBot) -> None:
    worker = Worker()
    batches = collect(worker)

    def job(tell: Tell, _stop: threading.Event) -> str:
        for number in range(2 * LARGEST_BATCH + 5):
            tell(number)
        return "done"

    with qtbot.waitSignal(worker.finished) as ended:
        worker.start(job)
    assert ended.args == ["done"]
    assert [item for batch in batches for item in batch] == list(range(2 * LARGEST_BATCH + 5))
    assert max(map(len, batches)) <= LARGEST_BATCH
    assert not worker.busy


def test_signals_come_in_the_thread_of_the_window(qtbot: QtBot) -> None:
    worker = Worker()
    threads: list[int] = []
    worker.told.connect(lambda _: threads.append(threading.get_ident()))
    worker.finished.connect(lambda _: threads.append(threading.get_ident()))
    with qtbot.waitSignal(worker.finished):
        worker.start(lambda tell, _stop: tell(1))
    assert threads == [threading.get_ident()] * 2


def test_a_fault_of_the_family_is_handed_on(qtbot: QtBot) -> None:
    def job(_tell: Tell, _stop: threading.Event) -> None:
        raise ReadError("I001", path="x")

    worker = Worker()
    with qtbot.waitSignal(worker.failed) as failed:
        worker.start(job)
    assert failed.args[0].code == "I001"


def test_any_other_fault_goes_to_the_hook_and_ends_the_job(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[type[BaseException]] = []
    monkeypatch.setattr("sys.excepthook", lambda kind, _fault, _trace: seen.append(kind))

    def job(_tell: Tell, _stop: threading.Event) -> None:
        raise ZeroDivisionError

    worker = Worker()
    with qtbot.waitSignal(worker.failed) as failed:
        worker.start(job)
    assert failed.args[0].code == "E070"
    assert seen == [ZeroDivisionError]


def test_a_stop_is_answered_with_what_there_is(qtbot: QtBot) -> None:
    def job(_tell: Tell, stop: threading.Event) -> bool:
        return stop.wait(20)

    worker = Worker()
    worker.start(job)
    with qtbot.waitSignal(worker.finished, timeout=1_000) as ended:
        worker.stop()
    assert ended.args == [True]


def test_a_job_that_was_let_go_is_not_heard(qtbot: QtBot) -> None:
    worker = Worker()
    batches = collect(worker)
    worker.start(lambda tell, stop: (stop.wait(20), tell("late")))
    worker.let_go()
    with qtbot.waitSignal(worker.finished) as ended:
        worker.start(lambda tell, _stop: tell("now") or "second")
    assert ended.args == ["second"]
    assert batches == [["now"]]


def test_the_end_waits_for_jobs_but_not_for_one_that_hangs() -> None:
    hanging, release = threading.Event(), threading.Event()

    def job(_tell: Tell, _stop: threading.Event) -> None:
        hanging.set()
        release.wait(20)

    Worker().start(job)
    hanging.wait(5)
    began = time.monotonic()
    assert not end_all(0.2)
    assert time.monotonic() - began < 2
    release.set()
    assert end_all(5)


def test_a_check_tells_its_documents_and_then_row_after_row(
    qtbot: QtBot, session: Session, demo: Path
) -> None:
    session.start([str(demo)], shipped().on)
    worker = Worker()
    batches = collect(worker)
    with qtbot.waitSignal(worker.finished, timeout=20_000) as ended:
        worker.start(check_job(session, session.paths))
    told = [item for batch in batches for item in batch]
    assert isinstance(told[0], Listed)
    assert len(told[0].sources) == 7
    assert all(isinstance(item, Row) for item in told[1:])
    result = ended.args[0]
    assert isinstance(result, Checked)
    assert [row.report for row in told[1:] if isinstance(row, Row)] == list(result.report.files)


def test_processes_leave_one_for_the_window(
    session: Session, demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int | None] = []

    class EngineAskedError(Exception):
        """More is not needed."""

    def check(_sources: object, _pack: object, options: object, _stop: object) -> None:
        asked.append(options.jobs)  # type: ignore[attr-defined]
        raise EngineAskedError

    monkeypatch.setattr("checktool.checking.engine.check", check)
    monkeypatch.setattr("os.cpu_count", lambda: 8)
    session.jobs = None
    for most in (7, 8):
        monkeypatch.setattr(checkjob, "MANY", most)
        with pytest.raises(EngineAskedError):
            check_job(session, [str(demo)])(lambda _: None, threading.Event())
    assert asked == [7, None]


def run_of(session: Session, qtbot: QtBot, *paths: Path) -> Running:
    """A run over paths, brought to its end."""
    run = Running(session)
    with qtbot.waitSignal(run.ended, timeout=20_000):
        run.start([str(path) for path in paths])
    return run


def test_a_run_fills_the_session(qtbot: QtBot, session: Session, make_samples: MakeSamples) -> None:
    run_of(session, qtbot, make_samples("survey", count=3))
    assert session.state is RunState.DONE
    assert len(session.rows) == 3
    assert session.report is not None


def test_a_path_that_is_gone_is_told(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    run_of(session, qtbot, tmp_path / "gone")
    assert session.state is RunState.FAILED
    assert session.error is not None
    assert session.error.code == "I001"


def test_a_policy_that_cannot_be_read_is_told(
    qtbot: QtBot, session: Session, demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault() -> None:
        raise CheckToolError("E070")

    monkeypatch.setattr(checkjob, "policy", fault)
    run_of(session, qtbot, demo)
    assert session.state is RunState.FAILED


def test_a_second_run_lets_the_first_go(qtbot: QtBot, session: Session, make_samples: MakeSamples) -> None:
    run = Running(session)
    run.start([str(make_samples("survey", "first", count=30))])
    with qtbot.waitSignal(run.ended, timeout=20_000):
        run.start([str(make_samples("opinion", "second", count=2))])
    assert {row.report.form for row in session.rows} == {"opinion"}
