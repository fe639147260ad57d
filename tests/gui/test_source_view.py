"""The source view: the file as it is, places marked, nothing invisible, nothing shown that is hidden."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checktool.gui import theme
from checktool.gui.document.markup import Kind, extent, pieces, shown, visible
from checktool.gui.document.opening import Opened
from checktool.gui.document.source_view import SourceView
from checktool.gui.session import Session
from checktool.model.finding import Finding, Location, Severity
from checktool.reading.excerpt import Excerpt

FILE = """<?xml version="1.0" encoding="UTF-8"?>
<Note xmlns="urn:x" name="山田">
  <!-- 秘密の
  注 -->
  <One kind='a>b'>秘密&amp;𠮷</One>
  <Two><![CDATA[秘密<b>]]></Two><?more 秘密?>
</Note>
"""


def kinds(text: str) -> list[tuple[str, Kind]]:
    """The pieces of a text with their kinds."""
    return [(text[piece.start : piece.end], piece.kind) for piece in pieces(text) if piece.end > piece.start]


def test_markup_and_values_are_told_apart() -> None:
    assert kinds("<a b='1' c=\"x>\"/>t<!--n--><?p i?><![CDATA[<]]>") == [
        ("<a ", Kind.TAG),
        ("b", Kind.ATTRIBUTE),
        ("=", Kind.TAG),
        ("'", Kind.VALUE),
        ("1", Kind.VALUE),
        ("'", Kind.VALUE),
        (" ", Kind.TAG),
        ("c", Kind.ATTRIBUTE),
        ("=", Kind.TAG),
        ('"', Kind.VALUE),
        ("x>", Kind.VALUE),
        ('"', Kind.VALUE),
        ("/>", Kind.TAG),
        ("t", Kind.TEXT),
        ("<!--", Kind.COMMENT),
        ("n", Kind.COMMENT),
        ("-->", Kind.COMMENT),
        ("<?", Kind.COMMENT),
        ("p i", Kind.COMMENT),
        ("?>", Kind.COMMENT),
        ("<![CDATA[", Kind.COMMENT),
        ("<", Kind.TEXT),
        ("]]>", Kind.COMMENT),
    ]


def test_hiding_leaves_the_markup_and_the_lines() -> None:
    assert (
        shown(FILE, hide=True).text
        == """<?xml version="1.0" encoding="UTF-8"?>
<Note xmlns="urn:x" name="＊">
  <!-- ＊
  ＊ -->
  <One kind='＊'>＊</One>
  <Two><![CDATA[＊]]></Two><?＊?>
</Note>
"""
    )


@pytest.mark.parametrize(
    "text",
    [
        '山田</Name><Given name="山田',
        "<Name>山田<Given",
        "<Name 山田>太郎",
        "<!-- 山田",
        "<![CDATA[山田",
        "<Name a='山田\">",
        "<Name a=山田>",
        "山田 --> <Name/>",
        "<?xml-stylesheet 山田?>",
        "<!DOCTYPE 山田 [<!ENTITY x '太郎'>]>",
        "&山田;",
    ],
)
def test_what_is_not_clearly_markup_is_hidden(text: str) -> None:
    seen = shown(text, hide=True).text
    assert "山" not in re.sub(r"<[^<>'\" ]*", "", seen)
    assert "太" not in seen


@given(st.text(alphabet="<>/!?-[]CDATA='\" \n\ta山\u3000\x01\u200b\U00020bb7\u2029&;:"))
def test_any_text_can_be_shown(text: str) -> None:
    found = list(pieces(text))
    assert all(first.end <= second.start for first, second in pairwise(found))
    plain = shown(text, hide=False)
    assert plain.source == text
    assert len(plain.text) == len(text)
    assert len(plain.lines) == text.count("\n") + 1
    hidden = shown(text, hide=True)
    assert hidden.text.count("\n") == text.count("\n")
    places = [hidden.place(offset) for offset in range(len(text) + 1)]
    assert places == sorted(places)
    assert places[-1] <= len(hidden.text)
    for offset in range(len(text) + 1):
        assert plain.place(offset) == offset
        assert plain.characters(plain.units(offset)) == offset
    assert extent(text, 0) <= len(text)


@pytest.mark.parametrize(
    ("char", "sign"),
    [
        ("\x01", "\u2401"), ("\x7f", "\u2421"), ("\u3000", "\u25a1"), ("\u00a0", "\u2423"),
        ("\u200b", "\u25af"), ("\u2028", "\u25af"), ("\u202e", "\u25af"), ("\ufeff", "\u25af"),
        ("\x85", "\u25af"), ("\ufdd1", "\u25af"), ("\ud800", "\u25af"), ("\t", "\t"), ("\n", "\n"),
        (" ", " "), ("あ", "あ"), ("𠮷", "𠮷"),
    ],
)  # fmt: skip
def test_what_shows_nothing_gets_a_sign(char: str, sign: str) -> None:
    assert visible(char) == sign


@pytest.mark.parametrize("char", ["\x01", "\u3000", "\ue000", "\ufffd", "\U000e0100", "\ufe00"])
def test_what_may_be_lost_is_coloured(char: str) -> None:
    assert Kind.CONTROL in {piece.kind for piece in shown(f"<a>あ{char}</a>", hide=False).lines[0]}


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("<a b='1'>x</a>y", "<a b='1'>x</a>"),
        ("<a><b/></a>", "<a>"),
        ("<a/>x", "<a/>"),
        ("b = '1' c='2'>", "b = '1'"),
        ("<a", "<"),
    ],
)
def test_the_mark_spans_the_element_with_its_text_or_the_attribute(text: str, marked: str) -> None:
    assert text[: extent(text, 0)] == marked


def finding(line: int, column: int, severity: Severity = Severity.ERROR) -> Finding:
    """A finding at a place of the file."""
    return Finding("D601", severity, Location("1.xml", "/Note[1]", "", line, column))


def opened(text: str, first: int = 1, column: int = 1) -> Opened:
    """A text as an opened document."""
    starts = [0]
    for line in text.split("\n")[:-1]:
        starts.append(starts[-1] + len(line) + 1)
    return Opened("1.xml", Excerpt(text, first, column), tuple(starts), shown(text, False), shown(text, True))


@pytest.fixture
def view(qtbot: QtBot, session: Session) -> SourceView:
    """A view that is shown."""
    made = SourceView(session.wording)
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    return made


def marked(view: SourceView) -> list[str]:
    """The marked texts, the current place last."""
    return [selection.cursor.selectedText() for selection in view.extraSelections()]


@pytest.mark.parametrize("hide", [False, True])
def test_the_place_is_marked_and_brought_into_view(view: SourceView, hide: bool) -> None:
    found = (finding(5, 3), finding(2, 21, Severity.WARNING), finding(99, 1))
    view.show_opened(opened(FILE), found, hide)
    view.go_to(found[0])
    one = "<One kind='＊'>＊</One>" if hide else "<One kind='a>b'>秘密&amp;𠮷</One>"
    name = 'name="＊"' if hide else 'name="山田"'
    assert marked(view) == [one, name, one]
    assert view.textCursor().blockNumber() == 4
    assert view.mark_at(5) == (Severity.ERROR, "×")
    assert view.mark_at(2) == (Severity.WARNING, "△")
    assert view.mark_at(1) is None
    assert [view.holds(one) for one in found] == [True, True, False]


def test_numbers_are_those_of_the_file(view: SourceView) -> None:
    view.show_opened(
        opened("<One>1</One>\n<Two/>", first=1_000, column=9), (finding(1_000, 9), finding(1_001, 1)), False
    )
    assert (view.first_line, len(view.blocks_in_view())) == (1_000, 2)
    assert marked(view) == ["<One>1</One>", "<Two/>"]


def test_wide_characters_do_not_shift_the_mark(view: SourceView) -> None:
    text = "<a>𠮷𠮷</a><b>𠮷</b>"
    view.show_opened(opened(text), (finding(1, 10),), False)
    assert marked(view) == ["<b>𠮷</b>"]
    assert view.toPlainText() == text


def test_signs_are_copied_as_the_characters_they_stand_for(view: SourceView) -> None:
    text = "𠮷\u3000\u200b<a/>\x01"
    view.show_opened(opened(text), (), False)
    view.selectAll()
    assert view.createMimeDataFromSelection().text() == text
    view.show_opened(opened("<a>秘密\u3000</a>"), (), True)
    view.selectAll()
    assert view.createMimeDataFromSelection().text() == "<a>＊\u3000</a>"


def test_enter_and_a_click_at_the_margin_lead_to_the_finding(view: SourceView, qtbot: QtBot) -> None:
    found = (finding(2, 1), finding(5, 3), finding(5, 8))
    view.show_opened(opened(FILE), found, False)
    view.go_to(found[1])
    with qtbot.waitSignal(view.finding_wanted) as told:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert told.args == [found[2]]
    _, top, bottom = view.blocks_in_view()[1]
    place = view.numbers.rect().topLeft()
    place.setY((top + bottom) // 2)
    with qtbot.waitSignal(view.finding_wanted) as told:
        qtbot.mouseClick(view.numbers, Qt.MouseButton.LeftButton, pos=place)
    assert told.args == [found[0]]
    with qtbot.assertNotEmitted(view.finding_wanted):
        place.setY(view.blocks_in_view()[0][1] + 2)
        qtbot.mouseClick(view.numbers, Qt.MouseButton.LeftButton, pos=place)


def test_nothing_can_be_changed(view: SourceView, qtbot: QtBot) -> None:
    view.show_opened(opened(FILE), (), False)
    qtbot.keyClicks(view, "x")
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert view.toPlainText() == visible(FILE)


def test_an_empty_view_is_calm(view: SourceView) -> None:
    view.show_opened(None, (), False)
    view.go_to(finding(1, 1))
    assert (view.toPlainText(), marked(view), view.holds(finding(1, 1))) == ("", [], False)


def test_colours_follow_the_theme(view: SourceView, qapp: QApplication) -> None:
    view.show_opened(opened(FILE), (finding(5, 3),), False)
    theme.apply(qapp, "dark")
    qapp.processEvents()
    formats = view.document().firstBlock().next().layout().formats()
    assert theme.DARK.tag in [each.format.foreground().color().name() for each in formats]
    assert view.extraSelections()[0].format.background().color() == QColor(theme.DARK.correct_ground)
    theme.apply(qapp, "light")


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (WCAG 2.2)."""

    def light(colour: str) -> float:
        parts = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
        red, green, blue = (
            each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    lower, upper = sorted((light(one), light(other)))
    return (upper + 0.05) / (lower + 0.05)


@pytest.mark.parametrize("name", list(theme.THEMES))
def test_every_colour_of_the_source_can_be_read_on_every_ground(name: str) -> None:
    palette = theme.THEMES[name]
    grounds = ("base", "place", "correct_ground", "confirm_ground", "unchecked_ground")
    faint = {
        (kind, ground): round(contrast(getattr(palette, kind), getattr(palette, ground)), 1)
        for kind in ("text", "tag", "attribute", "value", "comment", "control")
        for ground in grounds
        if contrast(getattr(palette, kind), getattr(palette, ground)) < 4.5
    }
    assert faint == {}
