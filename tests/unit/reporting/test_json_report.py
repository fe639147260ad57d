"""The JSON report and its schema: contract, completeness, redaction, determinism."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from checktool.model.report import BatchResult, CheckReport, LayerStatus
from checktool.reporting.json_report import json_report, jsonl_report
from checktool.reporting.masking import Mask, ReportOptions, Values, mask_for
from checktool.reporting.tree import report_tree
from checktool.wording import Wording

Tree = dict[str, Any]


@pytest.fixture(scope="session")
def schema(root: Path) -> Tree:
    text = (root / "resources" / "report.schema.json").read_text(encoding="utf-8")
    return json.loads(text)  # type: ignore[no-any-return]


@pytest.fixture
def tree(report: CheckReport, wording: Wording) -> Tree:
    return json.loads("".join(json_report(report, wording, ReportOptions())))  # type: ignore[no-any-return]


def test_the_schema_is_a_schema(schema: Tree) -> None:
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("redact", [False, True])
def test_every_report_follows_the_schema(
    report: CheckReport, wording: Wording, schema: Tree, redact: bool
) -> None:
    tree = json.loads("".join(json_report(report, wording, ReportOptions(redact=redact))))
    Draft202012Validator(schema).validate(tree)


def test_a_run_without_files_follows_the_schema(report: CheckReport, wording: Wording, schema: Tree) -> None:
    empty = replace(report, files=(), batch=BatchResult(LayerStatus.PASSED), profile=None, overrides=())
    tree = json.loads("".join(json_report(empty, wording, ReportOptions())))
    Draft202012Validator(schema).validate(tree)
    assert tree["verdict"] == "unchecked"


@pytest.mark.parametrize("path", ["", "pack", "summary", "files.0", "files.0.findings.0", "batch.findings.0"])
def test_the_schema_knows_no_other_member(tree: Tree, schema: Tree, path: str) -> None:
    part: Any = tree
    for step in filter(None, path.split(".")):
        part = part[int(step)] if step.isdigit() else part[step]
    part["more"] = 1
    assert not Draft202012Validator(schema).is_valid(tree)


def test_the_schema_says_that_clean_is_no_acceptance(schema: Tree) -> None:
    assert "never means that the DB accepts" in schema["$defs"]["verdict"]["description"]


def test_the_numbers_tell_the_run(tree: Tree) -> None:
    assert tree["summary"] == {
        "files": 4, "clean": 0, "confirm": 2, "correct": 1, "unchecked": 1,
        "by_code": {"B901": 1, "C406": 1, "F001": 1, "F008": 1, "T203": 1},
    }  # fmt: skip
    assert tree["verdict"] == "unchecked"
    assert [file["verdict"] for file in tree["files"]] == ["correct", "confirm", "confirm", "unchecked"]


def test_a_finding_tells_place_value_and_words(tree: Tree) -> None:
    found = tree["files"][0]["findings"][1]
    assert {key: found[key] for key in ("code", "severity", "layer", "item", "value", "line", "column")} == {
        "code": "C406", "severity": "error", "layer": "codes", "item": "性別", "value": "9",
        "line": 41, "column": 3,
    }  # fmt: skip
    assert found["message"].endswith("。")


def test_a_line_of_jsonl_is_a_file_of_json(report: CheckReport, wording: Wording, tree: Tree) -> None:
    lines = list(jsonl_report(report, wording, ReportOptions()))
    assert all(line.count("\n") == 1 for line in lines)
    assert [json.loads(line) for line in lines] == tree["files"]


def test_redaction_leaves_no_name_and_no_personal_value(report: CheckReport, wording: Wording) -> None:
    text = "".join(json_report(report, wording, ReportOptions(redact=True)))
    tree = json.loads(text)
    assert [file["source"] for file in tree["files"]] == ["#1", "#2", "#3", "#4"]
    assert tree["batch"]["findings"][0]["sources"] == ["#2", "#3"]
    assert tree["files"][0]["findings"][0]["value"] == "＊"
    assert tree["files"][0]["findings"][1]["value"] == "9"
    assert "#2" in tree["files"][2]["findings"][0]["message"]
    assert [word for word in ("𠮷", "U+20BB7", "B001", "a.zip", "copy.xml") if word in text] == []


def test_a_report_for_the_medium_holds_new_names_and_no_value(report: CheckReport, wording: Wording) -> None:
    names = {file.source: f"O{number:04}.xml" for number, file in enumerate(report.files, start=1)}
    tree = report_tree(report, Mask(wording, Values.NONE, names))
    assert [file["source"] for file in tree["files"]] == ["O0001.xml", "O0002.xml", "O0003.xml", "O0004.xml"]
    assert {found["value"] for file in tree["files"] for found in file["findings"]} == {"＊", ""}


def test_a_name_with_a_lone_surrogate_comes_out_as_an_escape(report: CheckReport, wording: Wording) -> None:
    odd = replace(report, files=(replace(report.files[1], source="\udc83.xml"),))
    text = "".join(json_report(odd, wording, ReportOptions()))
    written = text.encode("utf-8", errors="backslashreplace").decode("utf-8")
    assert json.loads(written)["files"][0]["source"] == "\udc83.xml"


def test_the_same_report_gives_the_same_text(
    many_alike: Callable[[int], CheckReport], wording: Wording
) -> None:
    once, again = ("".join(json_report(many_alike(9), wording, ReportOptions())) for _ in range(2))
    assert once == again
    assert once.endswith("}\n")


def test_a_redacted_report_names_no_multi_record_file(report: CheckReport, wording: Wording) -> None:
    one, _, copy, _ = report.files
    other = replace(copy.layers[0].findings[0], params=(("other", "山田.xml"),))
    copy = replace(copy, layers=(replace(copy.layers[0], findings=(other,)), *copy.layers[1:]))
    files = (replace(one, source="山田.xml#1"), replace(one, source="山田.xml#2"), copy)
    told = "".join(json_report(replace(report, files=files), wording, ReportOptions(redact=True)))
    assert "山田" not in told
    assert "もう1つあります（#1）" in told


@pytest.mark.parametrize("redact", [False, True])
def test_the_text_is_that_of_the_whole_tree(report: CheckReport, wording: Wording, redact: bool) -> None:
    options = ReportOptions(redact=redact)
    whole = report_tree(report, mask_for(report, wording, options))
    text = "".join(json_report(report, wording, options))
    assert text == json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def test_a_report_without_files_is_whole(report: CheckReport, wording: Wording) -> None:
    empty = replace(report, files=())
    whole = report_tree(empty, mask_for(empty, wording, ReportOptions()))
    assert json.loads("".join(json_report(empty, wording, ReportOptions()))) == whole
