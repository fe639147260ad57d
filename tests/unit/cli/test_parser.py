"""The parser speaks Japanese, in its headings and in its own faults."""

import argparse
import re
from pathlib import Path

import pytest

from checktool.cli.main import COMMANDS, build_parser
from checktool.cli.parser import ARGPARSE_TEXTS, Parser
from checktool.wording import Wording

ENGLISH = re.compile(r"usage:|error:|arguments?\b|required|invalid|expected|options:|show this|unrecog|exit")


def parser_for(line: list[str]) -> Parser:
    return build_parser(Wording(), line[0])


@pytest.fixture
def parser() -> Parser:
    return parser_for(["check"])


def test_every_text_of_argparse_that_people_can_meet_is_worded() -> None:
    source = Path(argparse.__file__).read_text(encoding="utf-8")
    met = set(re.findall(r"[^n_]_\('([^']+)'\)", source))
    for_programmers = {text for text in met if text not in ARGPARSE_TEXTS}
    assert [text for text in for_programmers if re.match("argument|expected|unrecog|the foll|amb", text)] == [
        'argument "-" with mode %r'
    ]


@pytest.mark.parametrize(
    "line",
    [
        "nothing-known", "check", "check x --on 2026-13-01", "check x --on 20261122", "check x --jobs 0",
        "check x --jobs many", "check x --max-findings -1", "check x --format word", "check x --fail-on",
        "check x --redact=yes", "check x --not-known", "check x --fail-on sometimes", "explain", "pack sing",
    ],
)  # fmt: skip
def test_a_fault_is_said_in_japanese_with_status_2(capsys: pytest.CaptureFixture[str], line: str) -> None:
    with pytest.raises(SystemExit) as left:
        parser_for(line.split()).parse_args(line.split())
    shown = capsys.readouterr()
    assert left.value.code == 2
    assert shown.out == ""
    assert shown.err.startswith("使い方: checktool")
    assert ENGLISH.findall(shown.err) == []


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_japanese_and_has_one_worked_example(
    capsys: pytest.CaptureFixture[str], command: str
) -> None:
    with pytest.raises(SystemExit) as left:
        parser_for([command]).parse_args([command, "--help"])
    shown = capsys.readouterr().out
    assert left.value.code == 0
    assert shown.startswith(f"使い方: checktool {command}")
    assert shown.count(f"例:\nchecktool {command}") == 1
    assert ENGLISH.findall(shown) == []


def test_help_of_check_says_that_clean_is_no_acceptance(
    parser: Parser, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        parser.parse_args(["check", "--help"])
    shown = capsys.readouterr().out.replace("\n", "")
    assert "難病・小慢DBでの受付を意味しません。" in shown
    assert "never は 1 にしません。" in shown.replace(" " * 24, "")


def test_jobs_takes_a_number_or_auto(parser: Parser) -> None:
    assert parser.parse_args(["check", "x", "--jobs", "3"]).jobs == 3
    assert parser.parse_args(["check", "x", "--jobs", "auto"]).jobs is None
    assert parser.parse_args(["check", "x"]).jobs is None


def test_jobs_that_are_no_number_are_told_of_auto(parser: Parser, capsys: pytest.CaptureFixture[str]) -> None:
    for given in ("abc", "0"):
        with pytest.raises(SystemExit):
            parser.parse_args(["check", "x", "--jobs", given])
        assert f"{given} は指定できません。1 以上の整数か auto" in capsys.readouterr().err


def test_standard_input_is_a_path(parser: Parser) -> None:
    assert parser.parse_args(["check", "-"]).paths == ["-"]
