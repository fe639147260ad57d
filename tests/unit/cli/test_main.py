"""The entry: faults become sentences and statuses, never tracebacks."""

import io
import os
import subprocess
import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

import pytest

from checktool import __version__
from checktool.cli import main as entry
from checktool.cli.parser import Parser, Subparsers
from checktool.errors import HandoffError, PackError
from checktool.gui import app
from checktool.wording import Wording

EndsIn = Callable[[BaseException], int]


class Broken:
    """A command module whose work ends in an error."""

    def __init__(self, error: BaseException) -> None:
        self.error = error

    def add_parser(self, subparsers: "Subparsers[Parser]", _wording: Wording) -> None:
        subparsers.add_parser("broken")

    def run(self, _args: Namespace, _wording: Wording) -> None:
        raise self.error


@pytest.fixture
def ends_in(monkeypatch: pytest.MonkeyPatch) -> EndsIn:
    """Run a command that ends in an error; gives the exit status."""

    def put(error: BaseException) -> int:
        monkeypatch.setattr(entry, "COMMANDS", {"broken": "tests.broken"})
        monkeypatch.setitem(sys.modules, "tests.broken", Broken(error))
        return entry.main(["broken"])

    return put


def test_no_arguments_show_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert entry.main([]) == 2
    assert capsys.readouterr().err.startswith("使い方: checktool")


def test_help_and_version_are_no_fault(capsys: pytest.CaptureFixture[str]) -> None:
    assert entry.main(["--help"]) == 0
    assert entry.main(["--version"]) == 0
    assert f"checktool {__version__}" in capsys.readouterr().out


@pytest.mark.parametrize(
    "line",
    ["history list", "policy show", "support-bundle -o x"],
)
def test_what_is_not_built_yet_is_said(capsys: pytest.CaptureFixture[str], line: str) -> None:
    assert entry.main(line.split()) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "（A003）" in shown.err


def test_a_known_fault_is_worded(ends_in: EndsIn, capsys: pytest.CaptureFixture[str]) -> None:
    assert ends_in(PackError("P001", id="nothing")) == 4
    shown = capsys.readouterr().err
    assert "検査定義「nothing」が見つかりません。" in shown
    assert "対応方法: " in shown
    assert "（P001）" in shown


def test_a_fault_of_writing_answers_5(ends_in: EndsIn) -> None:
    assert ends_in(HandoffError("A007", path="x", reason="OSError")) == 5


def test_an_unexpected_fault_shows_no_value(ends_in: EndsIn, capsys: pytest.CaptureFixture[str]) -> None:
    assert ends_in(ValueError("難病 太郎")) == 70
    shown = capsys.readouterr()
    assert "（E070）" in shown.err
    assert "太郎" not in shown.err + shown.out
    assert "Traceback" not in shown.err


def test_a_traceback_comes_on_request_alone(
    ends_in: EndsIn, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(entry.DEBUG, "1")
    assert ends_in(ValueError("x")) == 70
    assert "Traceback" in capsys.readouterr().err


def test_a_damaged_installation_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(entry, "Wording", lambda: {}["no wording"])
    assert entry.main(["check"]) == 70
    assert capsys.readouterr().err == "checktool: E070\n"


def test_an_interrupt_answers_130(ends_in: EndsIn, capsys: pytest.CaptureFixture[str]) -> None:
    assert ends_in(KeyboardInterrupt()) == 130
    assert capsys.readouterr().err == "中止しました。\n"


@pytest.mark.parametrize("arguments", [[], ["gui"], ["gui", "a.xml"]])
def test_without_the_parts_of_the_window_this_is_said(arguments: list[str], tmp_path: Path) -> None:
    (tmp_path / "PySide6.py").write_text("raise ImportError", encoding="ascii")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path), str(Path.cwd())])}
    command = [sys.executable, "-m", "checktool", *arguments]
    ran = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert ran.returncode == 2
    assert "画面の部品（PySide6）が入っていません。" in ran.stderr.decode("utf-8")


def test_without_a_screen_this_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in app.DISPLAYS:
        monkeypatch.delenv(name, raising=False)
    assert entry.main(["gui"]) == 2
    assert "画面を表示できる環境ではありません。" in capsys.readouterr().err


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp932"])
def test_any_console_encoding_is_survived(encoding: str) -> None:
    environment = os.environ | {"PYTHONIOENCODING": encoding}
    command = [sys.executable, "-m", "checktool", "--help"]
    ran = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert ran.returncode == 0
    assert "使い方" in ran.stdout.decode("utf-8")


def test_a_stream_of_another_kind_is_left_alone() -> None:
    stream = io.StringIO()
    assert entry.prepare(stream) is stream


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_closed_streams_change_no_answer(closed: str) -> None:
    command = f'"{sys.executable}" -m checktool check resources/demo --on 2025-11-20 {closed}'
    assert subprocess.run(["sh", "-c", command], check=False, capture_output=True).returncode == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("line", ["rules", "pack show", "selftest", "verify {bag}"])
def test_a_full_standard_output_is_a_fault_of_writing(line: str, tmp_path: Path) -> None:
    (tmp_path / "bagit.txt").write_text("x", encoding="utf-8")
    command = [sys.executable, "-m", "checktool", *line.format(bag=tmp_path).split()]
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        ran = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert ran.returncode == 5
    assert "「標準出力」に書き出せません" in ran.stderr.decode("utf-8")
