"""Whatever goes wrong while writing: a coded fault, and nothing is left in the target."""

import errno
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from checktool.errors import HandoffError
from checktool.handoff import payload, staging, writer, zipped
from checktool.model.report import CheckReport

from .conftest import Hospital, document

Patch = pytest.MonkeyPatch


@pytest.fixture
def ready(hospital: Hospital) -> Hospital:
    hospital.put("a.xml", document())
    hospital.put("b.xml", document("Survey"))
    hospital.report = hospital.check()
    return hospital


def fault_of(hospital: Hospital, **more: Any) -> HandoffError:
    with pytest.raises(HandoffError) as fault:
        hospital.hand_over(**more)
    return fault.value


def damaged(change: Callable[[bytearray], None], name: str) -> Callable[[int], None]:
    """A flush that damages the file of that name on its way to the medium."""

    def flush(descriptor: int) -> None:
        os.fsync(descriptor)
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        if path.name == name:
            data = bytearray(path.read_bytes())
            change(data)
            path.write_bytes(data)

    return flush


def flip(data: bytearray) -> None:
    data[len(data) // 2] ^= 1


def cut(data: bytearray) -> None:
    del data[-1:]


@pytest.mark.skipif(sys.platform != "linux", reason="finds the file behind a descriptor in /proc")
@pytest.mark.parametrize("change", [flip, cut])
@pytest.mark.parametrize(
    "name",
    [
        "bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt", "report.json",
        "check-record.json",
    ],
)  # fmt: skip
def test_a_bit_that_flips_on_the_medium_is_seen(
    ready: Hospital, monkeypatch: Patch, name: str, change: Callable[[bytearray], None]
) -> None:
    monkeypatch.setattr(staging, "flush", damaged(change, name))
    assert fault_of(ready).code == "H004"
    assert not ready.out.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="finds the file behind a descriptor in /proc")
def test_an_xml_that_reads_back_differently_is_seen(ready: Hospital, monkeypatch: Patch) -> None:
    def rename(data: bytearray) -> None:
        data[:] = data.replace("秘密".encode(), "秘蜜".encode())

    monkeypatch.setattr(staging, "flush", damaged(rename, "O0001.xml"))
    assert fault_of(ready).code == "H011"
    monkeypatch.setattr(staging, "flush", lambda descriptor: None)
    monkeypatch.setattr(writer, "_demand_same_verdicts", lambda *_: None)

    def check_again(data: Path) -> CheckReport:
        (data / "O0001.xml").write_text(document(name="別人"), encoding="utf-8")
        return ready.check(data)

    assert fault_of(ready, check_again=check_again).code == "H004"
    assert not ready.out.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="finds the file behind a descriptor in /proc")
def test_a_zip_that_reads_back_differently_is_seen(ready: Hospital, monkeypatch: Patch) -> None:
    name = "RENSHU-nanshou-sample-20261122-0001.zip"
    monkeypatch.setattr(zipped, "flush", damaged(flip, name))
    assert fault_of(ready, zip=True).code in ("H004", "H009")
    assert not ready.out.exists()


def test_content_that_cleaning_would_change_is_not_handed_over(ready: Hospital, monkeypatch: Patch) -> None:
    monkeypatch.setattr(payload, "clean", lambda text, keep: ["<Opinion xmlns='urn:t'/>"])
    fault = fault_of(ready)
    assert (fault.code, fault.params) == ("H004", {"count": 2})
    assert not ready.out.exists()


def test_a_source_that_changed_stops_everything(ready: Hospital) -> None:
    ready.put("a.xml", document(name="書換"))
    fault = fault_of(ready)
    assert (fault.code, fault.params) == ("H005", {"count": 1})
    assert not ready.out.exists()


@pytest.mark.parametrize("content", ["", "<broken", "\ufffe", "<Forms><A/></Forms>"])
def test_a_source_that_became_something_else(ready: Hospital, content: str) -> None:
    ready.put("b.xml", content)
    assert fault_of(ready).code == "H005"


def test_a_source_that_vanished_after_listing(ready: Hospital, monkeypatch: Patch) -> None:
    sources = ready.sources()
    (ready.export / "a.xml").unlink()
    monkeypatch.setattr(ready, "sources", lambda: sources)
    assert fault_of(ready).code == "H005"


def test_another_answer_of_the_second_check_stops_everything(ready: Hospital) -> None:
    def graver(data: Path) -> CheckReport:
        report = ready.check(data)
        return replace(report, files=report.files[:1])

    assert fault_of(ready, check_again=graver).code == "H011"
    assert not ready.out.exists()


def test_a_check_that_was_stopped_hands_nothing_over(ready: Hospital) -> None:
    def stopped(data: Path) -> CheckReport:
        return replace(ready.check(data), completed=False)

    assert fault_of(ready, check_again=stopped).code == "H011"


def test_a_full_medium(ready: Hospital, monkeypatch: Patch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(staging, "flush", full)
    fault = fault_of(ready)
    assert (fault.code, fault.params["reason"]) == ("H002", "full")
    assert not ready.out.exists()


def test_too_little_space_is_seen_before_writing(ready: Hospital, monkeypatch: Patch) -> None:
    usage = shutil.disk_usage(ready.export)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1000))
    fault = fault_of(ready)
    assert fault.code == "H008"
    assert fault.params["free"] == 1000
    assert fault.params["free_mb"] == "0.0"
    assert float(str(fault.params["need_mb"])) >= 0.1


def test_a_package_is_not_larger_than_the_pack_allows(ready: Hospital) -> None:
    size = sum(path.stat().st_size for path in ready.export.iterdir())
    allow(ready, size - 1)
    fault = fault_of(ready)
    assert (fault.code, fault.params) == ("H013", {"size": size, "most": size - 1})
    assert not ready.out.exists()
    allow(ready, size)
    assert len(ready.hand_over().handed) == 2


def allow(hospital: Hospital, most: int) -> None:
    """Let the pack bound a package."""
    limits = replace(hospital.pack.limits, package_bytes=most)
    hospital.pack = replace(hospital.pack, limits=limits)


@pytest.mark.parametrize(
    ("number", "word"), [(errno.EROFS, "read_only"), (errno.EACCES, "permission"), (errno.EIO, "OSError")]
)
def test_a_medium_that_cannot_be_written(ready: Hospital, monkeypatch: Patch, number: int, word: str) -> None:
    def refuse(self: Path, *_: Any, **__: Any) -> None:
        raise OSError(number, "refused")

    ready.out.mkdir()
    monkeypatch.setattr(Path, "mkdir", refuse)
    fault = fault_of(ready)
    assert (fault.code, fault.params) == ("H002", {"path": str(ready.out), "reason": word})
    assert ready.left_behind() == []


def test_a_target_that_is_a_file(ready: Hospital) -> None:
    ready.out.write_text("x", encoding="utf-8")
    assert fault_of(ready).code == "H001"
    ready.out = ready.out / "below"
    assert fault_of(ready).code == "H001"
    assert ready.out.parent.read_text(encoding="utf-8") == "x"


def test_nothing_to_hand_over_makes_no_folder(hospital: Hospital) -> None:
    hospital.put("a.xml", document(judged="error"))
    assert fault_of(hospital).code == "H003"
    assert not hospital.out.exists()


def test_a_stop_leaves_nothing(ready: Hospital) -> None:
    def stop(data: Path) -> CheckReport:
        raise KeyboardInterrupt

    ready.out = ready.out / "deep" / "er"
    with pytest.raises(KeyboardInterrupt):
        ready.hand_over(check_again=stop)
    assert not ready.out.parent.parent.exists()


def test_a_folder_that_was_there_stays_with_what_was_in_it(ready: Hospital, monkeypatch: Patch) -> None:
    ready.out.mkdir()
    (ready.out / "memo.txt").write_text("x", encoding="utf-8")

    def refuse(finished: Path, final: Path) -> None:
        raise FileExistsError(errno.EEXIST, "exists")

    monkeypatch.setattr(writer, "publish", refuse)
    fault = fault_of(ready)
    assert (fault.code, fault.params) == ("H014", {"path": str(ready.out)})
    assert ready.left_behind() == ["memo.txt"]


def test_publishing_never_replaces(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "final").mkdir()
    with pytest.raises(FileExistsError):
        staging.publish(tmp_path / "new", tmp_path / "final")


def test_originals_are_never_touched(ready: Hospital) -> None:
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in ready.export.iterdir()}
    ready.hand_over()
    assert before == {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in ready.export.iterdir()}
