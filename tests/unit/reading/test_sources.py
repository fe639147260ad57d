"""What is taken up as a document, under which name, and what is refused before it is one."""

import io
import os
import pickle
import sys
import zipfile
from pathlib import Path

import pytest

from checktool.errors import ReadError, UsageError
from checktool.model.definition import Limits
from checktool.reading.faults import ReadFault, fault_of
from checktool.reading.sources import Refused, Source, list_sources

XML = b"<?xml version='1.0' encoding='UTF-8'?><r/>"


def put(path: Path, data: bytes = XML) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def names(*paths: Path | str) -> list[str]:
    return [item.name for item in list_sources([str(path) for path in paths], Limits())]


def only(path: Path) -> Source:
    [source] = list_sources([str(path)], Limits())
    assert isinstance(source, Source)
    return source


def content(source: Source | Refused) -> bytes:
    assert isinstance(source, Source)
    with source.open() as stream:
        return stream.read()


def test_a_file_is_named_by_its_file_name(tmp_path: Path) -> None:
    source = only(put(tmp_path / "in" / "B001.xml"))
    assert (source.name, source.file_name) == ("B001.xml", "B001.xml")
    assert content(source) == XML


def test_a_file_given_by_name_is_taken_whatever_it_is(tmp_path: Path) -> None:
    assert names(put(tmp_path / "B001.txt", b"x"), put(tmp_path / ".hidden")) == ["B001.txt", ".hidden"]


def test_a_folder_is_walked_in_one_order_everywhere(tmp_path: Path) -> None:
    for name in ("b.xml", "B.xml", "a/z.xml", "a/あ.XML", "a.xml", "か.xml"):
        put(tmp_path / name)
    assert names(tmp_path) == ["B.xml", "a/z.xml", "a/あ.XML", "a.xml", "b.xml", "か.xml"]


@pytest.mark.parametrize(
    ("name", "data", "taken"),
    [
        ("O1.xml", b"", True),
        ("O1.XML", b"no xml", True),
        ("O1", XML, True),
        ("O1.dat", b"\xef\xbb\xbf" + XML, True),
        ("O1.txt", "<?xml version='1.0'?><r/>".encode("utf-16"), True),
        ("O1.txt", b"plain", False),
        ("report.html", XML, False),
        ("opinion.xsd", XML, False),
        (".O1.xml", XML, False),
        ("._O1.xml", XML, False),
        ("~$O1.xml", XML, False),
        ("__MACOSX/O1.xml", XML, False),
        ("Thumbs.db", XML, False),
    ],
)
def test_what_a_folder_gives(tmp_path: Path, name: str, data: bytes, taken: bool) -> None:
    put(tmp_path / name, data)
    assert names(tmp_path) == ([name] if taken else [])


def test_an_empty_folder_gives_nothing(tmp_path: Path) -> None:
    assert list_sources([str(tmp_path)], Limits()) == []


def test_links_are_not_followed(tmp_path: Path) -> None:
    put(tmp_path / "out" / "secret.xml")
    folder = put(tmp_path / "in" / "B001.xml").parent
    try:
        (folder / "loop").symlink_to(folder, target_is_directory=True)
        (folder / "out").symlink_to(tmp_path / "out", target_is_directory=True)
        (folder / "secret.xml").symlink_to(tmp_path / "out" / "secret.xml")
    except OSError:
        pytest.skip("this system lets users make no links")
    assert names(folder) == ["B001.xml"]


def test_what_is_passed_over_is_named(tmp_path: Path) -> None:
    for name in ("O1.xml", "readme.txt", "sub/scan.pdf", "opinion.xsd", ".hidden", "Thumbs.db"):
        put(tmp_path / name, b"x")
    passed_over: list[str] = []
    assert len(list_sources([str(tmp_path)], Limits(), passed_over)) == 1
    assert passed_over == ["opinion.xsd", "readme.txt", "sub/scan.pdf"]


def test_a_link_is_passed_over_and_named(tmp_path: Path) -> None:
    folder = put(tmp_path / "in" / "O1.xml").parent
    try:
        (folder / "O2.xml").symlink_to(put(tmp_path / "O2.xml"))
    except OSError:
        pytest.skip("this system lets users make no links")
    passed_over: list[str] = []
    assert len(list_sources([str(folder)], Limits(), passed_over)) == 1
    assert passed_over == ["O2.xml"]


def test_standard_input_is_taken_once() -> None:
    with pytest.raises(UsageError, match="A018"):
        list_sources(["-", "x.xml", "-"], Limits())


def test_names_that_clash_are_told_apart(tmp_path: Path) -> None:
    one, two = put(tmp_path / "s" / "O1.xml"), put(tmp_path / "t" / "O1.xml")
    assert names(one, two) == ["s/O1.xml", "t/O1.xml"]
    assert names(one.parent, two.parent) == ["s/O1.xml", "t/O1.xml"]
    again = put(tmp_path / "t" / "s" / "O1.xml")
    assert names(one, again) == ["s/O1.xml", "s/O1.xml (2)"]
    assert names(one, again, put(tmp_path / "s" / "O1.xml (2)")) == ["s/O1.xml", "s/O1.xml (2)", "O1.xml (2)"]


def test_what_is_given_twice_is_taken_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = put(tmp_path / "s" / "O1.xml"), put(tmp_path / "s" / "O2.xml")
    assert names(two, one.parent, one) == ["O2.xml", "O1.xml"]
    archive = tmp_path / "s" / "a.zip"
    with zipfile.ZipFile(archive, "w") as written:
        written.writestr("B1.xml", XML)
    assert names(archive, archive.parent) == ["a.zip!B1.xml", "O1.xml", "O2.xml"]


def test_a_relative_path_gives_the_same_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "s" / "O1.xml")
    monkeypatch.chdir(tmp_path / "s")
    assert names(".") == names("../s") == ["O1.xml"]
    assert names(".", "O1.xml") == ["O1.xml"]


@pytest.mark.skipif(sys.platform != "linux", reason="only here may a file name be any bytes")
def test_names_are_always_text_that_can_be_shown(tmp_path: Path) -> None:
    put(Path(os.fsdecode(bytes(tmp_path) + b"/\x83\x5c.xml")))
    put(tmp_path / "a\x1b[2J\n.xml")
    given = names(tmp_path)
    assert given == ["a\\x1b[2J\\n.xml", "\\udc83\\.xml"]
    assert [content(item) for item in list_sources([str(tmp_path)], Limits())] == [XML, XML]


@pytest.mark.parametrize("path", ["", "nowhere.xml", "no\0where", "x" * 5000])
def test_a_path_that_does_not_exist_is_an_error(path: str) -> None:
    with pytest.raises(ReadError) as raised:
        list_sources([path], Limits())
    assert raised.value.code == "I001"


def test_standard_input_is_read_once_and_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(XML), encoding="utf-8"))
    [source] = list_sources(["-"], Limits())
    assert isinstance(source, Source)
    assert (source.name, source.file_name) == ("-", "")
    assert content(pickle.loads(pickle.dumps(source))) == XML
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(XML), encoding="utf-8"))
    assert list_sources(["-"], Limits(document_bytes=9)) == [Refused("-", "F009", (("limit", "bytes"),))]


def test_a_package_in_a_folder_is_passed_over_and_named(tmp_path: Path) -> None:
    put(tmp_path / "B001.xml")
    for name in ("bagit.txt", "manifest-sha256.txt", "check-record.json"):
        put(tmp_path / "sub" / "P-0001" / name, b"x")
    put(tmp_path / "sub" / "P-0001" / "data" / "S0001.xml")
    with zipfile.ZipFile(tmp_path / "P-0002.zip", "w") as archive:
        for path in (tmp_path / "sub" / "P-0001").rglob("*.*"):
            archive.write(path, Path("P-0002") / path.relative_to(tmp_path / "sub" / "P-0001"))
    put(tmp_path / "a.txt", b"x")
    passed_over: list[str] = []
    found = list_sources([str(tmp_path)], Limits(), passed_over)
    assert [item.name for item in found] == ["B001.xml"]
    assert passed_over == ["P-0002.zip", "sub/P-0001", "a.txt"]
    assert names(tmp_path / "sub" / "P-0001") == ["data/S0001.xml"]
    assert names(tmp_path / "sub" / "P-0001" / "data") == ["S0001.xml"]
    (tmp_path / "sub" / "P-0001" / "check-record.json").unlink()
    assert names(tmp_path / "sub") == ["P-0001/data/S0001.xml"]


def test_a_source_opens_in_another_process(tmp_path: Path) -> None:
    source = only(put(tmp_path / "B001.xml"))
    again = pickle.loads(pickle.dumps(source))
    assert again == source
    assert content(again) == XML


def test_a_source_never_shows_its_bytes() -> None:
    assert "Suzuki" not in repr(Source("-", data=b"<Name>Suzuki</Name>"))


def test_a_file_that_vanished_or_changed_is_a_fault(tmp_path: Path) -> None:
    path = put(tmp_path / "B001.xml")
    source = only(path)
    put(path, XML + b" ")
    with pytest.raises(ReadFault, match="F010"):
        source.open()
    path.unlink()
    with pytest.raises(ReadFault, match="F010"):
        source.open()


def test_a_file_that_may_not_be_read_is_a_fault(tmp_path: Path) -> None:
    path = put(tmp_path / "B001.xml")
    source = only(path)
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
    with pytest.raises(ReadFault) as raised:
        source.open()
    assert (raised.value.code, raised.value.params) == ("F001", (("reason", "permission"),))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_refused_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "p.xml")
    refused = [Refused("p.xml", "F001", (("reason", "unreadable"),))]
    assert list_sources([str(tmp_path / "p.xml")], Limits()) == refused
    assert list_sources([str(tmp_path)], Limits()) == refused


def test_faults_of_the_system_are_told_apart() -> None:
    assert fault_of(FileNotFoundError()).code == "F010"
    assert fault_of(PermissionError()).params == (("reason", "permission"),)
    assert fault_of(OSError()).params == (("reason", "unreadable"),)


def test_a_fault_comes_back_from_another_process_whole() -> None:
    fault = pickle.loads(pickle.dumps(ReadFault("F006", reason="bomb")))
    assert (fault.code, fault.params) == ("F006", (("reason", "bomb"),))
