"""The wizard that makes a pack of a delivery, with the engine of the command line."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from checktool.cli.main import main
from checktool.definitions import pack as packs
from checktool.definitions.trust import store
from checktool.gui.dialogs.making.wizard import FINISH, READING, REVIEW, SOURCES, MakingWizard
from checktool.gui.session import Session
from checktool.gui.tables.entries_model import FORM, TABLE, Column, EntriesModel
from tests.imports.pretend import deliver

LONG = 60_000
NAMED = (QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit)


@pytest.fixture(scope="module")
def delivery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return deliver(tmp_path_factory.mktemp("delivery") / "配布資料_2025-04")


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHECKTOOL_USER", str(tmp_path / "user"))
    monkeypatch.setenv("CHECKTOOL_MACHINE", str(tmp_path / "machine"))


@pytest.fixture
def wizard(qtbot: QtBot, session: Session) -> Iterator[MakingWizard]:
    owner = QWidget()
    qtbot.addWidget(owner)
    made = MakingWizard(session, session.wording, owner)
    made.show()
    yield made
    made._worker.let_go()
    made.reject()


def read(qtbot: QtBot, wizard: MakingWizard) -> None:
    wizard.proceed()
    qtbot.waitUntil(lambda: not wizard._worker.busy, timeout=LONG)


def reviewed(qtbot: QtBot, wizard: MakingWizard, delivery: Path) -> None:
    wizard.sources.add([str(delivery)])
    read(qtbot, wizard)
    assert wizard.stack.currentIndex() == REVIEW


def change(wizard: MakingWizard, kind: str, row: int, key: str, value: object) -> None:
    """Change a cell as a person does."""
    columns: tuple[Column, ...] = {"form": FORM, "table": TABLE}[kind]
    names = [column.key for column in columns]
    model = wizard.review.tables[kind].model()
    role = Qt.ItemDataRole.CheckStateRole if isinstance(value, Qt.CheckState) else Qt.ItemDataRole.EditRole
    assert model.setData(model.index(row, names.index(key)), value, role)


def save(qtbot: QtBot, wizard: MakingWizard, target: Path) -> None:
    wizard.proceed()
    assert wizard.stack.currentIndex() == FINISH
    wizard.finish.field.setText(str(target))
    wizard.proceed()
    qtbot.waitUntil(lambda: not wizard._saver.busy, timeout=LONG)


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_without_corrections_it_makes_what_the_command_line_makes(
    qtbot: QtBot, wizard: MakingWizard, delivery: Path, tmp_path: Path
) -> None:
    assert not wizard.next.isEnabled()
    reviewed(qtbot, wizard, delivery)
    save(qtbot, wizard, tmp_path / "window")
    day = wizard._session.on.isoformat()
    assert main(["pack", "import", str(delivery), "--on", day, "-o", str(tmp_path / "line")]) == 0
    assert files(tmp_path / "window") == files(tmp_path / "line")
    assert "保存しました" in wizard.finish.told.label.text()


def test_what_was_understood_guessed_and_left_is_shown(
    qtbot: QtBot, wizard: MakingWizard, delivery: Path
) -> None:
    reviewed(qtbot, wizard, delivery)
    tree = wizard.review.tree
    tops = [tree.topLevelItem(place) for place in range(tree.topLevelItemCount())]
    assert [top.text(0)[:6] for top in tops if top] == [
        "確かめていた",
        "推定したもの",
        "読み取ったも",
        "使わなかった",
    ]
    assert [top.isExpanded() for top in tops if top] == [True, True, False, False]
    tree.setCurrentItem(tree.topLevelItem(0).child(1))  # type: ignore[union-attr]
    assert "重なりは後の行" in wizard.review.whole.text()
    assert wizard.review.tabs.count() == 6


def test_corrections_change_what_is_saved_and_can_be_repeated(
    qtbot: QtBot, wizard: MakingWizard, delivery: Path, tmp_path: Path
) -> None:
    reviewed(qtbot, wizard, delivery)
    wizard.review.identity.fields["id"].setFocus()
    for name, text in (("id", "nanshou"), ("valid_from", "2025-04-01")):
        field = wizard.review.identity.fields[name]
        field.clear()
        field.insert(text)
        field.textEdited.emit(text)
    change(wizard, "form", 2, "use", Qt.CheckState.Unchecked)
    change(wizard, "form", 0, "name", "意見書（新）")
    change(wizard, "table", 2, "duplicates", Qt.CheckState.Checked)
    assert "読み直す" in wizard.next.text()
    read(qtbot, wizard)
    assert wizard.stack.currentIndex() == REVIEW
    assert "点検" in wizard.next.text()
    save(qtbot, wizard, tmp_path / "made")
    pack = packs.load(str(tmp_path / "made"))
    assert (pack.info.id, pack.valid_from.isoformat(), len(pack.forms)) == ("nanshou", "2025-04-01", 2)
    assert pack.forms[0].name == "意見書（新）"
    day = wizard._session.on.isoformat()
    again = ["pack", "import", str(delivery), "--on", day, "--map", str(tmp_path / "made" / "MAP.toml")]
    assert main([*again, "-o", str(tmp_path / "again")]) == 0
    assert files(tmp_path / "again") == files(tmp_path / "made")
    assert "--map" in wizard.finish.command.toPlainText()


def test_a_sheet_that_was_not_understood_is_read_once_its_columns_are_told(
    qtbot: QtBot, wizard: MakingWizard, delivery: Path
) -> None:
    reviewed(qtbot, wizard, delivery)
    names = list(wizard._proposal.made.draft.sheets)  # type: ignore[union-attr]
    place = next(place for place, (_, sheet) in enumerate(names) if sheet == "表紙")
    wizard.review.sheets.select(place)
    dialog = wizard.review.ask_columns("sheet")
    assert dialog is not None
    assert not dialog.accept_button.isEnabled()
    assert "コード" in dialog.missing.text()
    for choice, meaning in zip(dialog.choices, ("code", "name"), strict=False):
        choice.setCurrentIndex(choice.findData(meaning))
    dialog.row.setValue(3)
    assert dialog.accept_button.isEnabled()
    dialog.accept()
    assert wizard.wishes.map.table[-1]["fixed"] is True
    read(qtbot, wizard)
    tables = wizard._proposal.made.draft.tables  # type: ignore[union-attr]
    assert any(table.block.grid.sheet == "表紙" for table in tables)


def test_columns_of_a_table_can_be_told_anew(qtbot: QtBot, wizard: MakingWizard, delivery: Path) -> None:
    reviewed(qtbot, wizard, delivery)
    dialog = wizard.review.ask_columns("table")
    assert dialog is not None
    columns = dialog.columns()
    assert columns == wizard.wishes.map.table[0]["columns"]
    twice = next(choice for choice in dialog.choices if choice.currentData() == "no")
    twice.setCurrentIndex(twice.findData("code"))
    assert not dialog.accept_button.isEnabled()
    twice.setCurrentIndex(0)
    dialog.accept()
    assert "no" not in wizard.wishes.map.table[0]["columns"]


def test_it_installs_and_uses_what_it_made_if_wanted(
    qtbot: QtBot, wizard: MakingWizard, delivery: Path, tmp_path: Path
) -> None:
    reviewed(qtbot, wizard, delivery)
    wizard.finish.use.setChecked(True)
    with qtbot.waitSignal(wizard.used, timeout=LONG) as used:
        save(qtbot, wizard, tmp_path / "made.zip")
    assert packs.load().info.id == used.args[0]
    assert (tmp_path / "made.MAP.toml").is_file()


def test_what_the_policy_refuses_is_saved_and_not_used(
    qtbot: QtBot, wizard: MakingWizard, delivery: Path, tmp_path: Path
) -> None:
    (tmp_path / "machine").mkdir()
    (tmp_path / "machine" / "policy.toml").write_text("[packs]\nsigned_only = true\n", encoding="utf-8")
    reviewed(qtbot, wizard, delivery)
    wizard.finish.use.setChecked(True)
    save(qtbot, wizard, tmp_path / "made")
    assert "入れていません" in wizard.finish.told.label.text()
    assert packs.load(str(tmp_path / "made")).forms
    assert not (tmp_path / "user" / "packs").exists()


def test_an_existing_place_stays_as_it_is(
    qtbot: QtBot, wizard: MakingWizard, delivery: Path, tmp_path: Path
) -> None:
    (tmp_path / "there").mkdir()
    reviewed(qtbot, wizard, delivery)
    save(qtbot, wizard, tmp_path / "there")
    assert "P027" in wizard.finish.told.label.text()
    assert wizard.next.isEnabled()
    assert list((tmp_path / "there").iterdir()) == []


def test_escape_stops_and_leaves_nothing(
    qtbot: QtBot, wizard: MakingWizard, delivery: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wizard.sources.add([str(delivery)])
    wizard.proceed()
    assert wizard.stack.currentIndex() == READING
    wizard._worker._thread.stop.set()  # type: ignore[union-attr]
    qtbot.keyClick(wizard, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not wizard._worker.busy, timeout=LONG)
    assert wizard.isVisible()
    assert "中止しました" in wizard.reading.banner.label.text()
    wizard.go_back()
    assert wizard.stack.currentIndex() == SOURCES
    assert wizard.next.isEnabled()


def test_what_cannot_be_read_is_told_with_its_code(
    qtbot: QtBot, wizard: MakingWizard, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    wizard.sources.add([str(tmp_path / "empty")])
    read(qtbot, wizard)
    assert "P025" in wizard.reading.banner.label.text()
    wizard.go_back()
    wizard.sources.map.setText(str(tmp_path / "none.toml"))
    wizard.proceed()
    assert "P002" in wizard.reading.banner.label.text()


def test_sources_are_dropped_and_taken_away(qtbot: QtBot, wizard: MakingWizard, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"x")
    (tmp_path / "MAP.toml").write_bytes(b"")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in ("a.zip", "MAP.toml")])
    drop = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    wizard.sources.dropEvent(drop)
    assert wizard.wishes.sources == [str(tmp_path / "a.zip")]
    assert wizard.sources.map.text() == str(tmp_path / "MAP.toml")
    wizard.sources.list.setCurrentRow(0)
    wizard.sources.list.selectAll()
    wizard.sources.remove.click()
    assert wizard.wishes.sources == []
    assert not wizard.next.isEnabled()


def test_closing_removes_what_was_made(qtbot: QtBot, wizard: MakingWizard, delivery: Path) -> None:
    reviewed(qtbot, wizard, delivery)
    folder = wizard._proposal.made.folder  # type: ignore[union-attr]
    assert folder.is_dir()
    wizard.reject()
    assert not folder.exists()


def test_the_tables_are_sound_models(
    qtbot: QtBot, qtmodeltester: ModelTester, wizard: MakingWizard, delivery: Path
) -> None:
    reviewed(qtbot, wizard, delivery)
    for table in (*wizard.review.tables.values(), wizard.review.sheets):
        qtmodeltester.check(table.model())
    model = wizard.review.tables["table"].model()
    assert isinstance(model, EntriesModel)
    assert not model.setData(model.index(0, 4), "x")
    assert model.rowCount(model.index(0, 0)) == 0
    assert model.data(QModelIndex()) is None


def test_everything_can_be_reached_and_has_a_name(
    qtbot: QtBot, wizard: MakingWizard, delivery: Path, tmp_path: Path
) -> None:
    """Every widget that takes the focus has a text or an accessible name."""
    reviewed(qtbot, wizard, delivery)
    nameless = [
        widget for widget in wizard.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and isinstance(widget, NAMED) and type(widget) is not QListView  # that of an open choice
        and not widget.accessibleName()
    ]  # fmt: skip
    assert nameless == []
    QApplication.processEvents()
    assert store.before("nobody") == ""


def test_what_a_file_brings_along_is_never_taken_for_markup(session: Session) -> None:
    entries = [{"id": "a", "title": "<img src='file:///x'>", "file": "a.xlsx", "sheet": "<b>1</b>", "row": 1}]
    model = EntriesModel(entries, TABLE, session.wording)
    for column in (2, 5):
        tip = model.data(model.index(0, column), Qt.ItemDataRole.ToolTipRole)
        assert "<img" not in tip
        assert "<b>" not in tip
        assert "&lt;" in tip


def test_a_reading_that_does_not_answer_is_given_up(
    qtbot: QtBot, wizard: MakingWizard, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A large workbook says nothing for a while: the person need not wait for it."""
    held = threading.Event()
    monkeypatch.setattr(
        "checktool.gui.dialogs.making.wizard.make_job", lambda *_: lambda _tell, _stop: held.wait(60)
    )
    wizard.sources.add(["a.zip"])
    wizard.proceed()
    wizard.reject()
    qtbot.waitUntil(lambda: not wizard._worker.busy, timeout=LONG)
    held.set()
    assert "中止しました" in wizard.reading.banner.label.text()
    assert wizard.isVisible()
