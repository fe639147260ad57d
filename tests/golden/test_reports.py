"""Whole runs compared with reports on file; ``pytest --refresh-golden`` writes them anew.

The input holds every verdict, a multi-record file, two equal files and bad input of each kind. The
hash of the pack is left out, so that a change of the pack shows only where it changes an answer.
"""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from checktool.checking.engine import CheckOptions, run
from checktool.definitions.pack import load
from checktool.definitions.registry import rules_of
from checktool.model.report import CheckReport
from checktool.reporting.formats import REPORTERS
from checktool.reporting.masking import ReportOptions
from checktool.wording import Wording

HERE = Path(__file__).resolve().parent
ON = date(2025, 11, 20)
CASES = [("text", "txt", False), ("json", "json", False), ("jsonl", "jsonl", False), ("csv", "csv", False)]
CASES += [("text", "redacted.txt", True), ("json", "redacted.json", True), ("csv", "redacted.csv", True)]


@pytest.fixture(scope="module")
def wording() -> Wording:
    return Wording(rules_of(load()))


@pytest.fixture(scope="module")
def report() -> CheckReport:
    found = run([str(HERE / "input")], load(), CheckOptions(on=ON))
    return replace(found, pack=replace(found.pack, sha256="0" * 64))


@pytest.mark.parametrize(("format_name", "ending", "redact"), CASES)
def test_report(
    report: CheckReport,
    wording: Wording,
    request: pytest.FixtureRequest,
    format_name: str,
    ending: str,
    redact: bool,
) -> None:
    text = "".join(REPORTERS[format_name](report, wording, ReportOptions(redact=redact)))
    golden = HERE / "expected" / f"report.{ending}"
    if request.config.getoption("--refresh-golden"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_bytes(text.encode("utf-8"))
    assert text == golden.read_bytes().decode("utf-8")


def test_every_file_on_file_is_compared() -> None:
    expected = {f"report.{ending}" for _, ending, _ in CASES}
    assert {path.name for path in (HERE / "expected").iterdir()} == expected


@pytest.mark.parametrize("ending", ["redacted.txt", "redacted.json", "redacted.csv"])
def test_a_redacted_report_names_nobody(ending: str) -> None:
    text = (HERE / "expected" / f"report.{ending}").read_text(encoding="utf-8")
    told = ("﨑原", "2014-02-30", "90000000000000000000", "3014974", "一時悪化", "clean.xml", "records.xml")
    assert [word for word in told if word in text] == []


@pytest.mark.parametrize("ending", ["json", "redacted.json"])
def test_the_reports_follow_the_schema(root: Path, ending: str) -> None:
    schema = json.loads((root / "resources" / "report.schema.json").read_text(encoding="utf-8"))
    tree = json.loads((HERE / "expected" / f"report.{ending}").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(tree)
