"""Every way in which a package can be tampered with or damaged is named, with the file concerned."""

import hashlib
import os
import shutil
import sys
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from checktool.errors import HandoffError
from checktool.handoff.extract import extract
from checktool.handoff.manifest import read_info, written_info, written_manifest
from checktool.handoff.tree import packages_at, unfinished_at
from checktool.handoff.verifier import verify

from .conftest import Hospital, document

XML = "data/O0001.xml"


@pytest.fixture
def package(hospital: Hospital) -> Path:
    hospital.put("a.xml", document())
    hospital.put("b.xml", document("Survey"))
    return hospital.hand_over().package


def found(path: Path) -> list[tuple[str, str]]:
    return sorted((fault.kind, fault.path) for fault in verify(path).faults)


def add_line(name: str, line: str) -> Callable[[Path], None]:
    """Add a line to a manifest; the tag manifest is made right again, so only the line is wrong."""

    def change(package: Path) -> None:
        with (package / name).open("a", encoding="utf-8", newline="\n") as stream:
            stream.write(line + "\n")
        sign_again(package)

    return change


def sign_again(package: Path) -> None:
    tags = [path for path in package.iterdir() if path.is_file() and not path.name.startswith("tagmanifest")]
    hashes = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in tags}
    (package / "tagmanifest-sha256.txt").write_bytes(written_manifest(hashes))


def put(name: str, data: bytes = b"x") -> Callable[[Path], None]:
    def change(package: Path) -> None:
        path = package / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    return change


def drop(name: str) -> Callable[[Path], None]:
    return lambda package: (package / name).unlink()


def link(package: Path) -> None:
    (package / XML).unlink()
    (package / XML).symlink_to(package / "data" / "S0001.xml")


def other_oxum(package: Path) -> None:
    info = read_info((package / "bag-info.txt").read_bytes())
    (package / "bag-info.txt").write_bytes(written_info({**info, "Payload-Oxum": "1.1"}.items()))
    sign_again(package)


def flip(name: str) -> Callable[[Path], None]:
    def change(package: Path) -> None:
        data = bytearray((package / name).read_bytes())
        data[-5] ^= 1
        (package / name).write_bytes(data)

    return change


def listed(name: str) -> Callable[[Path], None]:
    return add_line("manifest-sha256.txt", f"{'0' * 64}  {name}")


TAMPERING: list[tuple[str, Callable[[Path], None], list[tuple[str, str]]]] = [
    ("payload changed", flip(XML), [("changed", XML)]),
    ("payload grown", put(XML, b"<a/>" * 999), [("changed", XML)]),
    ("payload missing", drop(XML), [("missing", XML)]),
    ("payload extra", put("data/autorun.inf"), [("extra", "data/autorun.inf")]),
    ("payload extra below", put("data/a/b.xml"), [("extra", "data/a/b.xml")]),
    ("tag extra", put("memo.txt"), [("extra_tag", "memo.txt")]),
    ("tag extra below", put("tools/a.exe"), [("extra_tag", "tools/a.exe")]),
    ("tag extra that looks like a manifest", put("tagmanifest-a.exe"), [("extra_tag", "tagmanifest-a.exe")]),
    ("hidden extra", put(".x"), [("extra_tag", ".x")]),
    ("report changed", flip("report.json"), [("changed", "report.json")]),
    ("report missing", drop("report.json"), [("missing", "report.json")]),
    ("bagit missing", drop("bagit.txt"), [("no_bagit", "bagit.txt")]),
    ("bagit other", put("bagit.txt", b"BagIt-Version: 2.0\n"), [("bagit", "bagit.txt")]),
    ("info missing", drop("bag-info.txt"), [("missing", "bag-info.txt")]),
    ("manifest missing", drop("manifest-sha256.txt"), [("no_manifest", "manifest-sha256.txt")]),
    ("tag manifest missing", drop("tagmanifest-sha256.txt"), [("no_tagmanifest", "tagmanifest-sha256.txt")]),
    ("unknown kind of manifest", put("manifest-crc32.txt"), [("algorithm", "manifest-crc32.txt")]),
    ("fetch", put("fetch.txt"), [("fetch", "fetch.txt")]),
    ("oxum", other_oxum, [("oxum", "bag-info.txt")]),
    ("no info at all", lambda p: (drop("bag-info.txt")(p), sign_again(p)), [("no_info", "bag-info.txt")]),
    ("info unreadable", lambda p: (put("bag-info.txt")(p), sign_again(p)), [("info", "bag-info.txt")]),
    ("line that is none", add_line("manifest-sha256.txt", "hello"), [("line", "manifest-sha256.txt")]),
    ("listed twice", listed(XML), [("twice", XML)]),
    ("listed but not there", listed("data/x.xml"), [("missing", "data/x.xml")]),
    ("listed outside data", listed("bagit.txt"), [("outside", "bagit.txt")]),
    ("parent", listed("data/../../x"), [("unsafe", "data/../../x")]),
    ("absolute", listed("/etc/passwd"), [("unsafe", "/etc/passwd")]),
    ("drive", listed("C:/x"), [("unsafe", "C:/x")]),
    ("backslash", listed("data\\x"), [("unsafe", "data\\x")]),
    ("reserved", listed("data/NUL.xml"), [("unsafe", "data/NUL.xml")]),
    ("line end in a name", listed("data/a%0Ab"), [("unsafe", "data/a\nb")]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "expected"), [case[1:] for case in TAMPERING], ids=[c[0] for c in TAMPERING]
)
def test_tampering_is_named(
    package: Path, change: Callable[[Path], None], expected: list[tuple[str, str]]
) -> None:
    change(package)
    assert found(package) == expected
    zipped = package.parent / "tampered.zip"
    with zipfile.ZipFile(zipped, "w") as archive:
        for path in sorted(package.rglob("*")):
            archive.write(path, f"{package.name}/{path.relative_to(package).as_posix()}")
    assert found(zipped) == expected
    target = package.parent / "target"
    with pytest.raises(HandoffError) as fault:
        extract(verify(zipped), target)
    assert fault.value.code == "H007"
    assert not target.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="names that Windows cannot make")
def test_files_with_unsafe_or_clashing_names(package: Path) -> None:
    for name in ("con.xml", "a b ", "x:y", "ü.xml", unicodedata.normalize("NFD", "ü.xml"), "o0001.XML"):
        put(f"data/{name}")(package)
    kinds = dict.fromkeys(("data/a b ", "data/con.xml", "data/x:y"), "unsafe")
    told = {fault.path: fault.kind for fault in verify(package).faults}
    assert kinds.items() <= told.items()
    assert sorted(told.values()).count("collision") == 2


@pytest.mark.skipif(sys.platform == "win32", reason="making a link needs a right there")
def test_a_link_is_named_and_not_followed(package: Path) -> None:
    link(package)
    assert found(package) == [("link", XML)]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names")
def test_a_pipe_does_not_hang(package: Path) -> None:
    os.mkfifo(package / "data" / "pipe")
    assert found(package) == [("link", "data/pipe")]


def test_more_manifests_are_compared_too(package: Path) -> None:
    payload = {f"data/{path.name}": path for path in (package / "data").iterdir()}
    for name in ("sha512", "md5"):
        hashes = {path: hashlib.new(name, file.read_bytes()).hexdigest() for path, file in payload.items()}
        (package / f"manifest-{name}.txt").write_bytes(written_manifest(hashes))
    sign_again(package)
    assert found(package) == []
    hashes[XML] = "0" * 32
    (package / "manifest-md5.txt").write_bytes(written_manifest(hashes))
    sign_again(package)
    assert found(package) == [("changed", XML)]
    (package / "manifest-md5.txt").write_bytes(b"")
    sign_again(package)
    assert found(package) == [("extra", XML), ("extra", "data/S0001.xml")]


def test_a_package_of_another_tool_and_an_older_version_tells_only_that(tmp_path: Path) -> None:
    bagit = pytest.importorskip("bagit")
    (tmp_path / "bag").mkdir()
    put("日本語 100%.xml")(tmp_path / "bag")
    bagit.make_bag(str(tmp_path / "bag"), {"Contact-Name": "x" * 200}, checksums=["sha256", "sha512"])
    assert found(tmp_path / "bag") == [("bagit", "bagit.txt")]


def test_packages_directly_inside_a_folder(package: Path, hospital: Hospital) -> None:
    second = hospital.hand_over(zip=True).package
    out = package.parent
    (out / "other").mkdir()
    (out / ".RENSHU-nanshou-sample-20261122-0003.part").mkdir()
    assert packages_at(out) == [package, second]
    assert packages_at(package) == [package]
    assert packages_at(second) == [second]
    assert unfinished_at(out) == [".RENSHU-nanshou-sample-20261122-0003.part"]
    shutil.rmtree(package)
    second.unlink()
    with pytest.raises(HandoffError) as fault:
        packages_at(out)
    assert fault.value.code == "H006"


def test_what_is_no_package_is_not_called_a_damaged_one(hospital: Hospital, tmp_path: Path) -> None:
    hospital.put("data/a.xml", document())
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.writestr("data/a.xml", document())
    for path in (hospital.export, tmp_path / "export.zip"):
        with pytest.raises(HandoffError) as fault:
            verify(path)
        assert fault.value.code == "H006"
