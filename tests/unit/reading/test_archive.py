"""Archives are judged before they are unpacked, and read within what they declare."""

import io
import random
import stat
import zipfile
from pathlib import Path

import pytest

from checktool.model.definition import Limits
from checktool.reading.faults import ReadFault
from checktool.reading.sources import Refused, Source, list_sources

from .zips import handmade, link, with_mode, zipped

XML = b"<?xml version='1.0' encoding='UTF-8'?><r/>"
ZEROS = b"\0" * 1_000_000


DEFAULTS = Limits()


def listed(path: Path, limits: Limits = DEFAULTS) -> list[tuple[str, str]]:
    """Name and reason of every source, the reason of one that is not refused being empty."""
    return [
        (item.name, str(dict(item.params)["reason"]) if isinstance(item, Refused) else "")
        for item in list_sources([str(path)], limits)
    ]


def content(path: Path) -> bytes:
    [source] = list_sources([str(path)], Limits())
    assert isinstance(source, Source)
    with source.open() as stream:
        return stream.read()


def content_or_code(source: Source) -> bytes | str:
    try:
        with source.open() as stream:
            return stream.read()
    except ReadFault as fault:
        return fault.code


def reason_of_reading(path: Path) -> str:
    with pytest.raises(ReadFault) as raised:
        content(path)
    assert raised.value.code == "F006"
    return str(dict(raised.value.params)["reason"])


def test_members_are_named_and_sorted_like_a_folder(tmp_path: Path) -> None:
    data = {"b.xml": XML, "a/z.xml": XML, "a.xml": XML, "__MACOSX/._a.xml": b"", ".DS_Store": b""}
    path = zipped(tmp_path / "a.ZIP", data)
    assert listed(path) == [("a.ZIP!a/z.xml", ""), ("a.ZIP!a.xml", ""), ("a.ZIP!b.xml", "")]


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("size", [0, 1, 70_000, 300_000])
def test_members_are_read_whole(tmp_path: Path, compression: int, size: int) -> None:
    data = random.Random(1).randbytes(size)
    with zipfile.ZipFile(tmp_path / "a.zip", "w", compression) as archive:
        archive.writestr("a.xml", data)
    assert content(tmp_path / "a.zip") == data


def test_an_archive_written_to_a_stream_is_read(tmp_path: Path) -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", XML)
    (tmp_path / "a.zip").write_bytes(b"in front of it" + pipe.getvalue())
    assert content(tmp_path / "a.zip") == XML


@pytest.mark.parametrize(
    ("raw", "flags", "shown"),
    [
        ("表/ソ.xml".encode("cp932"), 0, "表/ソ.xml"),
        ("患者/一覧.xml".encode(), 0, "患者/一覧.xml"),
        ("ｶﾙﾃ.xml".encode("cp932"), 0, "ｶﾙﾃ.xml"),
        ("表/𠮷.xml".encode(), 0x800, "表/𠮷.xml"),
        (b"\x81.xml", 0, "ü.xml"),
        (b"out\\B001.xml", 0, "out/B001.xml"),
    ],
)
def test_member_names_are_read_in_their_encoding(tmp_path: Path, raw: bytes, flags: int, shown: str) -> None:
    path = handmade(tmp_path / "a.zip", raw, XML, flags=flags)
    assert listed(path) == [("a.zip!" + shown, "")]
    assert content(path) == XML


@pytest.mark.parametrize(
    "name",
    [
        b"../x.xml",
        b"a/../x.xml",
        b"/x.xml",
        b"C:\\x.xml",
        b"c:x.xml",
        b"..\\x.xml",
        b"\\\\pc\\x.xml",
        b"a.xml\0.txt",
    ],
)
def test_names_that_lead_out_refuse_the_archive(tmp_path: Path, name: bytes) -> None:
    assert listed(handmade(tmp_path / "a.zip", name, XML)) == [("a.zip", "path")]


@pytest.mark.parametrize("pair", [("a.xml", "A.xml"), ("が.xml", "か\u3099.xml")])
def test_names_that_clash_refuse_the_archive(tmp_path: Path, pair: tuple[str, str]) -> None:
    assert listed(zipped(tmp_path / "a.zip", dict.fromkeys(pair, XML))) == [("a.zip", "duplicate")]


def test_one_member_listed_twice_refuses_the_archive(tmp_path: Path) -> None:
    assert listed(handmade(tmp_path / "a.zip", b"a.xml", XML, twice=True)) == [("a.zip", "bomb")]


def test_links_devices_and_passwords_refuse_the_archive(tmp_path: Path) -> None:
    assert listed(link(tmp_path / "a.zip", "a.xml")) == [("a.zip", "link")]
    assert listed(with_mode(tmp_path / "a.zip", "a.xml", stat.S_IFIFO)) == [("a.zip", "link")]
    assert listed(handmade(tmp_path / "a.zip", b"a.xml", XML, flags=1)) == [("a.zip", "encrypted")]
    assert listed(handmade(tmp_path / "a.zip", b"a.xml", XML, method=14)) == [("a.zip", "method")]


def test_members_that_are_no_xml_are_refused_alone(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.xml": XML, "b.zip": b"PK", "c.exe": b"MZ"})
    assert listed(path) == [("a.zip!a.xml", ""), ("a.zip!b.zip", "nested"), ("a.zip!c.exe", "unexpected")]


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (Limits(zip_members=1), "count"),
        (Limits(zip_bytes=1_000_000), "bomb"),
        (Limits(zip_ratio=100), "bomb"),
        (Limits(zip_ratio=2000), ""),
    ],
)
def test_archives_beyond_the_limits_are_refused(tmp_path: Path, limits: Limits, reason: str) -> None:
    path = zipped(tmp_path / "a.zip", {"a.xml": ZEROS, "b/": b"", "c.xml": b"1"})
    assert listed(path, limits)[0][1] == reason


def test_a_directory_of_unreasonable_size_is_not_even_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {f"{index}{'x' * 200}.xml": b"" for index in range(20)})
    assert listed(path, Limits(zip_members=2)) == [("a.zip", "count")]


@pytest.mark.parametrize("declared", [0, 1, 999_999])
def test_a_member_that_gives_more_than_it_declares_is_stopped(tmp_path: Path, declared: int) -> None:
    data = random.Random(1).randbytes(1_000_000)
    assert reason_of_reading(handmade(tmp_path / "a.zip", b"a.xml", data, declared=declared)) == "bomb"


def test_a_member_that_is_not_what_it_declares_is_broken(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    assert reason_of_reading(handmade(path, b"a.xml", XML, declared=len(XML) + 1)) == "broken"
    assert reason_of_reading(handmade(path, b"a.xml", XML, checksum=1)) == "broken"
    assert reason_of_reading(handmade(path, b"a.xml", XML, local_name=b"b.xml")) == "broken"
    handmade(path, b"a.xml", XML)
    path.write_bytes(path.read_bytes().replace(b"PK\3\4", b"PK\3\5"))
    assert reason_of_reading(path) == "broken"


def test_archives_that_are_none_are_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.xml": XML})
    whole = path.read_bytes()
    for size in range(len(whole)):
        path.write_bytes(whole[:size])
        assert listed(path) == [("a.zip", "broken" if size else "empty")]


def test_damage_anywhere_is_a_fault_or_harmless(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.xml": XML * 9})
    whole = path.read_bytes()
    for place in range(len(whole)):
        for mask in (0xFF, 0x01):
            path.write_bytes(whole[:place] + bytes([whole[place] ^ mask]) + whole[place + 1 :])
            for item in list_sources([str(path)], Limits()):
                if isinstance(item, Source):
                    assert content_or_code(item) in (XML * 9, "F006")


def test_an_empty_archive_gives_nothing(tmp_path: Path) -> None:
    assert listed(zipped(tmp_path / "a.zip", {})) == []
    assert listed(zipped(tmp_path / "a.zip", {"a/": b"", "__MACOSX/a.xml": b""})) == []


def test_an_archive_that_changed_is_a_fault(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.xml": XML})
    [source] = list_sources([str(path)], Limits())
    assert isinstance(source, Source)
    zipped(path, {"a.xml": XML + XML})
    with pytest.raises(ReadFault, match="F010"):
        source.open()
