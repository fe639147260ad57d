"""Names on the medium: which are safe everywhere, which numbers are free, which fit a pattern."""

from datetime import date
from pathlib import Path

import pytest

from checktool.handoff.names import collisions, is_safe, neutral_names, next_number, prefix_of
from checktool.model.report import PackInfo

INFO = PackInfo("p-1", "2025", "t", "official", "")
ON = date(2026, 11, 22)


@pytest.mark.parametrize("path", ["data/a.xml", "data/日本語 100%.xml", "a", "data/.x", "data/~a"])
def test_safe_names(path: str) -> None:
    assert is_safe(path)


@pytest.mark.parametrize(
    "path",
    ["", "/a", "a//b", "a/", "./a", "a/..", "~/a", "a\\b", "C:a", "a\x00", "a\n", "nul", "data/COM1.txt",
     "a/LPT¹", "a.", "a ", "a?", "a*", "a|", '"', "<", "a/\udc80"],
)  # fmt: skip
def test_unsafe_names(path: str) -> None:
    assert not is_safe(path)


def test_names_that_some_systems_cannot_tell_apart() -> None:
    assert collisions(["a.xml", "A.xml", "b.xml", "data/\u3099", "data/が", "data/か\u3099"]) == [
        "a.xml",
        "data/が",
    ]


def test_numbers_count_those_of_the_same_day_and_pack(tmp_path: Path) -> None:
    assert next_number(tmp_path, INFO, ON) == 1
    for name in ("p-1-20261122-0003", "p-1-20261121-0009", "RENSHU-p-1-20261122-0009", "p-2-20261122-0009"):
        (tmp_path / name).mkdir()
    assert next_number(tmp_path, INFO, ON) == 4
    (tmp_path / "P-1-20261122-12345.ZIP").mkdir()
    assert next_number(tmp_path, INFO, ON) == 12346


def test_letters_follow_the_form() -> None:
    assert [prefix_of(forms) for forms in (["survey"], ["opinion"] * 2, ["x"], ["survey", "x"])] == [*"SOFF"]


def test_each_letter_is_counted_by_itself() -> None:
    assert list(neutral_names("SOS", "")) == ["S0001.xml", "O0001.xml", "S0002.xml"]
    assert list(neutral_names("SO", r"[0-9]+\.xml")) == ["0001.xml", "0002.xml"]
