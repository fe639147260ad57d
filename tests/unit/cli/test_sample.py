"""``checktool sample``: files in the folder, faults as exit statuses, nothing replaced."""

from pathlib import Path

import pytest

from checktool.cli.main import main
from checktool.cli.status import ExitStatus


def sample(folder: Path, *options: str) -> int:
    return main(["sample", "--on", "2026-11-22", *options, "-o", str(folder)])


def test_samples_lie_in_a_new_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "samples"
    assert sample(folder, "--form", "opinion", "--count", "3") == ExitStatus.OK
    names = [f"opinion-0001-000{number}.xml" for number in (1, 2, 3)]
    assert sorted(path.name for path in folder.iterdir()) == names
    said = capsys.readouterr()
    assert said.out == ""
    assert "3 件" in said.err


def test_a_second_run_of_the_same_request_changes_nothing(tmp_path: Path) -> None:
    assert sample(tmp_path, "--form", "survey") == ExitStatus.OK
    assert sample(tmp_path, "--form", "survey") == ExitStatus.OK
    assert len(list(tmp_path.iterdir())) == 1


def test_other_bytes_are_never_replaced(tmp_path: Path) -> None:
    place = tmp_path / "survey-0001-0001.xml"
    place.write_bytes(b"mine")
    assert sample(tmp_path, "--form", "survey") == ExitStatus.WRITE
    assert place.read_bytes() == b"mine"


@pytest.mark.parametrize(
    "options",
    [
        ("--form", "other"),
        ("--form", "survey", "--break", "F010"),
        ("--form", "survey", "--break", "D620"),
        ("--form", "survey", "--seed", "-1"),
        ("--form", "survey", "--variant", "some"),
        (),
    ],
)
def test_what_cannot_be_made_is_a_usage_fault(tmp_path: Path, options: tuple[str, ...]) -> None:
    assert sample(tmp_path, *options) == ExitStatus.USAGE
    assert list(tmp_path.iterdir()) == []


def test_a_code_to_break_may_be_written_small(tmp_path: Path) -> None:
    assert sample(tmp_path, "--form", "survey", "--break", "d609") == ExitStatus.OK
    assert [path.name for path in tmp_path.iterdir()] == ["survey-0001-D609-0001.xml"]
