"""A pack from a medium: what it is and what changes is shown before it is applied; use, back, remove."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from checktool.definitions import pack as packs
from checktool.definitions.trust import signing, store
from checktool.gui.dialogs.install_pack import InstallDialog
from checktool.gui.pages.manage import ManagePage
from checktool.gui.session import Session
from checktool.gui.window import MainWindow

LONG = 60_000
ID = "nanshou-sample"


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHECKTOOL_USER", str(tmp_path / "user"))
    monkeypatch.setenv("CHECKTOOL_MACHINE", str(tmp_path / "machine"))


@pytest.fixture
def medium(tmp_path: Path, root: Path) -> Path:
    """A later edition of the sample pack, signed."""
    folder = tmp_path / "medium"
    for top in packs.FOLDERS:
        shutil.copytree(root / top / ID, folder / top / ID)
    sheet = folder / "rules" / ID / packs.COVER
    text = sheet.read_text(encoding="utf-8")
    text = text.replace('edition = "2025-04"', 'edition = "2026-04"').replace("2021-11-01", "2026-04-01")
    sheet.write_text(text, encoding="utf-8")
    signing.new_key(tmp_path / "key.pem")
    signing.sign(folder, ID, tmp_path / "key.pem")
    return folder


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> Iterator[ManagePage]:
    made = ManagePage(session, session.wording)
    qtbot.addWidget(made)
    yield made
    made.packs._worker.let_go()


def looked(qtbot: QtBot, page: ManagePage, source: Path) -> InstallDialog:
    dialog = page.packs.install(str(source))
    qtbot.waitUntil(lambda: not dialog._looker.busy, timeout=LONG)
    return dialog


def test_a_pack_is_shown_before_it_is_applied(qtbot: QtBot, page: ManagePage, medium: Path) -> None:
    dialog = looked(qtbot, page, medium)
    key = signing.signer(medium, ID)
    facts = dialog.facts.toPlainText()
    assert "2026-04" in facts
    assert "状態: 見本" in facts
    assert f"署名した鍵の指紋: {key}" in facts
    assert "このパソコンで信頼した鍵ではありません" in dialog.banner.label.text()
    assert "2021-11-01 → 2026-04-01" in dialog.changes.toPlainText()
    assert packs.editions_of(ID) == ["2025-04"]
    dialog.reject()


def test_installing_alone_does_not_change_what_judges(qtbot: QtBot, page: ManagePage, medium: Path) -> None:
    dialog = looked(qtbot, page, medium)
    with qtbot.waitSignal(dialog.installed, timeout=LONG) as done:
        dialog.install.click()
    assert done.args == [ID, False]
    assert packs.editions_of(ID) == ["2025-04", "2026-04"]
    assert packs.load().info.edition == "2025-04"


def test_installing_and_using_asks_the_window(qtbot: QtBot, page: ManagePage, medium: Path) -> None:
    dialog = looked(qtbot, page, medium)
    with qtbot.waitSignal(page.pack_requested, timeout=LONG) as asked:
        dialog.install_use.click()
    assert asked.args == [ID, None]
    assert packs.load().info.edition == "2026-04"


@pytest.mark.parametrize(("damage", "code"), [("common.sch", "P009"), ("pack.sig", "P045")])
def test_a_tampered_pack_cannot_be_installed(
    qtbot: QtBot, page: ManagePage, medium: Path, damage: str, code: str
) -> None:
    path = medium / "rules" / ID / damage
    path.write_bytes(path.read_bytes()[:-1] + b"\0")
    dialog = looked(qtbot, page, medium)
    assert code in dialog.banner.label.text()
    assert dialog.banner.property("role") == "correct"
    assert not dialog.install.isEnabled()
    assert not dialog.install_use.isEnabled()
    dialog.reject()


def test_what_the_policy_refuses_is_told(
    qtbot: QtBot, page: ManagePage, medium: Path, tmp_path: Path
) -> None:
    (tmp_path / "machine").mkdir()
    (tmp_path / "machine" / "policy.toml").write_text("[packs]\nsigned_only = true\n", encoding="utf-8")
    dialog = looked(qtbot, page, medium)
    assert "P041" in dialog.banner.label.text()
    assert not dialog.install_use.isEnabled()
    dialog.reject()


def test_no_pack_at_all_is_told(qtbot: QtBot, page: ManagePage, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    dialog = looked(qtbot, page, tmp_path / "folder")
    assert "P001" in dialog.banner.label.text()
    dialog.reject()


def select(qtbot: QtBot, page: ManagePage, edition: str) -> None:
    page.shown()
    qtbot.waitUntil(lambda: not page.packs._worker.busy, timeout=LONG)
    model = page.packs.model
    editions = [model.index(row, 2).data() for row in range(model.rowCount())]
    page.packs.table.select(editions.index(edition))


def test_the_trust_of_the_chosen_pack_is_told(qtbot: QtBot, page: ManagePage, medium: Path) -> None:
    store.install(str(medium))
    select(qtbot, page, "2026-04")
    assert str(signing.signer(medium, ID)) in page.packs.told.text()
    assert page.packs.buttons["remove"].isEnabled()
    assert not page.packs.buttons["back"].isEnabled()
    select(qtbot, page, "2025-04")
    assert "付属" in page.packs.told.text()
    assert not page.packs.buttons["remove"].isEnabled()


def test_use_and_back_are_kept(qtbot: QtBot, page: ManagePage, medium: Path) -> None:
    store.install(str(medium))
    select(qtbot, page, "2026-04")
    with qtbot.waitSignal(page.pack_requested) as asked:
        page.packs.buttons["use"].click()
    assert asked.args == [ID, None]
    assert packs.load().info.edition == "2026-04"
    select(qtbot, page, "2026-04")
    with qtbot.waitSignal(page.pack_requested):
        page.packs.buttons["back"].click()
    assert packs.load().info.edition == "2025-04"


@pytest.mark.parametrize("answer", ["remove_yes", "remove_no"])
def test_removing_asks_first(
    qtbot: QtBot, page: ManagePage, medium: Path, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    store.install(str(medium))
    select(qtbot, page, "2026-04")
    text = page.wording.say(f"pack_window.manage.{answer}")

    def press(box: QMessageBox) -> int:
        next(button for button in box.buttons() if button.text() == text).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", press)
    page.packs.buttons["remove"].click()
    assert packs.editions_of(ID) == (["2025-04"] if answer == "remove_yes" else ["2025-04", "2026-04"])


def test_the_window_goes_on_with_the_pack_that_was_chosen(
    qtbot: QtBot, window: MainWindow, medium: Path
) -> None:
    window.show_page("manage")
    page = window.pages["manage"]
    assert isinstance(page, ManagePage)
    dialog = looked(qtbot, page, medium)
    dialog.install_use.click()
    qtbot.waitUntil(lambda: window.session.pack.info.edition == "2026-04", timeout=LONG)
    assert [pack.info.edition for pack in window.session.pack.editions] == ["2025-04"]
    assert "2026-04" in window.windowTitle()
    window.use_pack(None, None)
    assert window.session.pack.info.edition == "2026-04"


def test_a_policy_or_choice_that_cannot_be_read_is_told(
    qtbot: QtBot, page: ManagePage, medium: Path, tmp_path: Path
) -> None:
    store.install(str(medium))
    (tmp_path / "user" / "packs" / "active.toml").write_text("broken", encoding="utf-8")
    page.shown()
    qtbot.waitUntil(lambda: not page.packs._worker.busy, timeout=LONG)
    assert not page.packs.buttons["back"].isEnabled()
    (tmp_path / "machine").mkdir()
    (tmp_path / "machine" / "policy.toml").write_text("nothing = 1\n", encoding="utf-8")
    page.shown()
    qtbot.waitUntil(lambda: "G002" in page.packs.told.text(), timeout=LONG)
