"""Widths of Japanese text on a terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checktool.reporting.columns import pad, width, wrap


@pytest.mark.parametrize(("text", "columns"), [("abc", 3), ("検査", 4), ("ｶﾅ", 2), ("か\u3099", 2), ("", 0)])
def test_width(text: str, columns: int) -> None:
    assert width(text) == columns


def test_pad_counts_columns() -> None:
    assert pad("検査", 6) == "検査  "
    assert pad("検査", 2) == "検査"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("検査します。", ["検査し", "ます。"]),
        ("あいう。え", ["あいう。", "え"]),
        ("ああ（い", ["ああ", "（い"]),
        ("あいう。", ["あいう。"]),
        ("aaa bbb", ["aaa", "bbb"]),
        ("ab\ncd", ["ab", "cd"]),
        ("", [""]),
    ],
)
def test_wrap_at_six_columns(text: str, lines: list[str]) -> None:
    assert wrap(text, 6) == lines


@given(st.text(alphabet="あ漢。、ab c", max_size=60), st.integers(min_value=2, max_value=20))
def test_wrap_keeps_every_character_and_nearly_the_width(text: str, columns: int) -> None:
    lines = wrap(text, columns)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert max(map(width, lines)) <= columns + 4
