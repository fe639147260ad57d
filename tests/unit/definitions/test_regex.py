"""XSD regular expressions as Python ones, against what the specification says."""

import re

import pytest

from checktool.definitions.regex import translated


@pytest.mark.parametrize(
    ("expression", "fits", "fails"),
    [
        ("[0-9]{3}-?[0-9]{4}", ["123-4567", "1234567"], ["123-456", "１２３-4567", "1234567x"]),
        (r"\d+", ["0", "19"], ["", "１", "x"]), (r"[\d]+", ["0"], ["１"]), (r"\d{2}|x", ["12", "x"],
        ["1", "12x"]),
        ("a.b", ["axb", "a漢b"], ["a\nb", "ab"]), ("[.]", ["."], ["x"]), (r"a\.b", ["a.b"], ["axb"]),
        ("^a$", ["^a$"], ["a"]), ("[$^]", ["$", "^"], ["x"]), ("[^a]", ["b", "漢"], ["a", ""]),
        (r"\i\c*", ["a", "_x", "漢字-1.", ":a"], ["1a", "-a"]), (r"\p{IsHiragana}+", ["ひらがな"],
        ["カナ", ""]),
        (r"[\p{IsKatakana}ー]+", ["カナー"], ["かな"]), (r"\P{IsBasicLatin}+", ["漢"], ["a"]),
        (r"\p{L}+", ["aé漢あ"], ["1", "_", ""]), (r"\p{Lu}\p{Ll}*", ["Abc"], ["abc"]), (r"\p{Nd}", ["1"],
        ["a"]),
        ("", [""], ["a"]), ("|[0-9]+", ["", "1"], ["a"]), (r"\\", ["\\"], ["/"]), (r"\s", [" ", "\t", "\n"],
        ["　", "x"]),
        (r"\S", ["x", "　"], [" "]), (r"[\s\d]", ["1", "\t"], ["１", "a"]), (r"\D", ["x", "１"], ["1"]),
        ("(ab)+", ["abab"], ["aba"]), ("a{0,2}", ["", "aa"], ["aaa"]), (r"[a\-z]", ["-"], ["m"]),
        (r"\n", ["\n"], ["n"]),
    ],
)  # fmt: skip
def test_what_fits(expression: str, fits: list[str], fails: list[str]) -> None:
    pattern = re.compile(translated(expression))
    assert [text for text in fits if not pattern.fullmatch(text)] == []
    assert [text for text in fails if pattern.fullmatch(text)] == []


@pytest.mark.parametrize(
    "expression", ["[a-z-[aeiou]]", r"\p{IsThai}", r"[\P{L}]", r"\w", r"[\S]", "(a", "[a", "a{2,1}", "*a"]
)
def test_what_is_not_taken(expression: str) -> None:
    with pytest.raises((ValueError, re.error)):
        re.compile(translated(expression))


@pytest.mark.parametrize("expression", ["(?i)a", "a*?", r"a\b", r"(a)\1", "(?:a)", r"\Aa", "a++"])
def test_what_only_python_knows_is_not_taken(expression: str) -> None:
    with pytest.raises((ValueError, re.error)):
        re.compile(translated(expression))
