"""The page ②: filter, search, order, よくある指摘順, what it says of a run, and its empty states."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from checktool.gui.pages.page import CHOOSE, CORRECT, RESULTS
from checktool.gui.pages.results import ORDERS, ResultsPage
from checktool.gui.session import RunState, Session
from checktool.gui.tables.files_model import Column
from checktool.model.report import Verdict

Key = Qt.Key


@pytest.fixture
def page(checked: Session, qtbot: QtBot) -> ResultsPage:
    """The page over the checked practice documents, shown."""
    made = ResultsPage(checked, checked.wording)
    qtbot.addWidget(made)
    made.show()
    made.shown()
    return made


def sources(page: ResultsPage) -> list[str]:
    """The documents that the list shows."""
    return [page.model.row_at(place).report.source for place in range(page.model.rowCount())]


def test_the_gravest_come_first(page: ResultsPage) -> None:
    assert sources(page)[:3] == ["opinion-4.xml", "survey-3.xml", "opinion-3.xml"]
    shown = [page.model.index(0, column).data() for column in Column]
    assert shown == [
        "× 要修正（見本の定義）", "opinion-4.xml", "小児慢性特定疾病 医療意見書", "マルチコア病", "林谷昭夫",
        "1", "", "診断年月日\u3000記載後の診断年月日",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("command", "count"),
    [("filter_clean", 4), ("filter_confirm", 1), ("filter_correct", 2), ("filter_all", 7)],
)
def test_filters_show_one_verdict(page: ResultsPage, command: str, count: int) -> None:
    page.commands()[command]()
    assert page.model.rowCount() == count


def test_the_buttons_carry_counts_and_words(page: ResultsPage) -> None:
    button = page.bar.buttons[Verdict.CORRECT]
    assert button.text() == "× 2"
    assert button.accessibleName() == "× 要修正 2件を表示"
    button.click()
    assert sources(page) == ["opinion-4.xml", "survey-3.xml"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ＳＵＲＶＥＹ", ["survey-3.xml", "survey-1.xml", "survey-2.xml"]),
        ("シトリン", ["survey-3.xml"]),
        ("深沢", ["opinion-1.xml", "survey-1.xml"]),
        ("d609", ["opinion-4.xml"]),
        ("医療機関コード", ["survey-3.xml"]),
        ("どこにもない", []),
    ],
)
def test_a_search_finds_names_items_and_codes(
    page: ResultsPage, qtbot: QtBot, text: str, found: list[str]
) -> None:
    page.commands()["find"]()
    assert page.bar.search.hasFocus() or not page.isActiveWindow()
    page.bar.search.setText(text)
    qtbot.keyClick(page.bar.search, Key.Key_Return)
    assert sources(page) == found


def test_where_nothing_matches_there_is_a_way_back(page: ResultsPage) -> None:
    page.commands()["filter_unchecked"]()
    assert page.empty.isVisible()
    assert page.empty.label.text() == "この条件に当てはまるものはありません。"
    page.empty.button.click()
    assert page.table.isVisible()
    assert page.model.rowCount() == 7


@pytest.mark.parametrize(
    ("order", "first"),
    [("input", "opinion-1.xml"), ("source", "opinion-1.xml"), ("form", "opinion-1.xml"),
     ("doctor", "opinion-3.xml"), ("errors", "opinion-4.xml"), ("gravity", "opinion-4.xml"),
     ("disease", "survey-3.xml")],
)  # fmt: skip
def test_every_order_can_be_chosen_without_the_mouse(page: ResultsPage, order: str, first: str) -> None:
    choices = page.bar.order.menu().actions()
    assert len(choices) == len(ORDERS)
    choices[list(ORDERS).index(order)].trigger()
    assert sources(page)[0] == first
    assert len(sources(page)) == 7


def test_what_is_chosen_stays_chosen(page: ResultsPage) -> None:
    page.table.select(page.model.place_of("survey-3.xml"))
    page.commands()["filter_correct"]()
    assert page._chosen() == "survey-3.xml"
    page._order_by("source")
    assert page._chosen() == "survey-3.xml"
    page.commands()["filter_clean"]()
    assert page._chosen() == "opinion-1.xml"


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter])
def test_enter_opens_the_document(page: ResultsPage, qtbot: QtBot, key: Qt.Key) -> None:
    page.table.select(page.model.place_of("survey-3.xml"))
    with qtbot.waitSignal(page.go) as went:
        qtbot.keyClick(page.table, key)
    assert went.args == [CORRECT]
    assert page.session.current == "survey-3.xml"


def test_a_double_click_opens_the_document(page: ResultsPage, qtbot: QtBot) -> None:
    place = page.table.visualRect(page.model.index(2, Column.SOURCE)).center()
    with qtbot.waitSignal(page.go):
        QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        QTest.mouseDClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.session.current == "opinion-3.xml"


def test_common_findings_come_by_their_number(page: ResultsPage, qtbot: QtBot) -> None:
    page.commands()["common_findings"]()
    common = page.common
    assert common.isVisible()
    assert [tally.code for tally in common.tallies_model.tallies] == ["T203", "D609", "N301"]
    assert common.findings_model.rowCount() == 2
    common.tallies.select(2)
    assert common.findings_model.rowCount() == 1
    with qtbot.waitSignal(page.go):
        qtbot.keyClick(common.findings, Key.Key_Return)
    assert page.session.current == "survey-3.xml"
    assert page.session.finding is not None
    assert page.session.finding.code == "N301"


def test_common_findings_keep_filter_and_search(page: ResultsPage) -> None:
    page.commands()["common_findings"]()
    page.commands()["filter_correct"]()
    assert [tally.code for tally in page.common.tallies_model.tallies] == ["D609", "N301"]
    page.bar.search.setText("医療機関")
    page.bar.changed.emit()
    assert [tally.code for tally in page.common.tallies_model.tallies] == ["N301"]
    page.bar.search.setText("ない")
    page.bar.changed.emit()
    assert page.empty.isVisible()


def test_the_chosen_finding_is_opened_by_the_button(page: ResultsPage) -> None:
    page.commands()["common_findings"]()
    page.open_button.click()
    assert page.session.current == "opinion-3.xml"
    assert page.session.finding is not None


def test_a_run_that_goes_on_shows_how_far_it_is(checked: Session, qtbot: QtBot) -> None:
    going = Session(checked.pack, checked.wording)
    page = ResultsPage(going, going.wording)
    qtbot.addWidget(page)
    page.show()
    going.start(["x"])
    page.shown()
    assert page.progress.isVisible()
    assert page.progress.label.text() == "検査するファイルを数えています。"
    going.listed(checked.sources)
    going.add(checked.rows[:4])
    page.shown()
    assert page.progress.label.text().startswith("4 / 7 件")
    assert page.model.rowCount() == 4
    assert not page.write.isEnabled()
    with qtbot.waitSignal(page.stop_requested):
        page.progress.button.click()
    going.state = RunState.STOPPING
    page.shown()
    assert page.progress.label.text() == "中止しています。"
    assert not page.progress.button.isEnabled()
    going.give_up()
    page.shown()
    assert not page.progress.isVisible()
    assert page.outcome.label.text() == "中止しました。ここまでの 4 件の結果は残っています。"
    assert not page.write.isEnabled()


def test_without_a_result_there_is_a_way_to_choose(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    page = ResultsPage(session, session.wording)
    qtbot.addWidget(page)
    page.show()
    page.shown()
    with qtbot.waitSignal(page.go) as went:
        page.empty.button.click()
    assert went.args == [CHOOSE]


def test_a_run_without_findings_says_so_in_common(qtbot: QtBot, checked: Session) -> None:
    clean = Session(checked.pack, checked.wording)
    clean.add([row for row in checked.rows if row.verdict is Verdict.CLEAN])
    clean.state = RunState.DONE
    page = ResultsPage(clean, clean.wording)
    qtbot.addWidget(page)
    page.show()
    page.shown()
    page.commands()["common_findings"]()
    assert page.empty.label.text() == "指摘はありません。"
    assert not page.empty.button.isVisible()


def test_next_steps_are_asked_for(page: ResultsPage, qtbot: QtBot) -> None:
    page.session.paths = ("x",)
    page.shown()
    with qtbot.waitSignal(page.recheck_requested):
        page.again.click()
    with qtbot.waitSignal(page.go) as went:
        page.write.click()
    assert went.args == ["write"]
    assert RESULTS not in went.args
