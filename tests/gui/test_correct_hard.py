"""The page ③ over what cannot be shown in full: broken, changed, gone, huge, one of many."""

import zipfile
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from checktool.gui.document.views import DocumentViews
from checktool.gui.pages.correct import CorrectPage
from checktool.gui.worker import end_all
from checktool.reading import excerpt, reopen
from checktool.samples.trial import shipped
from tests.gui.pages import checked_session
from tests.tiny_pack import ON, SPACE, TinyPack, item, note


def opened_page(qtbot: QtBot, folder: Path, source: str, tiny: TinyPack | None = None) -> CorrectPage:
    """The page over a folder, a document opened and read."""
    session = checked_session(folder, ON if tiny else shipped().on, tiny.load() if tiny else None)
    session.open(source)
    page = CorrectPage(session, session.wording)
    qtbot.addWidget(page)
    page.resize(1_000, 700)
    page.show()
    page.shown()
    read(qtbot, page)
    return page


def read(qtbot: QtBot, page: CorrectPage) -> DocumentViews:
    """Wait until the document is there."""
    views = page.views
    qtbot.waitUntil(lambda: views.opened is not None and not views._worker.busy, timeout=10_000)
    return views


def show_source(page: CorrectPage) -> None:
    """Switch to the source view."""
    page.views.by_source.click()


@pytest.mark.parametrize(
    ("name", "data", "code", "text"),
    [
        ("a.xml", b"<Note><One></Note>", "X101", "<Note><One></Note>"),
        ("a.xml", b'<?xml version="1.0" encoding="UTF-8"?><Note>\x93\xfa</Note>', "X102", "<Note>日</Note>"),
        ("a.xml", b"<!DOCTYPE Note><Note/>", "F007", "<!DOCTYPE Note><Note/>"),
        ("a.xml", b"<Other/>", "X105", "<Other/>"),
        ("a.xml", b"\x00\x01PK", "X101", "\u2400\u2401PK"),
    ],
)
def test_what_cannot_be_judged_is_still_shown_as_it_is(
    qtbot: QtBot, tmp_path: Path, name: str, data: bytes, code: str, text: str
) -> None:
    (tmp_path / name).write_bytes(data)
    page = opened_page(qtbot, tmp_path, name)
    assert page._cards[0].finding.code == code
    assert page.views.view() is page.views.form_empty
    assert page.views.form_empty.label.text().startswith("この書類は様式の形では表示できません。")
    assert page.side.detail.texts["notes"].text()
    page.views.form_empty.button.click()
    assert page.views.view() is page.views.source
    assert page.views.source.toPlainText().endswith(text)


def test_an_empty_file_is_shown_as_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(b"")
    page = opened_page(qtbot, tmp_path, "a.xml")
    show_source(page)
    assert page.views.view() is page.views.source_empty
    assert page.views.source_empty.label.text() == "表示できる内容がありません。"


@pytest.mark.parametrize("gone", [False, True])
def test_a_file_that_changed_since_the_check_is_not_shown(qtbot: QtBot, demo: Path, gone: bool) -> None:
    page = opened_page(qtbot, demo, "opinion-3.xml")
    path = demo / "opinion-4.xml"
    path.unlink()
    if not gone:
        path.write_text("<Other/>", encoding="utf-8")
    page.session.open("opinion-4.xml")
    page.shown()
    views = read(qtbot, page)
    for switch in (False, True):
        if switch:
            views.switch()
        empty = views.source_empty if switch else views.form_empty
        assert views.view() is empty
        assert empty.label.text().startswith("検査の後でファイルが変わったか、移されています。")
        with qtbot.waitSignal(page.recheck_requested):
            empty.button.click()
    assert [card.finding.code for card in page._cards] == ["D609"]


def many(folder: Path, count: int, faulty: int) -> None:
    """A multi-record file of the tiny form with one fault."""
    records = [
        f"  <Note><One>{'x' if number == faulty else number}</One></Note>\n" for number in range(1, count + 1)
    ]
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<Notes xmlns="{SPACE}">\n{"".join(records)}</Notes>\n'
    folder.mkdir()
    (folder / "many.xml").write_text(text, encoding="utf-8")


@pytest.fixture
def tiny(tiny_pack: TinyPack) -> TinyPack:
    """A form whose item One is a number by its XSD, with records of a container."""
    tiny_pack.top["container"] = {"root": f"{{{SPACE}}}Notes"}
    tiny_pack.record({"section": "見出し", "item": "一つ目", "path": "One", "type": "string"})
    tiny_pack.children('<xs:element name="One" type="xs:int" maxOccurs="unbounded"/>')
    return tiny_pack


def test_of_many_records_the_one_is_shown_with_the_lines_of_the_file(
    qtbot: QtBot, tmp_path: Path, tiny: TinyPack
) -> None:
    many(tmp_path / "in", 300, 250)
    page = opened_page(qtbot, tmp_path / "in", "many.xml#250", tiny)
    show_source(page)
    assert page.views.source.toPlainText() == "<Note><One>x</One></Note>"
    assert page.views.source.first_line == 252
    assert page.views.note.text() == "複数件のファイルのうち、この書類の部分を表示しています（行252～252）。"
    assert [mark.cursor.selectedText() for mark in page.views.source.extraSelections()][-1] == "<One>x</One>"


def test_of_a_large_file_the_part_around_the_finding_is_shown(
    qtbot: QtBot, tmp_path: Path, tiny: TinyPack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(excerpt, "MOST_LINES", 40)
    monkeypatch.setattr(reopen, "IN_MEMORY", 2_000)
    (tmp_path / "in").mkdir()
    inner = "".join(f"<One>{'x' if number in (10, 900) else number}</One>\n" for number in range(1_000))
    (tmp_path / "in" / "a.xml").write_text(note(inner), encoding="utf-8")
    page = opened_page(qtbot, tmp_path / "in", "a.xml", tiny)
    assert page.views.form_empty.label.text().endswith("大きな書類のため、「原文で見る」でご確認ください。")
    show_source(page)
    assert page.views.note.text().startswith(
        "大きなファイルのため、指摘の場所のまわりだけを表示しています（行1～"
    )
    assert page.views.source.mark_at(12) is not None
    page.commands()["next_finding"]()
    views = read(qtbot, page)
    assert views.source.first_line > 800
    assert views.source.textCursor().block().text() == "<One>x</One>"
    assert views.source.blockCount() <= 42


def test_many_values_are_shown_in_part_and_it_is_said(
    qtbot: QtBot, tmp_path: Path, tiny: TinyPack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("checktool.gui.document.opening.MOST_VALUES", 5)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.xml").write_text(note("<One>1</One>" * 8), encoding="utf-8")
    page = opened_page(qtbot, tmp_path / "in", "a.xml", tiny)
    assert page.views.note.text() == "値が多いため、はじめの部分だけを表示しています（残り 3 項目）。"


def test_stepping_fast_shows_the_last_document(qtbot: QtBot, demo: Path) -> None:
    page = opened_page(qtbot, demo, "opinion-1.xml")
    for _ in range(5):
        page.commands()["next_file"]()
    views = read(qtbot, page)
    assert views.opened is not None
    assert views.opened.source == page.session.current == page.session.rows[5].report.source


def test_closing_leaves_no_thread(qtbot: QtBot, demo: Path) -> None:
    page = opened_page(qtbot, demo, "opinion-1.xml")
    page.commands()["next_file"]()
    assert page.closing()
    assert end_all(5)


def test_members_of_archives_are_shown(qtbot: QtBot, demo: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(demo / "opinion-4.xml", "sub/opinion-4.xml")
    page = opened_page(qtbot, tmp_path / "a.zip", "a.zip!sub/opinion-4.xml")
    assert page.views.view() is page.views.form
    assert page.side.list.finding() is not None


def test_a_shared_finding_names_the_other_documents(qtbot: QtBot, demo: Path) -> None:
    (demo / "copy.xml").write_bytes((demo / "opinion-1.xml").read_bytes() + b"\n")
    page = opened_page(qtbot, demo, "opinion-1.xml")
    assert page.side.detail.texts["code"].text() == "B901"
    assert page.side.detail.texts["files"].text() == "copy.xml"
    assert [line for line in page.side.list.cards.lines if isinstance(line, str)] == ["ファイルどうしの比較"]
    page.session.hide_values = True
    page.shown()
    assert page.side.detail.texts["files"].text() == "書類 1"


def test_checked_on_another_day_the_codes_have_other_names(
    tiny_pack: TinyPack, qtbot: QtBot, tmp_path: Path
) -> None:
    tiny_pack.record(item("One", "code", code_table="t"), item("Written", "date"))
    tiny_pack.table("t", "1,昔,,2019-12-31", "1,今,2020-01-01,")
    folder = tiny_pack.documents(note("<One>1</One><Written>2019-05-05</Written>"))
    page = opened_page(qtbot, folder, "1.xml", tiny_pack)
    model = page.views.form.lines
    assert "昔" in [str(model.index(row, 2).data()) for row in range(model.rowCount())]
