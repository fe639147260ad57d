"""A pack in a ZIP: nothing leaves its folder, nothing unbounded comes in."""

import zipfile
from pathlib import Path

import pytest

from checktool.definitions import archive
from checktool.errors import PackError


def zipped(folder: Path, *members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    path = folder / "pack.zip"
    with zipfile.ZipFile(path, "w", method) as written:
        for name, data in members:
            written.writestr(zipfile.ZipInfo(name), data, method)
    return path


def refused(path: Path, target: Path) -> str:
    with pytest.raises(PackError) as caught:
        archive.unpack(path, target)
    assert caught.value.code == "P013"
    assert [found for found in target.parent.rglob("*") if found.name == "evil"] == []
    return str(caught.value.params["reason"])


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "inner" / "target"
    folder.mkdir(parents=True)
    return folder


def test_members_are_written_with_their_folders(tmp_path: Path, target: Path) -> None:
    archive.unpack(zipped(tmp_path, ("rules/x/pack.toml", b"a"), ("xsd/漢字.xsd", b"b")), target)
    assert (target / "rules/x/pack.toml").read_bytes() == b"a"
    assert (target / "xsd/漢字.xsd").read_bytes() == b"b"


@pytest.mark.parametrize("name", ["../evil", "/evil", "a/../../evil", "..\\evil", "C:evil", "a/../evil"])
def test_names_that_lead_elsewhere(tmp_path: Path, target: Path, name: str) -> None:
    assert refused(zipped(tmp_path, (name, b"x")), target) == "path"


def test_names_that_differ_in_case_alone(tmp_path: Path, target: Path) -> None:
    assert refused(zipped(tmp_path, ("a", b"x"), ("A", b"y")), target) == "path"


def test_a_link_is_refused(tmp_path: Path, target: Path) -> None:
    path = tmp_path / "pack.zip"
    link = zipfile.ZipInfo("link")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "w") as written:
        written.writestr(link, "../evil")
    assert refused(path, target) == "zip"


def test_bounds(tmp_path: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = zipped(tmp_path, ("a", b"x" * 100), ("b", b"y" * 100))
    monkeypatch.setattr(archive, "MOST_BYTES", 199)
    assert refused(path, target) == "size"
    monkeypatch.setattr(archive, "MOST_BYTES", 200)
    monkeypatch.setattr(archive, "MOST_MEMBERS", 1)
    assert refused(path, target) == "members"


@pytest.mark.parametrize("damage", ["text", "cut", "stream", "checksum"])
def test_a_damaged_archive(tmp_path: Path, target: Path, damage: str) -> None:
    path = zipped(tmp_path, ("a", bytes(range(256)) * 8))
    raw = bytearray(path.read_bytes())
    if damage == "text":
        raw = bytearray(b"no archive")
    elif damage == "cut":
        raw = raw[:-10]
    elif damage == "stream":
        raw[31:40] = b"\xff" * 9
    else:
        raw = bytearray(zipped(tmp_path, ("a", b"plain"), method=zipfile.ZIP_STORED).read_bytes())
        raw[raw.index(b"plain")] = ord("P")
    path.write_bytes(bytes(raw))
    assert refused(path, target) == "zip"
