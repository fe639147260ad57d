"""Which rows and findings are visible, in which order; the models over them keep Qt's rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester

from checktool.gui.rows import Row, row_of
from checktool.gui.session import Session
from checktool.gui.tables import findings_model
from checktool.gui.tables.files_model import Column, FilesModel, natural
from checktool.gui.tables.finding_index import FindingIndex, Kind
from checktool.gui.tables.findings_model import FindingColumn, FindingsModel, TalliesModel
from checktool.gui.tables.folding import folded
from checktool.gui.tables.index import EVERY_STATE, Index, ordered
from checktool.model.finding import Finding, Location, Severity
from tests.gui.conftest import MakeSamples, session_over

DESCENDING = Qt.SortOrder.DescendingOrder


def index_of(*rows: tuple[int, str]) -> Index:
    """An index over rows, all visible."""
    index = Index()
    index.visible.extend(index.adding(rows))
    return index


def found(code: str, item: str, severity: Severity = Severity.ERROR) -> Finding:
    """A finding with what lists look at."""
    return Finding(code, severity, Location("a.xml", "/A[1]", item, 3))


def finding_index(*documents: tuple[str, list[Finding]]) -> FindingIndex:
    """An index over the findings of documents, all visible."""
    index = FindingIndex(lambda kind: folded(f"{kind.code} {kind.item}"))
    for row, (name, findings) in enumerate(documents):
        index.add(row, name, findings, refused=False)
    index.renew()
    return index


def test_states_and_texts_narrow() -> None:
    index = index_of((0, "a"), (2, "ab"), (1, "b"), (2, "c"))
    index.narrow({2}, "")
    assert index.visible == [1, 3]
    index.narrow({2}, "b")
    assert index.visible == [1]
    index.narrow(EVERY_STATE, "")
    assert index.visible == [0, 1, 2, 3]


def test_rows_that_come_later_are_narrowed_too() -> None:
    index = index_of((0, "a"))
    index.narrow({2}, "x")
    assert index.adding([(2, "x"), (2, "y"), (0, "x")]) == [1]


def test_order_holds_while_narrowed_and_for_what_comes_after() -> None:
    index = index_of((0, "c"), (0, "a"), (0, "b"))
    index.sort(["c", "a", "b"])
    assert index.visible == [1, 2, 0]
    index.adding([(0, "a")])
    index.narrow(EVERY_STATE, "a")
    assert index.visible == [1, 3]


@given(st.lists(st.integers(0, 5)), st.booleans())
def test_ordered_is_a_stable_sort(keys: list[int], descending: bool) -> None:
    places = sorted(range(len(keys)), key=lambda place: keys[place], reverse=descending)
    assert ordered(keys, descending) == places


def test_a_search_knows_no_width_and_no_case() -> None:
    assert folded("ＩＫＮ＿０００３．ＸＭＬ") == folded("ikn_0003.xml")
    assert folded("ｼﾄﾘﾝ") == "シトリン"


def test_names_are_ordered_by_their_numbers() -> None:
    assert sorted(["a10.xml", "a2.xml", "B1.xml"], key=natural) == ["a2.xml", "a10.xml", "B1.xml"]


def test_findings_are_found_by_number() -> None:
    index = finding_index(("a", [found("D1", "x"), found("D2", "y")]), ("b", []), ("c", [found("D1", "x")]))
    assert [index.place(number) for number in index.visible] == [(0, 0), (0, 1), (2, 0)]
    assert index.kind(1) == Kind("D2", "y", 2)


def test_findings_of_a_comparison_stand_behind_those_of_the_document() -> None:
    index = finding_index(("a", [found("D1", "x")]))
    index.add(0, "a", [found("B901", "")], refused=False, base=1)
    index.renew()
    assert index.place(1) == (0, 1)


@pytest.mark.parametrize(
    ("states", "needle", "code", "visible"),
    [
        (EVERY_STATE, "", "", [0, 1, 2, 3]),
        ({1}, "", "", [1]),
        (EVERY_STATE, "", "D1", [0, 2]),
        (EVERY_STATE, "d2", "", [1]),
        (EVERY_STATE, "second", "", [2, 3]),
        (EVERY_STATE, "s", "D1", [0, 2]),
        (EVERY_STATE, "nowhere", "", []),
    ],
)
@pytest.mark.parametrize("by_kind", [False, True])
def test_findings_are_narrowed(
    states: frozenset[int], needle: str, code: str, visible: list[int], by_kind: bool
) -> None:
    index = finding_index(
        ("first", [found("D1", "x"), found("D2", "y", Severity.WARNING)]),
        ("second", [found("D1", "x"), found("D3", "z")]),
    )
    if by_kind:
        index.sort_by_kind(lambda kind: kind.code)
    index.narrow(states, needle, code)
    assert sorted(index.visible) == visible


def test_findings_are_sorted() -> None:
    index = finding_index(("b", [found("D2", "x"), found("D1", "y")]), ("a", [found("D2", "x")]))
    index.sort_by_kind(lambda kind: kind.code)
    assert list(index.visible) == [1, 0, 2]
    index.sort_by_document()
    assert list(index.visible) == [2, 0, 1]
    index.sort_by_document(descending=True)
    assert list(index.visible) == [0, 1, 2]
    index.sort_by_input()
    assert list(index.visible) == [0, 1, 2]


def test_codes_are_counted_most_frequent_first() -> None:
    index = finding_index(
        ("a", [found("D1", "x"), found("D2", "y"), found("D2", "z", Severity.WARNING)]),
        ("b", [found("D2", "y")]),
    )
    counted = [(each.code, each.findings, each.files) for each in index.count_by_code(EVERY_STATE, "")]
    assert counted == [("D2", 3, 2), ("D1", 1, 1)]
    assert [each.code for each in index.count_by_code({1}, "")] == ["D2"]
    assert [each.code for each in index.count_by_code(EVERY_STATE, "x")] == ["D1"]


def names(model: FilesModel) -> list[str]:
    """The sources as the table shows them."""
    return [model.index(place, Column.SOURCE).data() for place in range(model.rowCount())]


def test_the_files_model_keeps_the_rules(checked: Session, qtmodeltester: ModelTester) -> None:
    model = FilesModel(checked, checked.wording)
    model.sync()
    qtmodeltester.check(model, force_py=True)
    model.sort(Column.VERDICT, DESCENDING)
    model.narrow({2}, "")
    qtmodeltester.check(model, force_py=True)
    assert names(model) == ["opinion-4.xml", "survey-3.xml"]


def test_the_files_model_shows_rows_as_they_come(checked: Session) -> None:
    fresh = Session(checked.pack, checked.wording)
    model = FilesModel(fresh, fresh.wording)
    fresh.start(["x"])
    model.sync()
    seen: list[tuple[int, int]] = []
    model.rowsInserted.connect(lambda _parent, first, last: seen.append((first, last)))
    for count in (2, 3):
        fresh.add(checked.rows[len(fresh.rows) : len(fresh.rows) + count])
        model.sync()
    assert seen == [(0, 1), (2, 4)]
    assert model.rowCount() == 5
    assert model.rowCount(model.index(0, 0)) == 0


def test_sorting_keeps_what_is_selected(checked: Session) -> None:
    model = FilesModel(checked, checked.wording)
    model.sync()
    kept = model.index(model.place_of("survey-3.xml"), Column.SOURCE)

    held = QPersistentModelIndex(kept)
    model.sort(Column.VERDICT, DESCENDING)
    assert held.data() == "survey-3.xml"
    assert held.row() == 1


def test_the_order_shown_is_the_order_of_next_and_previous(checked: Session) -> None:
    model = FilesModel(checked, checked.wording)
    model.sync()
    model.narrow({2}, "")
    checked.open("opinion-4.xml")
    assert checked.neighbour(1) == "survey-3.xml"
    assert checked.neighbour(-1) == ""


def test_values_are_hidden_on_request(checked: Session) -> None:
    model = FilesModel(checked, checked.wording)
    model.sync()
    place = model.place_of("opinion-3.xml")
    checked.hide_values = True
    shown = " ".join(str(model.index(place, column).data()) for column in Column)
    assert "濵" not in shown
    assert "上畑" not in shown
    assert "＊" in shown


def test_the_findings_model_keeps_the_rules(checked: Session, qtmodeltester: ModelTester) -> None:
    model = FindingsModel(checked, checked.wording)
    model.sync()
    model.renew()
    qtmodeltester.check(model, force_py=True)
    for column in FindingColumn:
        model.sort(column, DESCENDING)
        assert model.rowCount() == 4
    model.narrow({1}, "", "T203")
    assert [model.finding_at(place)[1].code for place in range(model.rowCount())] == ["T203", "T203"]
    row, finding = model.finding_at(0)
    assert finding in row.findings


def test_the_tallies_model_keeps_the_rules(checked: Session, qtmodeltester: ModelTester) -> None:
    findings = FindingsModel(checked, checked.wording)
    findings.sync()
    model = TalliesModel(checked.wording)
    model.show_tallies(findings.index_of_findings.count_by_code(EVERY_STATE, ""))
    qtmodeltester.check(model, force_py=True)
    assert [model.index(place, 1).data() for place in range(model.rowCount())] == ["T203", "D609", "N301"]
    assert model.columnCount(QModelIndex()) == 6


def test_findings_are_taken_in_some_at_a_time(checked: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings_model, "AT_ONCE", 3)
    model = FindingsModel(checked, checked.wording)
    assert [model.sync() for _ in range(3)] == [False, False, True]
    assert len(model.index_of_findings) == 4
    assert model.sync()
    assert len(model.index_of_findings) == 4


def test_findings_of_a_comparison_appear_when_the_run_ends(make_samples: MakeSamples) -> None:
    folder = make_samples("opinion", broken="B902")
    session = session_over(folder)
    model = FindingsModel(session, session.wording)
    model.sync()
    model.renew()
    codes = {model.finding_at(place)[1].code for place in range(model.rowCount())}
    assert codes == {"B902"}
    assert all(isinstance(row, Row) and row.shared for row in session.rows)
    assert row_of(session.rows[0].report).shared == ()
