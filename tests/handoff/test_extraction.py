"""Packages as ZIPs: which are refused, and how they are unpacked."""

import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from checktool.errors import HandoffError
from checktool.handoff import extract as extraction
from checktool.handoff.extract import extract
from checktool.handoff.verifier import verify

from .conftest import Hospital, document
from .test_verification import XML, flip, found


@pytest.fixture
def package(hospital: Hospital) -> Path:
    hospital.put("a.xml", document())
    hospital.put("b.xml", document("Survey"))
    return hospital.hand_over().package


def zip_of(package: Path, target: Path, top: str) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(path for path in package.rglob("*") if path.is_file()):
            archive.write(path, top + path.relative_to(package).as_posix())
    return target


@pytest.mark.parametrize("top", ["", "some-name/"])
def test_a_zip_is_verified_and_extracted(package: Path, tmp_path: Path, top: str) -> None:
    zipped = zip_of(package, tmp_path / "some-name.zip", top)
    verified = verify(zipped)
    assert (verified.faults, verified.name, verified.files) == ((), "some-name", 2)
    target = extract(verified, tmp_path / "new" / "folder")
    assert target == tmp_path / "new" / "folder" / "some-name"
    assert found(target) == []
    assert [path.name for path in target.parent.iterdir()] == ["some-name"]


def test_extraction_never_overwrites(package: Path, tmp_path: Path) -> None:
    target = tmp_path / "target"
    extract(verify(package), target)
    with pytest.raises(HandoffError) as fault:
        extract(verify(package), target)
    assert (fault.value.code, fault.value.params) == ("H014", {"path": str(target / package.name)})
    assert [path.name for path in target.iterdir()] == [package.name]


def test_extraction_that_reads_back_differently_leaves_nothing(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extraction, "chunks_of", lambda tree, path: iter([b"other"]))
    with pytest.raises(HandoffError) as fault:
        extract(verify(package), tmp_path / "target")
    assert fault.value.code == "H004"
    assert not (tmp_path / "target").exists()


def test_a_package_that_changed_after_its_verification_is_not_extracted(
    package: Path, tmp_path: Path
) -> None:
    verified = verify(package)
    flip("data/S0001.xml")(package)
    with pytest.raises(HandoffError) as fault:
        extract(verified, tmp_path / "target")
    assert fault.value.code == "H004"
    assert not (tmp_path / "target").exists()


def broken(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-30])


def linked(path: Path) -> None:
    with zipfile.ZipFile(path, "a") as archive:
        member = zipfile.ZipInfo("p/link")
        member.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(member, "/etc/passwd")


def with_member(name: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr(zipfile.ZipInfo(name), b"x")

    return change


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    "change",
    [broken, linked, with_member("p/../../x"), with_member("/x"), with_member("p/data/o0001.XML"),
     with_member(f"p/{XML}"), lambda path: path.write_bytes(b""), lambda path: path.write_bytes(b"no zip")],
)  # fmt: skip
def test_a_zip_that_cannot_be_trusted_is_refused(
    package: Path, tmp_path: Path, change: Callable[[Path], None]
) -> None:
    zipped = zip_of(package, tmp_path / "p.zip", "p/")
    change(zipped)
    with pytest.raises(HandoffError) as fault:
        verify(zipped)
    assert fault.value.code == "H009"


def test_a_backslash_in_a_zip_is_refused(package: Path, tmp_path: Path) -> None:
    zipped = zip_of(package, tmp_path / "p.zip", "p/")
    with zipfile.ZipFile(zipped, "a") as archive:
        archive.writestr("p/data_x.xml", b"x")
    zipped.write_bytes(zipped.read_bytes().replace(b"p/data_x.xml", b"p/data\\x.xml"))
    with pytest.raises(HandoffError) as fault:
        verify(zipped)
    assert (fault.value.code, fault.value.params["reason"]) == ("H009", "path")
