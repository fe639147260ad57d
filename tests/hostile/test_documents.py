"""No document, however made, ends the tool: it answers with a code, in bounded time and memory."""

from pathlib import Path

import pytest

from .conftest import Answer, Check
from .documents import CORRECT, HEAD, LARGE, SMALL, SPACE, UNCHECKED, Case, container, opinion

VERDICT = {UNCHECKED: "unchecked", CORRECT: "correct"}


def written(folder: Path, cases: tuple[Case, ...]) -> Path:
    for case in cases:
        (folder / case.file_name).write_bytes(case.make())
    return folder


@pytest.fixture(scope="module")
def small(check: Check, tmp_path_factory: pytest.TempPathFactory) -> Answer:
    """One run over all small documents: none may disturb another."""
    return check(written(tmp_path_factory.mktemp("small"), SMALL))


def test_a_run_over_them_all_is_complete(small: Answer) -> None:
    assert small.status == UNCHECKED
    assert small.report["completed"]
    assert sorted(small.files) == sorted(case.source for case in SMALL)


@pytest.mark.parametrize("case", SMALL, ids=lambda case: case.name)
def test_a_small_document_gets_its_code(small: Answer, case: Case) -> None:
    source = case.source
    assert small.codes(source) & case.codes
    assert "broken" not in small.layers(source).values()
    if case.status == CORRECT:
        assert small.files[source]["verdict"] == "correct"
    elif not small.codes(source) & {"T201", "X107", "X108"}:
        assert small.files[source]["verdict"] == "unchecked"
        assert len(small.codes(source) - {"F002", "F003", "X103", "X104"}) == 1


def test_what_is_refused_still_names_its_bytes(small: Answer) -> None:
    assert {len(file["sha256"]) for file in small.files.values()} == {64}


def test_several_processes_say_the_same(check: Check, small: Answer, tmp_path: Path) -> None:
    assert check(written(tmp_path, SMALL), "--jobs", "2").report == small.report


@pytest.mark.slow
@pytest.mark.parametrize("case", LARGE, ids=lambda case: case.name)
def test_a_large_document_gets_its_code(check: Check, tmp_path: Path, case: Case) -> None:
    answer = check(written(tmp_path, (case,)))
    assert answer.codes(case.source) & case.codes
    assert answer.status in (CORRECT, UNCHECKED)
    assert answer.files[case.source]["verdict"] == VERDICT[answer.status]
    assert sum(answer.report["summary"]["by_code"].values()) <= 1001


def test_findings_that_are_cut_are_counted(check: Check, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(opinion("<x/>" * 50), encoding="utf-8")
    answer = check(tmp_path, "--max-findings", "3")
    assert len(answer.files["a.xml"]["findings"]) <= 4
    assert answer.files["a.xml"]["verdict"] == "correct"


def test_a_bad_record_leaves_its_neighbours_alone(check: Check, tmp_path: Path) -> None:
    records = opinion("", "") + "<unknown/>" + opinion("", "").replace("2024-04", "1999") + opinion("", "")
    (tmp_path / "a.xml").write_text(container(records), encoding="utf-8")
    answer = check(tmp_path)
    assert answer.status == UNCHECKED
    assert [file["source"] for file in answer.report["files"]] == [
        f"a.xml#{number}" for number in range(1, 5)
    ]
    assert answer.codes("a.xml#2") == {"X105"}
    assert answer.codes("a.xml#3") == {"X106"}
    assert "X107" in answer.codes("a.xml#1")
    assert answer.codes("a.xml#1") == answer.codes("a.xml#4")


@pytest.mark.slow
def test_a_container_of_100_mb_is_read_record_by_record(check: Check, tmp_path: Path) -> None:
    record = opinion(f"<a>{'x' * 1_000_000}</a>", "")
    with (tmp_path / "a.xml").open("w", encoding="utf-8") as file:
        file.write(f"{HEAD}<Forms xmlns='{SPACE}'>\n")
        file.writelines(record + "\n" for _ in range(100))
        file.write("</Forms>")
    answer = check(tmp_path, "--max-findings", "5")
    assert len(answer.files) == 100
    assert answer.files["a.xml#100"]["findings"][0]["line"] == 101 + HEAD.count("\n")


def test_a_record_beyond_the_limits_is_refused(check: Check, tmp_path: Path) -> None:
    text = container(opinion(f"<a>{'x' * 11_000_000}</a>", ""))
    (tmp_path / "a.xml").write_text(text, encoding="utf-8")
    answer = check(tmp_path)
    assert answer.status == UNCHECKED
    assert {finding["code"] for file in answer.files.values() for finding in file["findings"]} >= {"F009"}
