"""Packs that were meddled with, media that are half full, installations that are cut off."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from checktool import paths
from checktool.checking.engine import CheckOptions, run
from checktool.cli.main import main
from checktool.definitions import active
from checktool.definitions import pack as packs
from checktool.definitions.trust import signing, state, store
from checktool.errors import CheckToolError, PackError
from tests.sound_pack import make_sound
from tests.tiny_pack import ON, TinyPack, note

INSTALL = "from checktool.cli.main import main; import sys; sys.exit(main(['pack', 'install', sys.argv[1]]))"


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHECKTOOL_USER", str(tmp_path / "user"))
    monkeypatch.setenv("CHECKTOOL_MACHINE", str(tmp_path / "machine"))


@pytest.fixture
def signed(tmp_path: Path) -> Path:
    """A signed pack whose key the policy trusts, and which it demands."""
    pack = make_sound(TinyPack(tmp_path))
    pack.top["id"] = "tiny"
    pack.load()
    key = signing.new_key(tmp_path / "key.pem")
    signing.sign(pack.folder, "tiny", tmp_path / "key.pem")
    policy(tmp_path, f'signed_only = true\ntrusted_keys = ["{key}"]\n')
    return pack.folder


def policy(tmp_path: Path, text: str) -> None:
    (tmp_path / "machine").mkdir(exist_ok=True)
    (tmp_path / "machine" / "policy.toml").write_text(f"[packs]\n{text}", encoding="utf-8")


def code_of(action: Callable[[], object]) -> str:
    with pytest.raises(CheckToolError) as raised:
        action()
    return raised.value.code


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def left(tmp_path: Path) -> list[str]:
    """What lies among the installed packs, hidden or not."""
    home = tmp_path / "user" / "packs"
    return [path.relative_to(home).as_posix() for path in files(home)] if home.exists() else []


def zipped(folder: Path, target: Path) -> Path:
    with zipfile.ZipFile(target, "w") as archive:
        for path in files(folder):
            archive.write(path, path.relative_to(folder).as_posix())
    return target


def test_the_signed_pack_itself_is_let_in(signed: Path, tmp_path: Path) -> None:
    assert store.install(str(signed))[1]
    assert state.load("tiny").info.edition == "1"
    assert store.install(str(zipped(signed, tmp_path / "pack.zip"))) == (packs.load("tiny"), False)


def test_no_bit_of_any_file_can_be_changed(signed: Path, tmp_path: Path) -> None:
    generator = random.Random(1)
    for path in files(signed):
        data = path.read_bytes()
        spots = {0, len(data) - 1, *(generator.randrange(len(data)) for _ in range(6))}
        for spot in spots:
            bad = bytearray(data)
            bad[spot] ^= 1 << generator.randrange(8)
            path.write_bytes(bad)
            assert code_of(lambda: store.install(str(signed))) in {
                "P002", "P003", "P009", "P040", "P041", "P045",
            }  # fmt: skip
        path.write_bytes(data)
    assert left(tmp_path) == []
    assert store.install(str(signed))[1]


def test_no_file_can_be_taken_away_added_or_cut_off(signed: Path, tmp_path: Path) -> None:
    for path in files(signed):
        data = path.read_bytes()
        path.unlink()
        assert code_of(lambda: store.install(str(signed))) in {"P001", "P009", "P041", "P045"}, path
        path.write_bytes(data[: len(data) // 2])
        assert code_of(lambda: store.install(str(signed))) in {"P002", "P003", "P009", "P040", "P045"}, path
        path.write_bytes(data)
    for name in ("rules/tiny/more.sch", "xsd/tiny/pack.sig", "codetables/tiny/deep/er.csv"):
        path = signed / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", encoding="utf-8")
        assert code_of(lambda: store.install(str(signed))) == "P009", name
        path.unlink()
    assert left(tmp_path) == []


def test_a_signature_by_another_key_is_not_trusted(signed: Path, tmp_path: Path) -> None:
    signing.new_key(tmp_path / "other.pem")
    signing.sign(signed, "tiny", tmp_path / "other.pem")
    assert code_of(lambda: store.install(str(signed))) == "P041"
    assert main(["check", str(tmp_path), "--pack", str(signed)]) == 4


def test_a_signature_that_covers_pack_toml_alone_is_none(signed: Path, tmp_path: Path) -> None:
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    sheet = signed / "rules/tiny/pack.toml"
    sheet.write_text(sheet.read_text(encoding="utf-8").partition("[files]")[0], encoding="utf-8")
    key = load_pem_private_key((tmp_path / "key.pem").read_bytes(), None)
    (signed / "rules/tiny/pack.sig").write_bytes(key.sign(sheet.read_bytes()))  # type: ignore[union-attr, call-arg]
    assert code_of(lambda: store.install(str(signed))) == "P045"


def test_an_installed_pack_that_was_meddled_with_judges_nothing(signed: Path, tmp_path: Path) -> None:
    store.install(str(signed))
    store.use("tiny")
    path = tmp_path / "user/packs/tiny/1/codetables/tiny/sex.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("男", "女"), encoding="utf-8")
    assert code_of(lambda: state.load()) == "P009"
    assert main(["check", str(tmp_path)]) == 4


def test_an_edition_that_the_policy_refuses_cannot_be_chosen(signed: Path, tmp_path: Path) -> None:
    store.install(str(signed))
    for text, code in (
        ("signed_only = true\n", "P041"),
        ('allowed = ["other"]\n', "P046"),
        ("allow_sample = false\n", "P048"),
    ):  # fmt: skip
        policy(tmp_path, text)
        assert code_of(lambda: store.use("tiny")) == code
        assert code_of(lambda: state.load("tiny")) == code
    assert active.read() == {}


@pytest.mark.parametrize(
    "text", ["signed_only = 1\n", "allow_sample = 'no'\n", "allowed = 'x'\n", "no = 1\n"]
)
def test_a_policy_that_cannot_be_meant_lets_nothing_in(signed: Path, tmp_path: Path, text: str) -> None:
    policy(tmp_path, text)
    assert code_of(lambda: store.install(str(signed))) == "G002"


@pytest.mark.parametrize("key", ["id", "edition"])
@pytest.mark.parametrize(
    "value", ["../../x", "a/b", "a\\b", "..", ".hidden", "a:b", "CON", "nul.1", "a ", "a.", "a@b", 'a"b',
              "a\u202eb", "", "a\nb", "x" * 201],
)  # fmt: skip
def test_names_that_lead_elsewhere_are_refused(tmp_path: Path, key: str, value: str) -> None:
    pack = TinyPack(tmp_path)
    pack.top[key] = value
    assert code_of(pack.load) == "P003"
    assert code_of(lambda: store.install(str(pack.folder))) == "P003"


def test_an_edition_may_be_written_in_japanese(tmp_path: Path) -> None:
    pack = TinyPack(tmp_path)
    pack.top["edition"] = "令和8年4月版"
    pack.load()
    store.install(str(pack.folder))
    assert store.use("tiny") == "令和8年4月版"
    assert packs.load().info.edition == "令和8年4月版"


@pytest.mark.parametrize("edition", ["../../../documents", "..", "", ".", "/etc"])
def test_nothing_but_an_installed_edition_is_removed(signed: Path, tmp_path: Path, edition: str) -> None:
    (tmp_path / "documents").mkdir()
    store.install(str(signed))
    assert code_of(lambda: store.remove("tiny", edition)) == "P043"
    assert code_of(lambda: store.remove("..", edition)) == "P043"
    assert (tmp_path / "documents").is_dir()
    assert packs.editions_of("tiny") == ["1"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
@pytest.mark.parametrize("name", ["rules/tiny/extra.csv", "codetables/tiny/folder", "xsd/tiny/note.xsd"])
def test_links_are_not_followed(tmp_path: Path, name: str) -> None:
    pack = make_sound(TinyPack(tmp_path))
    pack.load()
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "file").write_text("secret", encoding="utf-8")
    link = pack.folder / name
    link.unlink(missing_ok=True)
    link.symlink_to(tmp_path / "secret" if name.endswith("folder") else tmp_path / "secret" / "file")
    assert code_of(lambda: store.install(str(pack.folder))) == "P008"
    assert left(tmp_path) == []


def archive_of(folder: Path, target: Path, names: list[str | zipfile.ZipInfo]) -> Path:
    zipped(folder, target)
    with zipfile.ZipFile(target, "a") as archive:
        for name in names:
            archive.writestr(name, "x")
    return target


def link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = 0o120777 << 16
    return info


@pytest.mark.parametrize(
    "names",
    [
        ["../evil.sch"], ["rules/tiny/../../../evil"], ["/etc/evil"], ["C:/evil"],
        [link("rules/tiny/link")], ["rules/tiny/NOTE.SCH"], ["RULES/tiny/other.sch"],
        ["rules/tiny/a", "rules/tiny/a/b"], ["rules/tiny/か\u3099", "rules/tiny/が"],
        ["rules/tiny/aux.csv"], ["rules/tiny/end."], ["rules/tiny/x\x07"],
    ],
)  # fmt: skip
def test_archives_with_names_that_trick_are_refused(
    signed: Path, tmp_path: Path, names: list[str | zipfile.ZipInfo]
) -> None:
    bad = archive_of(signed, tmp_path / "bad.zip", names)
    assert code_of(lambda: store.install(str(bad))) == "P013"
    assert left(tmp_path) == []
    assert not (tmp_path / "evil").exists()
    assert not (tmp_path.parent / "evil.sch").exists()


def test_an_archive_of_too_much_is_refused_before_it_fills_the_disk(
    signed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("checktool.definitions.archive.MOST_BYTES", 100_000)
    bad = tmp_path / "bad.zip"
    with zipfile.ZipFile(bad, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("rules/tiny/big.csv", b"\0" * 1_000_000)
    assert code_of(lambda: store.install(str(bad))) == "P013"
    (signed / "rules/tiny/big.csv").write_bytes(b"\0" * 1_000_000)
    assert code_of(lambda: store.install(str(signed))) == "P013"


def test_an_archive_that_lies_about_a_size_is_refused(signed: Path, tmp_path: Path) -> None:
    good = zipped(signed, tmp_path / "good.zip")
    data = bytearray(good.read_bytes())
    place = data.index(b"PK\x01\x02")
    data[place + 24 : place + 28] = (3).to_bytes(4, "little")
    good.write_bytes(data)
    assert code_of(lambda: store.install(str(good))) == "P013"


def test_half_an_archive_is_refused(signed: Path, tmp_path: Path) -> None:
    whole = zipped(signed, tmp_path / "pack.zip").read_bytes()
    for size in range(0, len(whole), 997):
        (tmp_path / "pack.zip").write_bytes(whole[:size])
        assert code_of(lambda: store.install(str(tmp_path / "pack.zip"))) == "P013"


def test_a_full_disk_leaves_nothing(signed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    count = len(files(signed))
    real = os.fsync
    for most in range(count + 3):
        calls = iter(range(most))

        def fsync(handle: int, calls: Iterator[int] = calls) -> None:
            if next(calls, None) is None:
                raise OSError(28, "full")
            real(handle)

        monkeypatch.setattr("checktool.definitions.trust.store.os.fsync", fsync)
        assert code_of(lambda: store.install(str(signed))) == "P047"
        assert left(tmp_path) == []
    monkeypatch.undo()


def started(pack: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", INSTALL, str(pack)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A pack of many files, so that an installation takes its time."""
    pack = TinyPack(tmp_path / "large")
    for number in range(300):
        pack.table(f"table{number:03}", *(f"{code},名{code},," for code in range(20)))
    pack.load()
    return pack.folder


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL there")
def test_an_installation_that_is_killed_leaves_a_whole_pack_or_none(large: Path, tmp_path: Path) -> None:
    wanted = packs.load(str(large)).info.sha256
    whole, cut = 0, 0
    for turn in range(12):
        process = started(large)
        until = time.monotonic() + 30
        while process.poll() is None and time.monotonic() < until:
            if len(left(tmp_path)) > turn * 27:
                process.send_signal(signal.SIGKILL)
                break
            time.sleep(0.002)
        process.wait()
        cut += process.returncode != 0
        for edition in packs.editions_of("tiny"):
            assert packs.load(f"tiny@{edition}").info.sha256 == wanted
            whole += 1
            shutil.rmtree(tmp_path / "user" / "packs" / "tiny" / edition)
        assert main(["pack", "list"]) == 0
    assert cut > 0
    assert store.install(str(large))[1]


@pytest.mark.slow
def test_two_installations_at_once_both_succeed(large: Path, tmp_path: Path) -> None:
    processes = [started(large) for _ in range(3)]
    assert [process.wait() for process in processes] == [0, 0, 0]
    assert packs.editions_of("tiny") == ["1"]
    assert [name for name in left(tmp_path) if name.startswith("tiny/.")] == []


def test_what_a_stopped_installation_left_is_never_a_pack_and_goes_the_day_after(
    signed: Path, tmp_path: Path
) -> None:
    home = tmp_path / "user" / "packs" / "tiny"
    for name in (".0123456789abcdef.tmp", ".0123456789abcdef.gone"):
        shutil.copytree(signed, home / name)
    assert packs.editions_of("tiny") == []
    assert code_of(lambda: packs.load("tiny")) == "P001"
    store.install(str(signed))
    assert len(list(home.iterdir())) == 3
    for path in home.glob(".*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    signing.sign(signed, "tiny", tmp_path / "key.pem")
    store.remove("tiny", "1")
    store.install(str(signed))
    assert [path.name for path in home.iterdir()] == ["1"]


def test_an_older_edition_does_not_take_over(tmp_path: Path) -> None:
    for edition in ("2026-04", "2025-04"):
        (tmp_path / edition).mkdir()
        pack = TinyPack(tmp_path / edition)
        pack.top["edition"] = edition
        pack.load()
        store.install(str(pack.folder))
        if edition == "2026-04":
            store.use("tiny", edition)
    assert packs.load("tiny").info.edition == packs.load().info.edition == "2026-04"
    report = run([str(pack.documents(note()))], state.load("tiny"), CheckOptions(on=ON))
    assert report.files[0].pack is None


def test_going_to_an_edition_that_is_over_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for edition, first in (("2000-04", date(2000, 4, 1)), ("2001-04", date(2001, 4, 1))):
        (tmp_path / edition).mkdir()
        pack = TinyPack(tmp_path / edition)
        pack.top |= {"edition": edition, "valid_from": first}
        pack.load()
        store.install(str(pack.folder))
    said = []
    for edition in ("2001-04", "2000-04"):
        assert main(["pack", "use", "tiny", edition]) == 0
        said.append("新しい版が入っています" in capsys.readouterr().out)
    assert said == [False, True]


def test_a_pack_that_cannot_judge_is_not_installed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = TinyPack(tmp_path)
    pack.rule("/n:Note", '<assert id="R1" test="1 = (">x</assert>')
    pack.load()
    assert main(["pack", "install", str(pack.folder)]) == 4
    assert "P007" in capsys.readouterr().err
    assert left(tmp_path) == []


def test_signing_where_nothing_can_be_written_or_read_is_told(signed: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    key = str(tmp_path / "key.pem")
    assert main(["pack", "sign", str(signed), "--key", key, "-o", str(tmp_path / "file" / "out")]) == 4
    missing = ["--password-file", str(tmp_path / "none")]
    assert main(["pack", "sign", str(signed), "--key", key, "-o", str(tmp_path / "out"), *missing]) == 4
    assert main(["pack", "sign", str(signed), "--key", key, "-o", str(tmp_path / "new" / "out")]) == 0
    assert packs.load(str(tmp_path / "new" / "out")).info.id == "tiny"


def test_machine_and_user_hold_one_edition_once(signed: Path, tmp_path: Path) -> None:
    store.install(str(signed), machine=True)
    assert store.install(str(signed)) == (packs.load("tiny"), False)
    assert paths.machine_folder() in packs.load("tiny").rules_folder.parents
    assert PackError("P043").code == code_of(lambda: store.remove("tiny", "2"))
    assert store.remove("tiny", "1") == ""
