"""Worker processes: the same reports whatever their number, and faults that take one file along."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from checktool.checking import workers
from checktool.checking.engine import CheckOptions, check, run
from checktool.checking.judge import Judge
from checktool.errors import PackError
from checktool.model.report import CheckReport, FileReport, LayerStatus, Note, Verdict, verdicts
from checktool.reading.sources import Source, list_sources
from tests.tiny_pack import ON, TinyPack, codes, item, note

FORKS = pytest.mark.skipif(sys.platform == "win32", reason="workers are not forked here")
FORK = multiprocessing.get_context("fork" if sys.platform != "win32" else None)
ENDLESS = "a" * 40 + "!"
RULE = '<assert id="R1" test="f:matches(., \'(a|aa)+\')">x</assert>'


@pytest.fixture
def slow(tiny_pack: TinyPack) -> TinyPack:
    """A pack with a rule that never ends on one value, and little patience."""
    tiny_pack.rule("n:A", RULE)
    tiny_pack.top["limits"] = {"seconds_per_file": 1}
    return tiny_pack


def value(text: str) -> str:
    return note(f"<A>{text}</A>")


def summary(report: CheckReport) -> list[tuple[str, list[str], str]]:
    """(source, codes, first status that is not passed or absent) of every file."""
    odd = [[layer.status for layer in file.layers if layer.status not in ("passed", "absent")]
           for file in report.files]  # fmt: skip
    states = [str((*statuses, "")[0]) for statuses in odd]
    return [(file.source, codes(file), state) for file, state in zip(report.files, states, strict=True)]


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_any_number_of_processes_gives_the_same_report(tiny_pack: TinyPack, jobs: int) -> None:
    tiny_pack.record(item("A"))
    tiny_pack.form["batch"] = {"patient": "A", "disease": "A", "written": "A"}
    tiny_pack.rule("n:A", '<assert id="R1" test=". != 3">x</assert>')
    tiny_pack.top["container"] = {"root": "{urn:tiny}Notes"}
    records = "".join(f"<Note><A>{n}</A></Note>" for n in range(5))
    given = [value(str(n % 7)) for n in range(30)] + [
        f'<Notes xmlns="urn:tiny">{records}</Notes>',
        "",
        "<x/>",
    ]
    folder = str(tiny_pack.documents(*given))
    pack = tiny_pack.load()
    alone = run([folder], pack, CheckOptions(on=ON, jobs=0))
    assert len(alone.files) == 37
    assert run([folder], pack, CheckOptions(on=ON, jobs=jobs)) == alone


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_document_without_end_is_cut_off_and_the_rest_checked(slow: TinyPack, jobs: int) -> None:
    report = slow.check(value("a"), value(ENDLESS), value("b"), value("aa"), jobs=jobs)
    assert summary(report) == [
        ("1.xml", [], ""), ("2.xml", ["F009"], "failed"), ("3.xml", ["R1"], "failed"), ("4.xml", [], ""),
    ]  # fmt: skip
    assert report.files[1].findings[0].param("limit") == "time"
    assert [str(one) for one in verdicts(report)] == ["clean", "unchecked", "correct", "clean"]
    assert report.completed


@FORKS
def test_what_was_found_before_a_file_was_cut_off_stands_once(
    slow: TinyPack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_PATIENCE", 0.001)
    monkeypatch.setattr(workers.multiprocessing, "get_context", lambda _: FORK)
    given = [value(text) for text in ("b", ENDLESS, "a", "aa", "aaa")]
    report = slow.check(*given, jobs=1)
    assert [file.source for file in report.files] == [f"{n}.xml" for n in range(1, 6)]
    assert codes(report) == ["R1", "F009"]


def test_a_record_without_end_leaves_the_records_before_it(slow: TinyPack) -> None:
    slow.top["container"] = {"root": "{urn:tiny}Notes"}
    inner = "".join(f"<Note><A>{text}</A></Note>" for text in ("a", "b", ENDLESS, "a"))
    report = slow.check(f'<Notes xmlns="urn:tiny">{inner}</Notes>', value("a"), jobs=1)
    assert report.files[-1].source == "2.xml"
    assert [(file.source, codes(file)) for file in report.files[-2:]] == [("1.xml", ["F009"]), ("2.xml", [])]
    assert {file.source for file in report.files[:-2]} <= {"1.xml#1", "1.xml#2"}


@FORKS
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_worker_that_dies_takes_only_its_file_along(
    tiny_pack: TinyPack, jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dying(judge: Judge, source: Source) -> Iterator[object]:
        if source.name == "3.xml":
            os.kill(os.getpid(), signal.SIGKILL)
        yield from judged(judge, source)

    judged = Judge.source
    monkeypatch.setattr(Judge, "source", dying)
    monkeypatch.setattr(workers.multiprocessing, "get_context", lambda _: FORK)
    report = tiny_pack.check(*[note()] * 6, jobs=jobs)
    assert [file.source for file in report.files] == [f"{n}.xml" for n in range(1, 7)]
    broken = report.files[2].layers[0]
    assert (broken.status, broken.note) == (LayerStatus.BROKEN, Note("worker_died"))
    assert [one for one in verdicts(report) if one is not Verdict.CLEAN] == [Verdict.UNCHECKED]
    assert report.completed


@FORKS
def test_an_exception_in_a_worker_breaks_its_file_only(
    tiny_pack: TinyPack, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(judge: Judge, source: Source) -> Iterator[object]:
        if source.name == "2.xml":
            raise AssertionError(source.name)
        yield from judged(judge, source)

    judged = Judge.source
    monkeypatch.setattr(Judge, "source", failing)
    monkeypatch.setattr(workers.multiprocessing, "get_context", lambda _: FORK)
    report = tiny_pack.check(*[note()] * 3, jobs=1)
    assert [layer.status for file in report.files for layer in file.layers[:1]] == [
        "passed",
        "broken",
        "passed",
    ]


@pytest.mark.parametrize("jobs", [0, 1, 2])
def test_a_fault_of_the_pack_ends_the_run(tiny_pack: TinyPack, jobs: int) -> None:
    tiny_pack.rule("n:A[", RULE)
    with pytest.raises(PackError, match="P007"):
        tiny_pack.check(note(), jobs=jobs)


@pytest.mark.parametrize("jobs", [0, 1, 2])
@pytest.mark.parametrize("after", [0, 1, 4])
def test_a_stop_keeps_what_was_found(tiny_pack: TinyPack, jobs: int, after: int) -> None:
    tiny_pack.form["batch"] = {"patient": "A"}
    reports, _ = _stopped(tiny_pack, tiny_pack.documents(*[note()] * 9), jobs, after)
    files, last = reports[:-1], reports[-1]
    assert isinstance(last, CheckReport)
    assert [file.source for file in last.files] == [f"{n}.xml" for n in range(1, 10)]
    statuses = [file.layers[0].status for file in files if isinstance(file, FileReport)]
    passed = statuses.count(LayerStatus.PASSED)
    assert statuses == [LayerStatus.PASSED] * passed + [LayerStatus.SKIPPED] * (9 - passed)
    assert after <= passed < 9
    assert passed == after or (jobs and after)
    assert (last.completed, last.batch.status) == (False, LayerStatus.SKIPPED)


@pytest.mark.parametrize("jobs", [0, 1])
def test_a_stop_within_a_file_of_many_records_is_no_complete_run(tiny_pack: TinyPack, jobs: int) -> None:
    tiny_pack.top["container"] = {"root": "{urn:tiny}Notes"}
    records = "<Note/>" * 2000
    folder = tiny_pack.documents(f'<Notes xmlns="urn:tiny">{records}</Notes>')
    reports, _ = _stopped(tiny_pack, folder, jobs, 1)
    last = reports[-1]
    assert isinstance(last, CheckReport)
    assert not last.completed
    assert len(last.files) < 2001
    assert (last.files[-1].source, last.files[-1].layers[0].status) == ("1.xml", LayerStatus.SKIPPED)


@pytest.mark.parametrize("jobs", [0, 1])
def test_a_stop_after_the_last_document_changes_nothing(tiny_pack: TinyPack, jobs: int) -> None:
    reports, _ = _stopped(tiny_pack, tiny_pack.documents(note(), note()), jobs, 2)
    last = reports[-1]
    assert isinstance(last, CheckReport)
    assert last.completed


def _stopped(
    tiny_pack: TinyPack, folder: Path, jobs: int, after: int
) -> tuple[list[FileReport | CheckReport], threading.Event]:
    """What a run yields that is stopped after so many reports."""
    pack, stop = tiny_pack.load(), threading.Event()
    if not after:
        stop.set()
    reports: list[FileReport | CheckReport] = []
    for report in check(list_sources([str(folder)], pack.limits), pack, CheckOptions(on=ON, jobs=jobs), stop):
        reports.append(report)
        if len(reports) == after:
            stop.set()
    return reports, stop
