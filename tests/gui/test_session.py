"""The state behind the pages, and the comparison of a run with the one before."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from checktool.checking.engine import CheckOptions, run
from checktool.errors import CheckToolError, PackError
from checktool.gui.comparison import compare, identity
from checktool.gui.pages.outcome import changes_text, judged, outcome, remaining_text
from checktool.gui.rows import row_of, rows_judged_anew
from checktool.gui.session import RunState, Session
from checktool.model.finding import Finding, Location, Severity
from checktool.model.report import CheckReport, FileReport, Verdict
from checktool.reading.sources import Source, list_sources
from tests.gui.conftest import ON, MakeSamples, session_over


def check(session: Session, folder: Path) -> CheckReport:
    """The report of a folder by the pack of a session."""
    return run([str(folder)], session.pack, CheckOptions(on=ON))


def mended(report: FileReport) -> FileReport:
    """The same document without a finding."""
    return replace(report, layers=tuple(replace(layer, findings=()) for layer in report.layers))


def test_counts_follow_the_rows(checked: Session) -> None:
    assert checked.state is RunState.DONE
    assert {verdict: checked.counts()[verdict] for verdict in Verdict} == {
        Verdict.CLEAN: 4,
        Verdict.CONFIRM: 1,
        Verdict.CORRECT: 2,
        Verdict.UNCHECKED: 0,
    }
    row = checked.row("opinion-4.xml")
    assert row is not None
    assert (row.errors, row.warnings, row.state) == (1, 0, 2)
    assert row.first is not None
    assert row.first.code == "D609"


def test_findings_shared_by_documents_change_their_rows(make_samples: MakeSamples) -> None:
    session = session_over(make_samples("opinion", broken="B902"))
    assert all(row.shared and row.verdict is not Verdict.CLEAN for row in session.rows)
    assert session.counts()[Verdict.CLEAN] == 0
    assert session.revised == tuple(range(len(session.rows)))


def test_a_new_run_starts_empty_and_the_same_paths_can_be_compared(checked: Session) -> None:
    before, report = checked.rows, checked.report
    checked.open("survey-3.xml")
    checked.left_out["survey-1.xml"] = "other"
    checked.start(checked.paths, checked.today)
    assert (checked.rows, checked.state) == ([], RunState.LISTING)
    assert before
    assert checked.previous is report
    assert (checked.current, checked.left_out) == ("survey-3.xml", {"survey-1.xml": "other"})
    checked.start(["elsewhere"])
    assert (checked.previous, checked.current, checked.left_out) == (None, "", {})


def test_a_stopped_run_is_not_what_the_next_is_compared_with(checked: Session) -> None:
    whole = checked.report
    assert whole is not None
    checked.start(checked.paths, checked.today)
    checked.finish(replace(whole, completed=False), {})
    assert checked.state is RunState.STOPPED
    checked.start(checked.paths, checked.today)
    assert checked.previous is whole


def test_neighbours_follow_the_order_shown(checked: Session) -> None:
    checked.open("opinion-1.xml")
    assert checked.neighbour(1) == "opinion-2.xml"
    checked.order = [6, 0, 2]
    assert (checked.neighbour(-1), checked.neighbour(1)) == ("survey-3.xml", "opinion-3.xml")
    checked.open("opinion-2.xml")
    assert checked.neighbour(1) == ""


def test_a_record_knows_the_file_it_is_in(tmp_path: Path, session: Session) -> None:
    (tmp_path / "big.xml").write_bytes(b"<a/>")
    session.listed(list_sources([str(tmp_path)], session.pack.limits))
    found = session.source_of("big.xml#17")
    assert isinstance(found, Source)
    assert found.name == "big.xml"
    assert session.source_of("other.xml") is None


def test_another_pack_that_cannot_be_used_changes_nothing(checked: Session) -> None:
    pack, rows = checked.pack, checked.rows
    with pytest.raises(PackError):
        checked.use("no-such-pack", None)
    assert (checked.pack, checked.rows) == (pack, rows)
    checked.use(pack.info.id, None)
    assert (checked.state, checked.rows) == (RunState.EMPTY, [])


def test_without_practice_today_is_today(session: Session) -> None:
    session.start(["x"])
    assert session.on == date.today()
    session.start(["x"], ON)
    assert session.on == ON


def test_mended_left_and_new_are_told_apart(session: Session, make_samples: MakeSamples) -> None:
    before = check(session, make_samples("survey", "before", broken="N301"))
    report = before.files[0]
    finding = report.findings[0]
    other = replace(finding, code="D609")
    layers = [replace(layer, findings=(finding, other) if layer.findings else ()) for layer in report.layers]
    now = replace(before, files=(replace(report, layers=tuple(layers)),))
    changes = compare(before, now)
    assert (changes.mended, changes.left, changes.new) == (0, 1, 1)
    changes = compare(now, replace(before, files=(mended(report),)))
    assert (changes.mended, changes.left, changes.new) == (2, 0, 0)


def test_a_document_is_known_again_by_its_key(session: Session, make_samples: MakeSamples) -> None:
    before = check(session, make_samples("survey", "before", broken="N301"))
    now = replace(before, files=(replace(mended(before.files[0]), source="another-name.xml"),))
    changes = compare(before, now)
    assert changes.files["another-name.xml"].mended == before.files[0].findings
    assert (changes.gone, changes.added) == ((), ())


def test_documents_that_come_and_go_are_named(session: Session, make_samples: MakeSamples) -> None:
    report = check(session, make_samples("survey", count=2))
    one, two = (replace(report, files=(file,)) for file in report.files)
    changes = compare(one, two)
    assert changes.gone == (report.files[0].source,)
    assert changes.added == (report.files[1].source,)


def test_what_was_not_looked_for_is_not_called_mended(
    session: Session, make_samples: MakeSamples, tmp_path: Path
) -> None:
    folder = make_samples("survey", broken="N301")
    before = check(session, folder)
    for path in folder.iterdir():
        path.write_bytes(b"<broken")
    changes = compare(before, check(session, folder))
    assert (changes.mended, changes.unsure) == (0, 1)


def test_the_place_of_a_record_in_its_file_does_not_count() -> None:
    def at(source: str, xpath: str) -> Finding:
        return Finding("D609", Severity.ERROR, Location(source, xpath, "x"))

    first = at("big.xml#1", "/Forms[1]/ClinicalSurvey[1]/Patient[1]/Sex[1]")
    second = at("big.xml#9", "/Forms[1]/ClinicalSurvey[9]/Patient[1]/Sex[1]")
    alone = at("one.xml", "/ClinicalSurvey[1]/Patient[1]/Sex[1]")
    places = {identity(each, each.location.source) for each in (first, second, alone)}
    assert places == {("D609", "Patient[1]/Sex[1]", "x")}


def test_the_outcome_says_what_may_go_out(checked: Session) -> None:
    said = outcome(checked)
    assert said.text == (
        "○ 4 件は先に書き出せます。△ 1 件は、内容を確認すると書き出せます。"
        "× 2 件は、修正後に追加で書き出してください。"
    )
    assert said.role == "card"


def test_all_clean_promises_nothing_more(make_samples: MakeSamples) -> None:
    said = outcome(session_over(make_samples("survey", count=3)))
    assert said.text.startswith("3 件すべて、書き出せます。")
    assert "保証するものではありません。" in said.text
    assert said.role == "clean"


def test_nothing_readable_and_nothing_found(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(b"no xml")
    assert outcome(session_over(tmp_path)).text.startswith("検査できたファイルはありませんでした。")
    (tmp_path / "a.xml").unlink()
    assert outcome(session_over(tmp_path)).text.startswith("検査するファイルが見つかりませんでした。")


def test_a_stop_and_a_fault_keep_what_was_done(checked: Session, make_samples: MakeSamples) -> None:
    stopped = Session(checked.pack, checked.wording)
    stopped.start(["x"])
    stopped.add(checked.rows[:3])
    stopped.give_up()
    assert outcome(stopped).text == "中止しました。ここまでの 3 件の結果は残っています。"
    assert judged(stopped) == 3
    stopped.fail(CheckToolError("E070"))
    assert "ここまでの 3 件の結果は残っています。" in outcome(stopped).text
    assert "（E070）" in outcome(stopped).text


def test_the_remaining_time_is_said_once_something_is_known(checked: Session) -> None:
    checked.sources = tuple(Source(str(number)) for number in range(70))
    assert remaining_text(checked, 0.5) == ""
    assert remaining_text(checked, 7.0) == "　残り 約1分"
    assert remaining_text(checked, 3.0) == "　残り 約27秒"


def test_changes_are_said_only_where_there_are(checked: Session) -> None:
    assert changes_text(checked) == ""
    assert checked.report is not None
    clean = replace(checked.report, files=tuple(map(mended, checked.report.files)))
    checked.finish(clean, rows_judged_anew(clean), compare(checked.report, clean))
    assert changes_text(checked) == "前回と比べて: 解消 4　残り 0　新規 0"


def test_a_row_says_why_a_document_is_unchecked(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(b"no xml")
    row = session_over(tmp_path).rows[0]
    assert row.verdict is Verdict.UNCHECKED
    assert row.refused
    assert row_of(row.report) == row
