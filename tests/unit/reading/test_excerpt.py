"""A part of a file around a place: whole lines, the right numbers, bounded."""

import pytest

from checktool.reading import excerpt as module
from checktool.reading.excerpt import Excerpt, characters, excerpt


def pieces(text: str, size: int = 7) -> list[str]:
    """A text in small pieces."""
    return [text[at : at + size] for at in range(0, len(text), size)]


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small bounds, so that small texts are large."""
    monkeypatch.setattr(module, "MOST_CHARACTERS", 60)
    monkeypatch.setattr(module, "MOST_LINES", 6)
    monkeypatch.setattr(module, "LONGEST_LINE", 20)


LINES = "".join(f"line {number:03}\n" for number in range(1, 101))


def test_a_small_text_is_shown_whole() -> None:
    assert excerpt(pieces(LINES), (50, 1)) == Excerpt(LINES)


def test_a_place_that_is_not_there_shows_the_end() -> None:
    assert excerpt(pieces(LINES), (500, 1)) == Excerpt(LINES)


@pytest.mark.parametrize("line", [1, 2, 50, 99, 100])
def test_a_large_text_is_shown_around_the_place(narrow: None, line: int) -> None:
    shown = excerpt(pieces(LINES), (line, 3))
    offset = shown.offset(line, 3)
    assert offset is not None
    assert shown.text[offset - 2 :].startswith(f"line {line:03}")
    assert shown.text.startswith(f"line {shown.line:03}")
    assert shown.column == 1
    assert len(shown.text) <= 60
    assert shown.text.count("\n") <= 6
    assert shown.more_before == (shown.line > 1)
    assert shown.more_after == (not LINES.endswith(shown.text))


def test_of_a_very_long_line_a_part_is_shown(narrow: None) -> None:
    line = "".join(f"<{number:03}>" for number in range(100))
    shown = excerpt(pieces(f"first\n{line}\nlast\n"), (2, 251))
    assert (shown.line, shown.column) == (2, 241)
    assert shown.text == "<048><049><050><051>"
    assert shown.offset(2, 251) == 10


def test_a_very_long_line_ends_what_is_shown_of_its_neighbours(narrow: None) -> None:
    shown = excerpt(pieces(f"{'x' * 30}\none\ntwo\n{'y' * 30}\nend\n"), (3, 1))
    assert (shown.text, shown.line, shown.more_before, shown.more_after) == ("one\ntwo", 2, True, True)


def test_a_record_begins_where_it_stands_in_the_file() -> None:
    shown = excerpt(["<a>\n <b/>\n</a>"], (8, 2), (7, 5))
    assert (shown.line, shown.column, shown.more_before) == (7, 5, False)
    assert shown.text[shown.offset(8, 2) :].startswith("<b/>")  # type: ignore[misc]
    assert shown.offset(7, 5) == 0
    assert shown.offset(7, 1) is None
    assert shown.offset(6, 1) is None


@pytest.mark.parametrize(
    ("data", "actual", "text"),
    [
        ("\ufeff<a>\r\n\r</a>".encode(), "", "<a>\n\n</a>"),
        ('<?xml version="1.0" encoding="Shift_JIS"?>髙'.encode("cp932"), "", "髙"),
        ('<?xml version="1.0" encoding="UTF-8"?>名'.encode("euc_jp"), "EUC-JP", "名"),
        ("<a>名</a>".encode("utf-16"), "", "<a>名</a>"),
        ('<?xml version="1.0" encoding="x-unknown"?>名'.encode(), "", "名"),
        (b"<a>\x00\x1b\xff</a>", "", "<a>\x00\x1b\ufffd</a>"),
        (b"", "", ""),
    ],
)
def test_every_file_has_characters(data: bytes, actual: str, text: str) -> None:
    chunks = [data[:50], data[50:]] if len(data) > 50 else [data]
    assert "".join(characters(chunks, actual)).endswith(text)
