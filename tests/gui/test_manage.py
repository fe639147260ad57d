"""The page 管理: packs, policy, self-test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from checktool.gui.pages.manage import ManagePage
from checktool.gui.session import Session
from checktool.handoff.rehearsal import STEPS, Outcome, Step
from checktool.model.definition import Limits
from checktool.paths import user_folder

LONG = 60_000
ID = "nanshou-sample"


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> Iterator[ManagePage]:
    """The page over the sample pack."""
    made = ManagePage(session, session.wording)
    qtbot.addWidget(made)
    yield made
    made.packs._worker.let_go()


def installed(root: Path, edition: str, damage: str = "") -> None:
    """Another edition of the sample pack among those of the user."""
    target = user_folder() / "packs" / ID / edition
    for folder in ("rules", "xsd", "codetables"):
        shutil.copytree(root / folder / ID, target / folder / ID)
    cover = target / "rules" / ID / "pack.toml"
    text = cover.read_text(encoding="utf-8").replace('edition = "2025-04"', f'edition = "{edition}"')
    cover.write_text(text + damage, encoding="utf-8")


def rows(page: ManagePage) -> list[list[str]]:
    model = page.packs.model
    return [[model.index(row, column).data() for column in range(7)] for row in range(model.rowCount())]


def look(qtbot: QtBot, page: ManagePage) -> None:
    page.shown()
    qtbot.waitUntil(lambda: page.packs.model.rowCount() > 0, timeout=LONG)


def test_the_pack_in_use_is_marked_with_its_status(
    qtbot: QtBot, qtmodeltester: ModelTester, page: ManagePage
) -> None:
    look(qtbot, page)
    ((use, title, edition, status, _, signature, _),) = rows(page)
    assert (use, title, edition, status) == ("使用中", "難病・小慢 見本定義", "2025-04", "見本")
    assert signature == "付属の定義"
    assert not page.packs.buttons["use"].isEnabled()
    assert "1ファイルの文書数" in page.packs.facts.toPlainText()
    qtmodeltester.check(page.packs.model)


def test_another_edition_can_be_chosen(qtbot: QtBot, page: ManagePage, root: Path) -> None:
    installed(root, "2026-04")
    look(qtbot, page)
    place = [row[2] for row in rows(page)].index("2026-04")
    page.packs.table.select(place)
    assert rows(page)[place][5] == "署名なし"
    with qtbot.waitSignal(page.pack_requested) as asked:
        page.packs.buttons["use"].click()
    assert asked.args == [ID, None]


def test_a_pack_that_cannot_be_used_is_named_and_not_offered(
    qtbot: QtBot, page: ManagePage, root: Path
) -> None:
    installed(root, "2026-05", damage="\nbroken")
    look(qtbot, page)
    place = next(number for number, row in enumerate(rows(page)) if row[0] == "" and row[1] == ID)
    assert rows(page)[place][4] != ""
    page.packs.table.select(place)
    assert not page.packs.buttons["use"].isEnabled()


def test_every_limit_has_a_name(session: Session) -> None:
    for limit in Limits.__slots__:
        assert session.wording.say(f"gui.manage.limit.{limit}")


def test_the_policy_is_told(page: ManagePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHECKTOOL_MACHINE", str(tmp_path))
    page.shown()
    assert "初期の設定で動いています。" in page.policy.text.toPlainText()
    text = '[hospital]\ninstitution_code = "1312345678"\n[packs]\nsigned_only = true\n'
    (tmp_path / "policy.toml").write_text(text, encoding="utf-8")
    page.shown()
    assert "1312345678" in page.policy.text.toPlainText()
    (tmp_path / "policy.toml").write_text("nothing = 1", encoding="utf-8")
    page.shown()
    assert "（G002）" in page.policy.text.toPlainText()


def test_the_self_test_holds(qtbot: QtBot, page: ManagePage) -> None:
    page.selftest.start()
    assert not page.selftest.button.isEnabled()
    qtbot.waitUntil(lambda: not page.selftest._worker.busy, timeout=LONG)
    lines = [page.selftest.list.item(row).text() for row in range(page.selftest.list.count())]
    assert (len(lines), all(line.startswith("✔") for line in lines)) == (len(STEPS), True)
    assert page.selftest.banner.label.text() == "すべて正しく動きました。"


def test_a_step_that_fails_is_told(qtbot: QtBot, page: ManagePage, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = [Step("pack", Outcome.FAILED, "P001"), Step("check", Outcome.SKIPPED)]
    monkeypatch.setattr("checktool.handoff.rehearsal.rehearse", lambda _: iter(steps))
    page.selftest.start()
    qtbot.waitUntil(lambda: not page.selftest._worker.busy, timeout=LONG)
    assert "（P001）" in page.selftest.list.item(0).text()
    assert page.selftest.banner.property("role") == "correct"
