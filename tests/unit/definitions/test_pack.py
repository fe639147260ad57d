"""Definition packs: where they lie, what their cover sheet says, and their digest."""

import hashlib
import shutil
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from checktool.definitions import pack as packs
from checktool.errors import PackError
from checktool.model.definition import LAST_DAY, Limits
from tests.tiny_pack import ROOT, TinyPack, item


def refused(tiny_pack: TinyPack) -> tuple[str, dict[str, str | int]]:
    with pytest.raises(PackError) as caught:
        tiny_pack.load()
    return caught.value.code, caught.value.params


def test_what_is_not_said_has_its_default(tiny_pack: TinyPack) -> None:
    pack = tiny_pack.load()
    assert (pack.info.id, pack.info.edition, pack.info.status) == ("tiny", "1", "sample")
    assert (pack.valid_from, pack.valid_to, pack.grace_until) == (date(1900, 1, 1), LAST_DAY, None)
    assert (pack.limits, pack.encoding.accepted, pack.encoding.repertoire) == (
        Limits(),
        ("UTF-8",),
        "unicode",
    )
    (form,) = pack.forms
    assert (form.id, form.root, form.xsd, form.record, form.rules, form.date) == (
        "note",
        ROOT,
        None,
        None,
        (),
        "Written",
    )


def test_what_is_said_is_kept(tiny_pack: TinyPack) -> None:
    tiny_pack.record(item("A"))
    tiny_pack.top |= {
        "valid_from": date(2024, 4, 1), "limits": {"depth": 9, "file_name": "x+"}, "off": ["R1"],
        "encoding": {"accepted": ["UTF-8", "Shift_JIS"], "repertoire": "cp932"}, "replaces": "0",
    }  # fmt: skip
    pack = tiny_pack.load()
    assert (pack.valid_from, pack.limits.depth, pack.limits.file_name) == (date(2024, 4, 1), 9, "x+")
    assert (pack.off, pack.encoding.accepted, pack.replaces) == ({"R1"}, ("UTF-8", "Shift_JIS"), "0")
    assert [one.path for one in pack.forms[0].record or ()] == ["A"]


@pytest.mark.parametrize(
    ("key", "value", "named"),
    [
        ("title", "", "title"), ("status", "final", "status"), ("id", "other", "id"),
        ("edition", 1, "edition"),
        ("valid_from", "2024-04-01", "valid_from"), ("unknown", "x", "unknown"),
        ("limits", {"depht": 1}, "limits.depht"),
        ("limits", {"depth": -1}, "limits.depth"), ("limits", {"depth": True}, "limits.depth"),
        ("limits", {"file_name": 1}, "limits.file_name"), ("encoding", {"repertoire": "sjis"}, "encoding"),
        ("encoding", {"wanted": ["UTF-8"]}, "encoding"),
        ("tables", {"x": {"known_until": "2026"}}, "tables.x"),
    ],
)  # fmt: skip
def test_a_cover_sheet_is_taken_at_its_word(tiny_pack: TinyPack, key: str, value: Any, named: str) -> None:
    tiny_pack.top[key] = value
    code, params = refused(tiny_pack)
    assert (code, params["key"]) == ("P003", named)


@pytest.mark.parametrize(
    ("key", "value", "code", "named"),
    [
        ("id", "", "P003", "form.id/name/root"), ("root", "", "P003", "form.id/name/root"),
        ("colour", "x", "P003", "form.colour"),
        ("batch", {"patients": "x"}, "P003", "form.batch.patients"), ("xsd", "gone.xsd", "P003", "gone.xsd"),
        ("versions", 1, "P003", "form.note"), ("record", "../../rules.csv", "P008", "../../rules.csv"),
        ("rules", ["/etc/passwd"], "P008", "/etc/passwd"),
        ("xsd", "../../rules/tiny/pack.toml", "P008", "../../rules/tiny/pack.toml"),
    ],
)  # fmt: skip
def test_a_form_is_taken_at_its_word(
    tiny_pack: TinyPack, key: str, value: Any, code: str, named: str
) -> None:
    tiny_pack.form[key] = value
    found, params = refused(tiny_pack)
    assert (found, params.get("key", params.get("target"))) == (code, named)


def test_a_cover_sheet_that_is_no_toml(tiny_pack: TinyPack) -> None:
    tiny_pack.load()
    tiny_pack.file("rules/tiny/pack.toml", "id = ")
    with pytest.raises(PackError) as caught:
        packs.load(str(tiny_pack.folder))
    assert (caught.value.code, caught.value.params["path"]) == ("P002", "pack.toml")


def test_the_digest_is_that_of_the_contract(tiny_pack: TinyPack) -> None:
    tiny_pack.table("fruit", "1,林檎,,")
    digest = tiny_pack.load().info.sha256
    lines = []
    for path in sorted(tiny_pack.folder.rglob("*")):
        if path.is_file():
            name = path.relative_to(tiny_pack.folder).as_posix()
            lines.append(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {name}\n")
    assert digest == hashlib.sha256("".join(sorted(lines)).encode()).hexdigest()
    tiny_pack.file("rules/tiny/pack.sig", "signature")
    tiny_pack.file("rules/other/pack.txt", "not of this pack")
    assert tiny_pack.load().info.sha256 == digest
    tiny_pack.table("fruit", "1,りんご,,")
    assert tiny_pack.load().info.sha256 != digest


@pytest.mark.parametrize("top", ["", "delivered/"])
def test_a_pack_may_come_as_an_archive(tiny_pack: TinyPack, tmp_path: Path, top: str) -> None:
    digest = tiny_pack.load().info.sha256
    archive = tmp_path / "tiny.zip"
    with zipfile.ZipFile(archive, "w") as written:
        for path in tiny_pack.folder.rglob("*"):
            if path.is_file():
                written.write(path, top + path.relative_to(tiny_pack.folder).as_posix())
    assert packs.load(str(archive)).info.sha256 == digest


def test_an_id_means_the_latest_edition_and_that_of_the_machine_first(
    tiny_pack: TinyPack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for owner, editions in (("user", "12"), ("machine", "1")):
        monkeypatch.setenv(f"CHECKTOOL_{owner.upper()}", str(tmp_path / owner))
        for edition in editions:
            tiny_pack.top |= {"edition": edition, "title": owner}
            tiny_pack.load()
            shutil.copytree(tiny_pack.folder, tmp_path / owner / "packs" / "tiny" / edition)
    found = {name: packs.load(name).info for name in ("tiny", "tiny@1", "tiny@2")}
    assert {name: (info.edition, info.title) for name, info in found.items()} == {
        "tiny": ("2", "user"), "tiny@1": ("1", "machine"), "tiny@2": ("2", "user"),
    }  # fmt: skip
    with pytest.raises(PackError, match="P043"):
        packs.load("tiny@3")


@pytest.mark.parametrize("given", ["nowhere", ""])
def test_a_pack_that_is_not_there(given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(PackError) as caught:
        packs.load(given)
    assert caught.value.code == "P001"


def test_a_folder_of_two_packs_is_no_pack(tiny_pack: TinyPack) -> None:
    tiny_pack.load()
    tiny_pack.file("rules/second/pack.toml", "")
    with pytest.raises(PackError, match="P012"):
        packs.load(str(tiny_pack.folder))
