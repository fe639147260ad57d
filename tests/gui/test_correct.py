"""The page ③: findings and document, moving about by keyboard, marks, checking again."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from checktool.gui import papers
from checktool.gui.dialogs.explain import ExplainDialog
from checktool.gui.document import opening
from checktool.gui.document.cards import LEFT, MENDED, NEW
from checktool.gui.pages.correct import CorrectPage
from checktool.gui.session import Session
from checktool.gui.window import MainWindow
from checktool.reading.reopen import reopened
from checktool.reporting.html_report import body
from checktool.reporting.part import part_of
from checktool.samples.trial import shipped
from tests.gui.pages import check_again, checked_session


def edited(path: Path, *changes: tuple[str, str]) -> None:
    """Correct a document, as the hospital system would."""
    text = path.read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def page(qtbot: QtBot, demo: Path) -> CorrectPage:
    """The page over the practice documents, the × opinion opened; it has a second fault of its own."""
    edited(demo / "opinion-4.xml", ("<Sex>1</Sex>", "<Sex>7</Sex>"))
    session = checked_session(demo)
    session.open("opinion-4.xml")
    return shown(qtbot, session)


def shown(qtbot: QtBot, session: Session) -> CorrectPage:
    """The page over a session, its document read."""
    made = CorrectPage(session, session.wording)
    qtbot.addWidget(made)
    made.resize(1_000, 700)
    made.show()
    made.shown()
    read(qtbot, made)
    return made


def read(qtbot: QtBot, page: CorrectPage) -> None:
    """Wait until the document is there."""
    qtbot.waitUntil(lambda: page.views.opened is not None and not page.views._worker.busy, timeout=10_000)


def codes(page: CorrectPage) -> list[str]:
    """The codes of the list, in its order."""
    return [card.finding.code for card in page._cards]


def chosen(page: CorrectPage) -> str:
    """The code of the chosen finding."""
    finding = page.side.list.finding()
    return finding.code if finding else ""


def test_findings_stand_in_the_order_of_the_form(page: CorrectPage) -> None:
    assert codes(page) == ["C406", "D609"]
    assert [line for line in page.side.list.cards.lines if isinstance(line, str)] == ["基本情報", "所見"]
    assert chosen(page) == "C406"
    assert page.heading.name.toolTip() == "opinion-4.xml"
    assert page.heading.verdict.label.text() == "× 要修正（見本の定義）"
    assert page.heading.number.text() == "4 / 7 件目"


def test_a_finding_is_told_in_full(page: CorrectPage) -> None:
    texts = {key: label.text() for key, label in page.side.detail.texts.items() if label.text()}
    assert texts["value"] == "7"
    assert texts["place"].startswith("基本情報 › 性別　行")
    assert texts["code"] == "C406"
    assert "who" not in texts
    assert page.side.detail.buttons["clerk"].isChecked()
    assert all(texts[key].endswith("。") for key in ("message", "fix"))
    assert "rule_source" in texts


def test_the_keyboard_goes_from_finding_to_finding(page: CorrectPage) -> None:
    page.commands()["next_finding"]()
    assert chosen(page) == "D609"
    assert "next_finding" not in page.commands()
    line = page.views.form.current_line()
    assert line is not None
    assert line.finding is page.side.list.finding()
    page.commands()["previous_finding"]()
    assert chosen(page) == "C406"
    assert "previous_finding" not in page.commands()


def test_the_keyboard_goes_from_document_to_document(page: CorrectPage, qtbot: QtBot) -> None:
    page.commands()["next_file"]()
    read(qtbot, page)
    assert page.session.current == "survey-1.xml"
    page.commands()["previous_file"]()
    page.commands()["previous_file"]()
    read(qtbot, page)
    assert (page.session.current, chosen(page)) == ("opinion-3.xml", "T203")
    assert page.views.opened is not None
    assert page.views.opened.source == "opinion-3.xml"
    page.session.open(page.session.rows[-1].report.source)
    page.shown()
    assert "next_file" not in page.commands()
    assert not page.heading.next.isEnabled()


def test_documents_follow_the_order_of_the_list(page: CorrectPage) -> None:
    page.session.order = [6, 3, 0]
    page.shown()
    assert page.heading.number.text() == "2 / 3 件目"
    page.commands()["next_file"]()
    assert page.session.current == page.session.rows[0].report.source


def test_enter_leads_to_the_place_and_back(page: CorrectPage, qtbot: QtBot) -> None:
    page.side.list.setFocus()
    qtbot.keyClick(page.side.list, Qt.Key.Key_Return)
    assert page.views.form.hasFocus()
    qtbot.keyClick(page.views.form, Qt.Key.Key_Down)
    found = page.side.list.neighbour(1)
    assert found is not None
    page.views.form.go_to(found)
    qtbot.keyClick(page.views.form, Qt.Key.Key_Return)
    assert page.side.list.hasFocus()
    assert chosen(page) == "D609"


def test_one_key_switches_between_form_and_source(page: CorrectPage) -> None:
    assert page.views.view() is page.views.form
    page.views.form.setFocus()
    page.commands()["switch_view"]()
    assert page.views.view() is page.views.source
    assert page.views.source.hasFocus()
    assert page.views.by_source.isChecked()
    assert page.views.source.textCursor().block().text().strip() == "<Sex>7</Sex>"
    page.commands()["switch_view"]()
    assert page.views.form.hasFocus()


def test_the_finding_that_was_asked_for_is_chosen(page: CorrectPage, qtbot: QtBot) -> None:
    row = page.session.row("opinion-4.xml")
    assert row is not None
    page.session.open("opinion-4.xml", row.report.findings[-1])
    page.shown()
    assert chosen(page) == row.report.findings[-1].code
    assert page.session.finding is None


def test_hidden_values_are_hidden_everywhere(page: CorrectPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.changed):
        page.views.hide_box.click()
    assert page.session.hide_values
    page.commands()["next_finding"]()
    page.commands()["copy_text"]()
    texts = [label.text() for label in page.side.detail.texts.values()]
    texts += [page.views.source.toPlainText(), QGuiApplication.clipboard().text()]
    assert not any("2025-1" in text or ">7<" in text for text in texts)
    assert "opinion-4" not in QGuiApplication.clipboard().text()
    page.session.hide_values = False
    page.shown()
    assert not page.views.hide_box.isChecked()
    assert "<Sex>7</Sex>" in page.views.source.toPlainText()


def test_the_findings_are_copied_as_calm_paragraphs(page: CorrectPage) -> None:
    page.copy.click()
    text = QGuiApplication.clipboard().text()
    lines = text.splitlines()
    assert lines[:2] == ["opinion-4.xml（小児慢性特定疾病 医療意見書）", "判定: × 要修正（見本の定義）"]
    assert lines[3] == "1. × 要修正 C406　性別"
    assert "   修正の担当: 事務\n" in text
    assert "\n\n2. × 要修正 D609　診断年月日\n" in text
    assert text.endswith(page.wording.say("report.disclaimer") + "\n")
    assert page.said.text() == "この書類の指摘をコピーしました。"


def test_who_mends_it_is_marked_and_kept(page: CorrectPage, demo: Path) -> None:
    detail = page.side.detail
    assert detail.buttons["clerk"].isChecked()
    detail.buttons["doctor"].click()
    assert detail.buttons["doctor"].isChecked()
    index = page.side.list.currentIndex()
    assert "医師" in str(index.data())
    edited(demo / "opinion-4.xml", ("<FiscalYear>2025", "<FiscalYear>2024"))
    check_again(page.session, page.session.paths, shipped().on)
    page.shown()
    assert chosen(page) == "C406"
    assert detail.buttons["doctor"].isChecked()
    page.commands()["copy_text"]()
    assert "修正の担当: 医師" in QGuiApplication.clipboard().text()


def test_the_document_is_read_beside_the_window(
    page: CorrectPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads = []

    def noted(*given: object) -> object:
        threads.append(threading.current_thread())
        return reopened(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(opening, "reopened", noted)
    page.commands()["next_file"]()
    read(qtbot, page)
    assert threads
    assert threading.main_thread() not in threads


def test_the_finding_is_explained(page: CorrectPage, qtbot: QtBot) -> None:
    page.commands()["explain"]()
    dialog = page.findChild(ExplainDialog)
    assert isinstance(dialog, ExplainDialog)
    text = dialog.page.toPlainText()
    assert text.startswith("C406 ")
    assert dialog.windowTitle() == "C406 の説明"
    assert "性別" in dialog.this.text()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.findChild(ExplainDialog) is None)


def test_a_clean_document_says_the_next_step(page: CorrectPage, qtbot: QtBot) -> None:
    page.session.open("opinion-1.xml")
    page.shown()
    assert page.side.empty.label.text().startswith("この書類に指摘はありません。\nこの定義で検査した範囲では")
    with qtbot.waitSignal(page.go) as told:
        page.side.empty.button.click()
    assert told.args == ["write"]
    assert "explain" not in page.commands()
    page.commands()["copy_text"]()
    assert "指摘はありません。" in QGuiApplication.clipboard().text()


def test_before_any_check_the_page_is_calm(qtbot: QtBot, session: Session) -> None:
    made = CorrectPage(session, session.wording)
    qtbot.addWidget(made)
    made.shown()
    assert made.side.empty.label.text() == "まだ書類を開いていません。"
    with qtbot.waitSignal(made.go) as told:
        made.side.empty.button.click()
    assert told.args == ["results"]
    assert set(made.commands()) == {"switch_view"}
    made.views.switch()


def test_without_a_choice_the_first_document_is_opened(qtbot: QtBot, demo: Path) -> None:
    session = checked_session(demo)
    session.order = [3, 1]
    made = shown(qtbot, session)
    assert session.current == "opinion-4.xml"
    assert chosen(made) == "D609"


def test_every_control_has_a_name_and_a_key_of_its_own(page: CorrectPage) -> None:
    buttons = [each for each in page.findChildren(QPushButton) if each.text() and each.isVisible()]
    keys = [key for each in buttons if (key := each.text().partition("&")[2][:1])]
    assert sorted(keys) == sorted(set(keys))
    without = [each.text() for each in buttons if "&" not in each.text()]
    assert without == ["この指摘の説明(F1)", "検査し直す(F5)"]
    window = {"F", "G", "V", "H", "R", "K", "T"}
    assert set(keys) & window == set()
    for view in (page.side.list, page.views.form, page.views.source):
        assert view.accessibleName()
        assert view.accessibleDescription()


def test_a_recheck_says_what_was_mended_left_and_new(window: MainWindow, qtbot: QtBot, demo: Path) -> None:
    path = demo / "opinion-4.xml"
    edited(path, ("<Sex>1</Sex>", "<Sex>7</Sex>"))
    session = window.session
    window.running.start([str(demo)], shipped().on)
    qtbot.waitUntil(lambda: not session.state.busy, timeout=30_000)
    session.open("opinion-4.xml")
    window.show_page("correct")
    page = window.pages["correct"]
    assert isinstance(page, CorrectPage)
    read(qtbot, page)
    window.trigger("next_finding")
    assert chosen(page) == "D609"
    edited(path, ("<Sex>7</Sex>", "<Sex>1</Sex>"), ("<PostalCode>", "<PostalCode>1-2-"))
    window.trigger("recheck")
    assert window.page == "correct"
    assert page.side.changes.text() == "検査し直しています。"
    assert not page.again.isEnabled()
    qtbot.waitUntil(lambda: not session.state.busy, timeout=30_000)
    read(qtbot, page)
    told = {(card.finding.code, card.change) for card in page._cards}
    assert ("C406", MENDED) in told
    assert ("D609", LEFT) in told
    assert NEW in {change for _, change in told}
    assert chosen(page) == "D609"
    assert page.side.changes.text().startswith("前回と比べて: 解消 1　残り 1　新規 ")
    assert page.again.isEnabled()
    assert "✓ 解消" in str(page.side.list.cards.index(len(page.side.list.cards.lines) - 1).data())


def test_a_document_that_comes_back_under_another_name_is_followed(page: CorrectPage, demo: Path) -> None:
    page.commands()["next_finding"]()
    (demo / "opinion-4.xml").rename(demo / "IKN-2.xml")
    check_again(page.session, page.session.paths, shipped().on)
    page.shown()
    assert page.session.current == "IKN-2.xml"
    assert chosen(page) == "D609"


def test_a_document_that_is_gone_is_said_to_be(page: CorrectPage, demo: Path) -> None:
    (demo / "opinion-4.xml").unlink()
    check_again(page.session, page.session.paths, shipped().on)
    page.shown()
    assert page.side.empty.label.text().startswith("この書類は、今回の検査の中にありません。")
    assert page.commands().keys() == {"switch_view"}


def test_who_was_marked_stands_on_paper(page: CorrectPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers, "laid_out", lambda *given: "".join(body(*given)))
    page.side.detail.buttons["doctor"].click()
    assert page.session.report is not None
    make = papers.Papers(page.session, page)._paper_maker("opinion-4.xml")
    text = str(make(part_of(page.session.report, "opinion-4.xml")))
    assert text.count("修正の担当: 医師") == 2
    assert "修正の担当: 事務" not in text
