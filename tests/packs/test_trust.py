"""Signed packs: made, installed, chosen, taken back; what was tampered with does not get in."""

import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from checktool import paths
from checktool.cli.main import main
from checktool.definitions import pack as packs
from checktool.definitions.trust import signing, state, store
from checktool.errors import PackError
from checktool.settings import Packs, Policy

ID = "nanshou-sample"
Run = Callable[..., tuple[int, str]]


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHECKTOOL_USER", str(tmp_path / "user"))
    monkeypatch.setenv("CHECKTOOL_MACHINE", str(tmp_path / "machine"))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def line(*arguments: str) -> tuple[int, str]:
        status = main(list(arguments))
        shown = capsys.readouterr()
        return status, shown.out + shown.err

    return line


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """The built-in pack as another edition, in a folder of its own."""
    for part in packs.FOLDERS:
        shutil.copytree(paths.data_root() / part / ID, tmp_path / "later" / part / ID)
    sheet = tmp_path / "later" / "rules" / ID / packs.COVER
    text = sheet.read_text(encoding="utf-8")
    sheet.write_text(text.replace('edition = "2025-04"', 'edition = "2026-04"'), encoding="utf-8")
    return tmp_path / "later"


@pytest.fixture
def signed(tmp_path: Path, later: Path, run: Run) -> Path:
    key = tmp_path / "key.pem"
    status, _ = run("pack", "sign", str(later), "--new-key", str(key), "-o", str(tmp_path / "signed"))
    assert status == 0
    return tmp_path / "signed"


def code_of(action: Callable[[], object]) -> str:
    with pytest.raises(PackError) as raised:
        action()
    return raised.value.code


def test_signing_leaves_the_original_alone_and_signs_every_file(later: Path, signed: Path) -> None:
    assert not (later / "rules" / ID / packs.SIGNATURE).exists()
    loaded = packs.load(str(signed))
    key = signing.signer(signed, ID)
    assert key == signing.fingerprint((signed / "rules" / ID / signing.KEY).read_bytes())
    assert state.signature_state(loaded, Policy()) == ("unknown", key)
    assert state.signature_state(loaded, Policy(packs=Packs(trusted_keys=(key,)))) == ("trusted", key)


@pytest.mark.parametrize(
    ("name", "code"),
    [("common.sch", "P009"), ("pack.toml", "P045"), ("pack.sig", "P045"), ("pack.pub", "P009")],
)
def test_what_was_tampered_with_is_not_installed(signed: Path, run: Run, name: str, code: str) -> None:
    path = signed / "rules" / ID / name
    data = path.read_bytes()
    flipped = data[:-2] + bytes(each ^ 1 for each in data[-2:])
    path.write_bytes(data + b"# more\n" if name == "pack.toml" else flipped)
    status, shown = run("pack", "install", str(signed))
    assert status == 4
    assert code in shown
    assert packs.editions_of(ID) == ["2025-04"]


def test_a_file_that_was_added_is_found(signed: Path) -> None:
    (signed / "xsd" / ID / "more.xsd").write_text("<a/>", encoding="utf-8")
    assert code_of(lambda: packs.load(str(signed))) == "P009"


def test_an_installed_edition_is_used_only_when_chosen_and_there_is_a_way_back(
    signed: Path, run: Run
) -> None:
    assert run("pack", "install", str(signed))[0] == 0
    assert packs.load().info.edition == packs.load(ID).info.edition == "2025-04"
    assert packs.load(f"{ID}@2026-04").info.edition == "2026-04"
    assert run("pack", "use", ID, "2026-04")[0] == 0
    assert packs.load().info.edition == packs.load(ID).info.edition == "2026-04"
    assert run("pack", "use", ID, "--back")[0] == 0
    assert packs.load().info.edition == "2025-04"
    assert run("pack", "use", ID, "1999-01")[0] == 4


def test_removing_the_edition_in_use_falls_back(signed: Path, run: Run) -> None:
    run("pack", "install", str(signed))
    run("pack", "use", ID, "2026-04")
    assert run("pack", "remove", ID, "2026-04")[0] == 0
    assert packs.load().info.edition == "2025-04"
    assert run("pack", "remove", ID, "2025-04")[0] == 4


def test_installing_twice_changes_nothing_and_another_content_is_refused(
    signed: Path, later: Path, run: Run
) -> None:
    assert run("pack", "install", str(signed))[0] == 0
    assert "すでに入っています" in run("pack", "install", str(signed))[1]
    status, shown = run("pack", "install", str(later))
    assert (status, "P042" in shown) == (4, True)


def test_an_interrupted_installation_leaves_nothing(
    signed: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied: list[str] = []

    def full(source: Path, target: Path) -> None:
        copied.append(str(target))
        if len(copied) > 3:
            raise OSError(28, "full")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())

    monkeypatch.setattr(store, "_copy", full)
    status, shown = run("pack", "install", str(signed))
    assert (status, "P047" in shown) == (4, True)
    assert [path for path in (paths.user_folder() / "packs").rglob("*") if path.is_file()] == []


def test_the_policy_decides_who_may_judge(signed: Path, later: Path, tmp_path: Path, run: Run) -> None:
    key = signing.signer(signed, ID) or ""
    policy = tmp_path / "machine" / "policy.toml"
    policy.parent.mkdir()
    shown = ":".join(key[place : place + 2].upper() for place in range(0, len(key), 2))
    policy.write_text(f'[packs]\nsigned_only = true\ntrusted_keys = ["{shown}"]\n', encoding="utf-8")
    assert run("pack", "install", str(later))[0] == 4
    assert run("pack", "install", str(signed))[0] == 0
    assert run("check", str(tmp_path), "--pack", str(later))[0] == 4
    assert run("check", str(tmp_path), "--pack", str(signed))[0] == 3
    policy.write_text('[packs]\nallowed = ["other"]\n', encoding="utf-8")
    assert "P046" in run("check", str(tmp_path))[1]


def test_states_tell_when_a_pack_applies(later: Path) -> None:
    pack = packs.load(str(later))
    pack = replace(
        pack, valid_from=date(2026, 4, 1), valid_to=date(2027, 3, 31), grace_until=date(2027, 9, 30)
    )
    days = {date(2026, 3, 31): "future", date(2026, 4, 1): "valid", date(2027, 3, 31): "valid",
            date(2027, 4, 1): "grace", date(2027, 9, 30): "grace", date(2027, 10, 1): "expired"}  # fmt: skip
    assert {day: state.validity_state(pack, day) for day in days} == days
    newer = replace(pack, replaces=pack.info.edition)
    assert state.validity_state(pack, date(2026, 4, 1), [newer]) == "grace"
    plain = replace(pack, grace_until=None)
    newer = replace(newer, grace_until=None, valid_from=date(2026, 10, 1))
    assert state.validity_state(plain, date(2026, 9, 30), [newer, plain]) == "valid"
    assert state.validity_state(plain, date(2026, 10, 1), [newer, plain]) == "replaced"
    assert state.validity_state(newer, date(2026, 10, 1), [newer, plain]) == "valid"


def test_a_key_file_is_never_overwritten_and_a_password_guards_it(
    tmp_path: Path, later: Path, run: Run
) -> None:
    word = tmp_path / "word"
    word.write_bytes(b"open sesame\n")
    key = tmp_path / "guarded.pem"
    assert run("pack", "sign", "--new-key", str(key), "--password-file", str(word))[0] == 0
    assert run("pack", "sign", "--new-key", str(key))[0] == 4
    plain = ("pack", "sign", str(later), "--key", str(key), "-o", str(tmp_path / "out"))
    assert run(*plain)[0] == 4
    assert run(*plain, "--password-file", str(word))[0] == 0


def test_removing_the_last_one_in_use_says_what_judges_now(run: Run, tmp_path: Path) -> None:
    for part in packs.FOLDERS:
        shutil.copytree(paths.data_root() / part / ID, tmp_path / "own" / part / "own")
    sheet = tmp_path / "own" / "rules" / "own" / packs.COVER
    text = sheet.read_text(encoding="utf-8").replace(f'id = "{ID}"', 'id = "own"', 1)
    sheet.write_text(text, encoding="utf-8")
    assert run("pack", "install", str(tmp_path / "own"))[0] == 0
    assert run("pack", "use", "own")[0] == 0
    status, said = run("pack", "remove", "own", "2025-04")
    assert status == 0
    assert f"これからの検査には {ID} 2025-04 を使います。" in said
    assert "checktool pack use" in said


def test_a_builtin_pack_cannot_be_removed(run: Run) -> None:
    status, said = run("pack", "remove", ID, "2025-04")
    assert (status, "取り除けません" in said, "P050" in said) == (4, True, True)


def test_what_is_no_pack_is_named_as_it_was_given(run: Run, tmp_path: Path) -> None:
    given = tmp_path / "配布資料.zip"
    with zipfile.ZipFile(given, "w") as archive:
        archive.writestr("01/a.xsd", "<schema/>")
    status, said = run("pack", "install", str(given))
    assert (status, "配布資料.zip" in said, "pack import" in said) == (4, True, True)
    assert "checktool-pack-" not in said


@pytest.mark.parametrize("there", ["key.pem", "key.pem.pub"])
def test_a_key_that_is_there_is_not_written_over(run: Run, tmp_path: Path, there: str) -> None:
    (tmp_path / there).write_text("mine", encoding="utf-8")
    status, said = run("pack", "sign", "--new-key", str(tmp_path / "key.pem"))
    assert (status, "上書きしません" in said, "合言葉" in said) == (4, True, False)
    assert [path.name for path in tmp_path.glob("key*")] == [there]
    assert (tmp_path / there).read_text(encoding="utf-8") == "mine"
