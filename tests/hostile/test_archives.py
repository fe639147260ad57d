"""Archives that lie, hide, explode or lead out are refused by name and reason; nothing is unpacked."""

import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ..unit.reading.zips import handmade, link, zipped
from .conftest import Answer, Check
from .documents import UNCHECKED, opinion

XML = opinion("").encode()
WIDE = random.Random(1).randbytes(3_000_000)


def _inside(path: Path) -> bytes:
    return zipped(path.with_suffix(".inner"), {"a.xml": XML}).read_bytes()


def _many(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(20_001):
            archive.writestr(f"{number}.xml", b"")
    return path


def _truncated(path: Path) -> Path:
    zipped(path, {"a.xml": XML})
    path.write_bytes(path.read_bytes()[:-30])
    return path


def _plain(path: Path) -> Path:
    path.write_bytes(XML)
    return path


def _zeros(path: Path, size: int) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.xml", "w") as member:
        for _ in range(size // 1_000_000):
            member.write(b" " * 1_000_000)
    return path


REFUSED: dict[str, tuple[Callable[[Path], Path], str]] = {
    "truncated": (_truncated, "壊れ"),
    "no-archive": (_plain, "壊れ"),
    "encrypted": (lambda path: handmade(path, b"a.xml", XML, flags=1), "パスワード"),
    "led-out": (lambda path: handmade(path, b"../x.xml", XML), "外を指す"),
    "led-out-by-backslash": (lambda path: handmade(path, b"..\\x.xml", XML), "外を指す"),
    "absolute": (lambda path: handmade(path, b"/etc/x.xml", XML), "外を指す"),
    "drive": (lambda path: handmade(path, b"C:\\x.xml", XML), "外を指す"),
    "null-in-name": (lambda path: handmade(path, b"x.xml\0.txt", XML), "外を指す"),
    "link": (lambda path: link(path, "a.xml"), "リンク"),
    "clashing-names": (lambda path: zipped(path, {"a.xml": XML, "A.XML": XML}), "同じ名前"),
    "too-many": (_many, "数が多すぎ"),
    "bomb": (lambda path: _zeros(path, 50_000_000), "極端に大きく"),
    "overlapping": (lambda path: handmade(path, b"a.xml", WIDE, twice=True), "極端に大きく"),
}
REFUSED_INSIDE: dict[str, tuple[Callable[[Path], Path], str, str]] = {
    "nested": (lambda path: zipped(path, {"b.zip": _inside(path)}), "b.zip", "さらに圧縮"),
    "program": (lambda path: zipped(path, {"b.exe": b"MZ"}), "b.exe", "XML ではない"),
    "lying-size": (lambda path: handmade(path, b"a.xml", WIDE, declared=100), "a.xml", "極端に大きく"),
    "lying-checksum": (lambda path: handmade(path, b"a.xml", XML, checksum=1), "a.xml", "壊れ"),
    "other-inner-name": (lambda path: handmade(path, b"a.xml", XML, local_name=b"b.xml"), "a.xml", "壊れ"),
}


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archives")
    for name, (make, _) in REFUSED.items():
        make(folder / f"{name}.zip")
    for name, (make, _, _) in REFUSED_INSIDE.items():
        make(folder / f"{name}.zip")
    (folder / "nested.inner").unlink()
    zipped(folder / "sound.zip", {"a.xml": XML})
    (folder / "nothing.zip").write_bytes(b"")
    return folder


@pytest.fixture(scope="module")
def answer(check: Check, archives: Path) -> Answer:
    """One run over all archives: none may disturb another."""
    return check(archives)


@pytest.mark.parametrize("name", REFUSED)
def test_an_archive_is_refused_as_a_whole(answer: Answer, name: str) -> None:
    assert answer.codes(f"{name}.zip") == {"F006"}
    assert REFUSED[name][1] in answer.reasons(f"{name}.zip")
    assert answer.files[f"{name}.zip"]["verdict"] == "unchecked"


@pytest.mark.parametrize("name", REFUSED_INSIDE)
def test_a_member_is_refused(answer: Answer, name: str) -> None:
    source = f"{name}.zip!{REFUSED_INSIDE[name][1]}"
    assert answer.codes(source) == {"F006"}
    assert REFUSED_INSIDE[name][2] in answer.reasons(source)


def test_the_run_goes_on(answer: Answer) -> None:
    assert answer.status == UNCHECKED
    assert answer.report["completed"]
    assert answer.codes("nothing.zip") == {"F001"}
    assert "X107" in answer.codes("sound.zip!a.xml")


def test_nothing_was_unpacked_or_changed(check: Check, archives: Path) -> None:
    before = {path: path.read_bytes() for path in archives.rglob("*")}
    check(archives)
    assert {path: path.read_bytes() for path in archives.rglob("*")} == before
    assert not (archives.parent / "x.xml").exists()


@pytest.mark.parametrize("names", [["a.zip"], ["a.zip", "b.zip"]])
def test_empty_archives_are_no_file_at_all(check: Check, tmp_path: Path, names: list[str]) -> None:
    for name in names:
        zipped(tmp_path / name, {})
    answer = check(*(tmp_path / name for name in names))
    assert (answer.status, answer.files) == (UNCHECKED, {})


def test_names_of_any_length_and_encoding_are_shown(check: Check, tmp_path: Path) -> None:
    deep = "深/" * 5_000 + "a.xml"
    zipped(tmp_path / "deep.zip", {deep: XML})
    handmade(tmp_path / "cp932.zip", "能/ソ表.xml".encode("cp932"), XML)
    handmade(tmp_path / "unknown.zip", b"\x81.xml", XML)
    handmade(tmp_path / "control.zip", b"a\x1b[2J\x07.xml", XML)
    answer = check(tmp_path)
    assert sorted(answer.files) == [
        "control.zip!a\\x1b[2J\\x07.xml",
        "cp932.zip!能/ソ表.xml",
        f"deep.zip!{deep}",
        "unknown.zip!ü.xml",
    ]
    assert all("X107" in answer.codes(source) for source in answer.files)


def test_a_zip_gives_what_its_folder_gives(check: Check, tmp_path: Path) -> None:
    documents = {"a.xml": XML, "b/c.xml": b"", "b/d.xml": XML + b"<", "e.xml": b"\xff\xfe"}
    for name, data in documents.items():
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_bytes(data)
    zipped(tmp_path / "in.zip", documents)
    folder, archive = check(tmp_path / "in"), check(tmp_path / "in.zip")
    for file in archive.report["files"]:
        file["source"] = file["source"].removeprefix("in.zip!")
    assert archive.report == folder.report
    assert archive.status == folder.status == UNCHECKED
