"""The form-shaped view: every item in order, findings at their items, nothing left out silently."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from checktool.gui.document.form_model import Column, Kind
from checktool.gui.document.form_view import FormView
from checktool.gui.document.placing import WHOLE, Guide, Places
from checktool.gui.document.sheet import Entry, Sheet, sheet_of
from checktool.gui.rows import row_of
from checktool.gui.session import Session
from checktool.model.definition import DefinitionPack
from checktool.model.finding import BatchFinding, Finding, Location, Severity
from checktool.reading.outline import Value
from tests.gui.pages import checked_session, opened
from tests.tiny_pack import TinyPack, item

DAY = date(2026, 11, 22)


def value(path: str, text: str, xpath: str = "") -> Value:
    """A value; its XPath has first positions everywhere unless one is given."""
    steps = "".join(f"/{step}" if step.startswith("@") else f"/{step}[1]" for step in path.split("/"))
    return Value(path, xpath or f"/Note[1]{steps}", text, 2, 1)


def finding(xpath: str, name: str = "", code: str = "X107", severity: Severity = Severity.ERROR) -> Finding:
    """A finding at a place."""
    return Finding(code, severity, Location("1.xml", xpath, name, 2, 1), (("value", "秘密"),), ("value",))


@pytest.fixture
def pack(tiny_pack: TinyPack) -> DefinitionPack:
    """Items of two sections, a repeated element with a code, a dated code, a code with a key."""
    tiny_pack.record(
        item("@kind"),
        item("Group/One", section="一"),
        item("Group/Two", section="一", code_table="dated"),
        item("Key", section="二"),
        item("Keyed", section="二", code_table="keyed:Key", unit="点"),
        item("Many", section="二"),
        item("Many/@code", section="二", code_table="dated"),
        item("Many/@on", section="二"),
    )
    tiny_pack.table("dated", "1,古い名前,,2020-03-31", "1,今の名前,2020-04-01,", "2,去年の名前,,2025-12-31")
    tiny_pack.table("keyed", "A-1,鍵つき,,")
    return tiny_pack.load()


def sheet(pack: DefinitionPack, *values: Value, left_out: int = 0) -> Sheet:
    """The sheet of a document of the tiny form."""
    return sheet_of(pack.forms[0], "/Note[1]", values, pack.tables, DAY, left_out)


def entry(made: Sheet, label: str, number: int = 0) -> Entry:
    """The entry of a label."""
    return next(one for one in made.entries if (one.label, one.number) == (label, number))


def test_every_item_is_there_in_the_order_of_the_record_definition(pack: DefinitionPack) -> None:
    made = sheet(pack, value("Keyed", "1"), value("Group/One", ""), value("@kind", "x"))
    assert [(one.section, one.label, one.value) for one in made.entries] == [
        ("見出し", "項目@kind", "x"),
        ("一", "項目One", ""),
        ("一", "項目Two", None),
        ("二", "項目Key", None),
        ("二", "項目Keyed", "1"),
        ("二", "項目Many", None),
        ("二", "項目@code", None),
        ("二", "項目@on", None),
    ]


@pytest.mark.parametrize(("code", "name"), [("1", "今の名前"), ("2", "去年の名前"), ("3", ""), ("", "")])
def test_a_code_has_its_name_on_the_day_else_its_last(pack: DefinitionPack, code: str, name: str) -> None:
    assert entry(sheet(pack, value("Group/Two", code)), "項目Two").meaning == name


def test_a_code_with_a_key_is_looked_up_with_it(pack: DefinitionPack) -> None:
    made = sheet(pack, value("Key", "A"), value("Keyed", "1"))
    assert (entry(made, "項目Keyed").meaning, entry(made, "項目Keyed").unit) == ("鍵つき", "点")
    assert entry(sheet(pack, value("Keyed", "1")), "項目Keyed").meaning == ""


def test_a_repeated_element_shows_its_items_once_an_occurrence(pack: DefinitionPack) -> None:
    made = sheet(
        pack,
        value("Many/@code", "1", "/Note[1]/Many[1]/@code"),
        value("Many", "a", "/Note[1]/Many[1]"),
        value("Many/@on", "2026", "/Note[1]/Many[2]/@on"),
        value("Many", "", "/Note[1]/Many[2]"),
    )
    assert [(one.label, one.number, one.topic, one.value) for one in made.entries[-6:]] == [
        ("項目Many", 1, "今の名前", "a"),
        ("項目@code", 1, "今の名前", "1"),
        ("項目@on", 1, "今の名前", None),
        ("項目Many", 2, "", ""),
        ("項目@code", 2, "", None),
        ("項目@on", 2, "", "2026"),
    ]


def test_values_without_a_place_in_the_form_come_last(pack: DefinitionPack) -> None:
    made = sheet(pack, value("Group/Odd", "?"), value("Group", ""), value("Other", ""), value("", ""))
    assert [(one.label, one.value) for one in made.entries if not one.known] == [
        ("Group/Odd", "?"),
        ("Other", ""),
    ]


@pytest.mark.parametrize(
    ("found", "label"),
    [
        (finding("/Note[1]/Group[1]/One[1]", "項目One"), "項目One"),
        (finding("/Note[1]/@kind", "項目@kind"), "項目@kind"),
        (finding("/Note[1]/Group[1]", "項目Two"), "項目Two"),
        (finding("/Note[1]", "項目Key"), "項目Key"),
        (finding("/Note[1]/Many[2]", "項目@code"), "項目@code"),
        (finding("/Note[1]/Group[1]", "見出し"), "項目One"),
        (finding("/Note[1]/Group[1]/Odd[1]", "Odd"), "Group/Odd"),
        (finding("/Note[1]", ""), None),
        (finding("", ""), None),
        (BatchFinding("B901", Severity.WARNING, ("1.xml", "2.xml")), None),
    ],
)
def test_a_finding_stands_at_its_item(pack: DefinitionPack, found: Finding, label: str | None) -> None:
    made = sheet(
        pack,
        value("@kind", "x"),
        value("Group/One", ""),
        value("Group/Odd", "?"),
        value("Many", "a", "/Note[1]/Many[1]"),
        value("Many/@code", "1", "/Note[1]/Many[1]/@code"),
        value("Many", "b", "/Note[1]/Many[2]"),
    )
    number = Places(made).of(found)
    assert (made.entries[number].label if number != WHOLE else None) == label
    if label == "項目@code":
        assert made.entries[number].number == 2


@pytest.mark.parametrize(
    ("found", "section"),
    [
        (finding("/Note[1]/Group[1]/One[1]", "項目One"), "一"),
        (finding("/Note[1]/Group[1]", "項目Two"), "一"),
        (finding("/Note[1]", "項目Key"), "二"),
        (finding("/Note[1]/Group[1]/Odd[1]", "Odd"), "一"),
        (finding("/Note[1]", ""), ""),
        (finding("", ""), ""),
        (BatchFinding("B901", Severity.WARNING, ("1.xml",)), ""),
    ],
)
def test_a_finding_has_the_section_of_its_item(pack: DefinitionPack, found: Finding, section: str) -> None:
    assert Guide(pack).section("note", found) == section
    assert Guide(pack).section("unknown", found) == ""


@pytest.fixture
def view(qtbot: QtBot, pack: DefinitionPack) -> FormView:
    """A view with an item that has two findings, and a finding of the whole document."""
    shown = FormView(Session(pack))
    qtbot.addWidget(shown)
    shown.resize(500, 400)
    shown.show()
    findings = (
        finding("/Note[1]/Group[1]/One[1]", "項目One"),
        finding("/Note[1]/Group[1]/One[1]", "項目One", "T204", Severity.WARNING),
        finding("/Note[1]", "", "F011", Severity.INFO),
    )
    made = sheet(pack, value("Group/One", "秘密"), value("Group/Two", "1"), value("Odd", "秘密"))
    shown.show_sheet(made, findings)
    return shown


def texts(view: FormView) -> list[tuple[str, ...]]:
    """The cells of every line."""
    model = view.lines
    return [
        tuple(str(model.index(row, column).data() or "") for column in Column)
        for row in range(model.rowCount())
    ]


def test_the_form_says_what_is_empty_and_what_is_missing(view: FormView, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(view.lines)
    lines = texts(view)
    assert ("書類全体", "", "") in lines
    assert ("項目One", "秘密", "") in lines
    assert ("項目Two", "1", "今の名前") in lines
    assert ("項目@kind", "（項目なし）", "") in lines
    assert lines[-2:] == [("様式にない項目", "", ""), ("Odd", "秘密", "")]


def test_findings_stand_below_their_item_with_glyph_and_word(view: FormView) -> None:
    lines = texts(view)
    at = lines.index(("項目One", "秘密", ""))
    assert lines[at + 1][0].startswith("× 要修正")
    assert lines[at + 2][0].startswith("△ 要確認")
    assert view.lines.lines[at].grave is Severity.ERROR
    assert lines[1][0].startswith("・ お知らせ")


def test_hidden_values_are_nowhere(view: FormView, pack: DefinitionPack) -> None:
    session = view.lines._session
    session.hide_values = True
    view.renew()
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
    model = view.lines
    said = [
        str(model.index(row, column).data(role))
        for row in range(model.rowCount())
        for column in Column
        for role in roles
    ]
    assert not any("秘密" in text or "今の名前" in text for text in said)
    assert "＊" in said


def test_a_click_or_enter_leads_to_the_finding(view: FormView, qtbot: QtBot) -> None:
    rows = [row for row, line in enumerate(view.lines.lines) if line.kind is Kind.FINDING]
    wanted = view.lines.lines[rows[1]].finding
    with qtbot.waitSignal(view.finding_wanted) as told:
        view.clicked.emit(view.lines.index(rows[1], 0))
    assert told.args == [wanted]
    view.setCurrentIndex(view.lines.index(rows[1] - 1, 0))
    view.setFocus()
    with qtbot.waitSignal(view.finding_wanted) as told:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert told.args == [wanted]
    with qtbot.assertNotEmitted(view.finding_wanted):
        view.clicked.emit(view.lines.index(rows[1] - 1, 0))


def test_going_to_a_finding_brings_it_into_view(view: FormView) -> None:
    line = next(line for line in view.lines.lines if line.grave is Severity.WARNING and line.finding)
    assert line.finding is not None
    view.resize(400, 120)
    view.go_to(line.finding)
    current = view.current_line()
    assert current is not None
    assert current.finding is line.finding
    assert view.viewport().rect().intersects(view.visualRect(view.currentIndex()))
    view.go_to(finding("/Elsewhere[1]"))
    assert view.current_line() is current


def test_long_values_take_more_lines_up_to_a_bound(view: FormView, pack: DefinitionPack) -> None:
    heights = []
    for text in ("短い", "長い文章です。" * 30, "長い文章です。" * 3_000):
        view.show_sheet(sheet(pack, value("Group/One", text)), ())
        row = next(row for row, cells in enumerate(texts(view)) if cells[0] == "項目One")
        heights.append(view.rowHeight(row))
    assert heights[0] < heights[1] <= heights[2] < view.fontMetrics().height() * 12


def test_an_empty_view_has_no_line(view: FormView) -> None:
    view.show_sheet(None, ())
    assert (view.lines.rowCount(), view.current_line()) == (0, None)
    view.renew()


def test_the_sheet_of_a_checked_document_has_every_finding_once(demo: Path) -> None:
    session = checked_session(demo)
    for row in session.rows:
        sheet_shown = opened(session, row).sheet
        assert sheet_shown is not None
        numbers = [Places(sheet_shown).of(one) for one in row_of(row.report).findings]
        labels = [sheet_shown.entries[number].label for number in numbers]
        assert labels == [one.location.item for one in row.report.findings]
