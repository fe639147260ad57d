"""Files that are not there, not readable, not what they seem, or gone before they are read."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ..unit.reading.zips import zipped
from .conftest import Check, bounded, child
from .documents import CORRECT, UNCHECKED, opinion

XML = opinion("").encode()
VANISHING = """
import json, sys
from datetime import date
from pathlib import Path
from checktool.checking.engine import CheckOptions, check
from checktool.definitions.pack import load
from checktool.model.report import CheckReport
from checktool.reading.sources import list_sources

folder, jobs = Path(sys.argv[1]), int(sys.argv[2])


def main():
    pack = load()
    sources = list_sources([str(folder)], pack.limits)
    (folder / "gone.xml").unlink()
    (folder / "gone.zip").unlink()
    (folder / "changed.xml").write_bytes(b"other")
    found = {}
    for item in check(sources, pack, CheckOptions(on=date(2026, 11, 22), jobs=jobs)):
        if not isinstance(item, CheckReport):
            found[item.source] = sorted({finding.code for finding in item.findings})
    print(json.dumps(found))


if __name__ == "__main__":
    main()
"""


FAILING = """
import sys
from checktool.checking.judge import Judge
from checktool.cli.main import main

known = Judge.document


def document(self, found):
    if b"Fictitious" in found.data:
        raise RuntimeError("no idea what to do with Fictitious")
    return known(self, found)


Judge.document = document
if __name__ == "__main__":
    sys.exit(main(["check", sys.argv[1], "--format", "json", "--jobs", "2"]))
"""


def put(path: Path, data: bytes = XML) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_a_path_that_does_not_exist(check: Check) -> None:
    answer = check("nowhere.xml")
    assert (answer.status, answer.report) == (UNCHECKED, {})
    assert "nowhere.xml" in answer.said
    assert "I001" in answer.said


@pytest.mark.parametrize("name", ["sub/readme.txt", "~$a.xml", ".a.xml", "__MACOSX/a.xml"])
def test_a_folder_without_xml(check: Check, tmp_path: Path, name: str) -> None:
    put(tmp_path / "in" / name, b"text")
    answer = check(tmp_path / "in")
    assert (answer.status, answer.files) == (UNCHECKED, {})
    assert answer.report["verdict"] == "unchecked"
    assert answer.said


def test_a_file_with_another_ending_is_checked_all_the_same(check: Check, tmp_path: Path) -> None:
    answer = check(put(tmp_path / "a.txt"))
    assert answer.status == CORRECT
    assert {"F002", "X107"} <= answer.codes("a.txt")


def test_a_byte_order_mark_is_noticed_and_no_more(check: Check, tmp_path: Path) -> None:
    plain, marked = (
        check(put(tmp_path / "a.xml")),
        check(put(tmp_path / "b" / "a.xml", b"\xef\xbb\xbf" + XML)),
    )
    assert marked.codes("a.xml") == plain.codes("a.xml") | {"X103"}
    places = [
        [(finding["line"], finding["column"]) for finding in file["findings"] if finding["code"] != "X103"]
        for file in (plain.files["a.xml"], marked.files["a.xml"])
    ]
    assert places[0] == places[1]


def test_standard_input(check: Check) -> None:
    assert check("-", given=XML).codes("-") >= {"X107"}
    assert check("-", given=b"").codes("-") == {"F001"}
    assert check("-", given=b"\xff" * 1000).codes("-") <= {"X101", "X102"}
    assert check("-", given=b"<" * 65_000_000).codes("-") == {"F009"}


def test_a_file_that_may_not_be_read(check: Check, close: Callable[[Path], None], tmp_path: Path) -> None:
    names = ("a.xml", "a.zip", "b.xml", "c")
    zipped(tmp_path / "a.zip", {"a.xml": XML})
    paths = [path if path.exists() else put(path) for path in (tmp_path / name for name in names)]
    for path in paths[:2]:
        close(path)
    answer = check(*paths)
    assert answer.status == UNCHECKED
    assert answer.codes("a.xml") == answer.codes("a.zip") == {"F001"}
    assert "権限" in answer.reasons("a.xml")
    assert "X107" in answer.codes("b.xml")


def test_a_folder_that_may_not_be_listed(check: Check, close: Callable[[Path], None], tmp_path: Path) -> None:
    closed = put(tmp_path / "in" / "closed" / "a.xml").parent
    put(tmp_path / "in" / "b.xml")
    close(closed)
    for answer in check(tmp_path / "in"), check(closed, tmp_path / "in" / "b.xml"):
        assert answer.status == UNCHECKED
        assert answer.codes("closed") == {"F001"}
        assert "X107" in answer.codes("b.xml")
    assert check(closed / "a.xml").codes("a.xml") == {"F001"}


@pytest.mark.skipif(sys.platform != "linux", reason="needs a file that opens and cannot be read")
def test_a_file_that_opens_and_cannot_be_read(check: Check, tmp_path: Path) -> None:
    (tmp_path / "a.xml").symlink_to("/proc/self/mem")
    answer = check(tmp_path / "a.xml", put(tmp_path / "b.xml"))
    assert answer.status == UNCHECKED
    assert answer.codes("a.xml") <= {"F001", "F010"}
    assert "X107" in answer.codes("b.xml")


@pytest.mark.skipif(sys.platform == "win32", reason="needs pipes and devices with names")
def test_pipes_and_devices_are_not_waited_for(check: Check, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xml")
    answer = check(tmp_path, "/dev/zero")
    assert answer.status == UNCHECKED
    assert answer.codes("pipe.xml") == answer.codes("zero") == {"F001"}


@pytest.mark.skipif(sys.platform == "win32", reason="users may make no links there")
def test_links_that_lead_in_circles_or_out(check: Check, tmp_path: Path) -> None:
    put(tmp_path / "out" / "b.xml")
    inside = put(tmp_path / "in" / "a.xml").parent
    (inside / "circle").symlink_to(inside, target_is_directory=True)
    (inside / "out").symlink_to(tmp_path / "out", target_is_directory=True)
    (inside / "nowhere.xml").symlink_to(inside / "gone.xml")
    assert list(check(inside).files) == ["a.xml"]


@pytest.mark.skipif(sys.platform != "linux", reason="only here may a file name be any bytes")
def test_names_that_are_no_text(check: Check, tmp_path: Path) -> None:
    put(Path(os.fsdecode(bytes(tmp_path) + b"/\x93\xef\x95\x61.xml")))
    put(tmp_path / "a\x1b]0;x\x07\r\n.xml")
    answer = check(tmp_path)
    assert sorted(answer.files) == ["\\udc93\\udcef\\udc95a.xml", "a\\x1b]0;x\\x07\\r\\n.xml"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_files_that_go_or_change_between_listing_and_reading(tmp_path: Path, jobs: int) -> None:
    script = put(tmp_path / "script" / "vanishing.py", VANISHING.encode())
    folder = tmp_path / "in"
    for name in ("gone.xml", "changed.xml", "stays.xml"):
        put(folder / name)
    zipped(folder / "gone.zip", {"a.xml": XML})
    done = bounded([str(script), str(folder), str(jobs)], tmp_path)
    found = json.loads(done.stdout)
    assert "X107" in found.pop("stays.xml")
    assert found == {"changed.xml": ["F010"], "gone.xml": ["F010"], "gone.zip!a.xml": ["F010"]}


def test_a_fault_of_the_tool_takes_one_file_and_tells_no_value(tmp_path: Path) -> None:
    script = put(tmp_path / "script" / "failing.py", FAILING.encode())
    put(tmp_path / "in" / "a.xml")
    put(tmp_path / "in" / "b.xml", opinion("<Name>Fictitious</Name>").encode())
    put(tmp_path / "in" / "c.xml")
    done = child([str(script), str(tmp_path / "in")], tmp_path)
    files = json.loads(done.stdout)["files"]
    assert [file["verdict"] for file in files] == ["correct", "unchecked", "correct"]
    assert "broken" in {layer["status"] for layer in files[1]["layers"]}
    assert done.returncode in (UNCHECKED, 70)
    assert b"Fictitious" not in done.stderr + done.stdout
