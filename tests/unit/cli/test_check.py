"""``check``: statuses, streams, output files, what stays untouched."""

import io
import json
import os
import signal
import subprocess
import sys
import threading
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checktool.cli import running
from checktool.cli.check import status_of_run
from checktool.model.report import BatchResult, CheckReport, LayerStatus, PackInfo
from checktool.wording import Wording

Run = Callable[..., Any]
ON = "--on"
SERIAL = ("--jobs", "1")


@pytest.mark.parametrize(
    ("names", "options", "status"),
    [
        (["survey-1.xml"], [], 0),
        (["opinion-3.xml"], [], 0),
        (["opinion-3.xml"], ["--fail-on", "warning"], 1),
        (["opinion-4.xml"], [], 1),
        (["opinion-4.xml"], ["--fail-on", "never"], 0),
        (["survey-1.xml", "opinion-4.xml"], [], 1),
    ],
)
def test_the_status_follows_the_verdict(
    checktool: Run, documents: Path, on: str, names: list[str], options: list[str], status: int
) -> None:
    paths = [documents / name for name in names]
    assert checktool("check", *paths, *SERIAL, ON, on, *options).status == status


def test_what_could_not_be_checked_outweighs_what_is_to_be_corrected(
    checktool: Run, documents: Path, on: str
) -> None:
    (documents / "empty.xml").write_bytes(b"")
    assert checktool("check", documents, *SERIAL, ON, on).status == 3
    assert checktool("check", documents, *SERIAL, ON, on, "--fail-on", "never").status == 3


def test_no_file_gives_a_report_that_says_so(checktool: Run, tmp_path: Path, on: str) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    ran = checktool("check", empty, *SERIAL, ON, on, "--format", "json")
    tree = json.loads(ran.out)
    assert (ran.status, tree["verdict"], tree["files"]) == (3, "unchecked", [])
    assert "見つかりませんでした" in ran.err


def test_a_path_that_does_not_exist_is_a_fault_of_reading(checktool: Run, tmp_path: Path) -> None:
    ran = checktool("check", tmp_path / "nothing.xml")
    assert (ran.status, ran.out) == (3, "")
    assert "（I001）" in ran.err


def test_an_unknown_pack_answers_4(checktool: Run, documents: Path) -> None:
    assert checktool("check", documents, "--pack", "no-such-pack").status == 4
    assert checktool("check", documents, "--profile", "no-such-profile").status == 4


@pytest.mark.parametrize("name", ["sarif", "junit"])
def test_a_format_that_is_not_built_yet_is_said(checktool: Run, documents: Path, name: str) -> None:
    ran = checktool("check", documents, "--format", name)
    assert (ran.status, ran.out) == (2, "")
    assert f"「{name}」は、この版ではまだ使えません。" in ran.err


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("name", ["xlsx", "pdf"])
def test_a_format_for_files_goes_to_a_file_only(
    checktool: Run, documents: Path, tmp_path: Path, on: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / f"report.{name}"
    assert checktool("check", documents, *SERIAL, ON, on, "--format", name, "-o", target).status == 1
    assert target.read_bytes()[:4] in (b"PK\x03\x04", b"%PDF")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    ran = checktool("check", documents, "--format", name)
    assert (ran.status, ran.out, "（A016）" in ran.err) == (2, "", True)


def test_standard_output_carries_the_report_only(checktool: Run, documents: Path, on: str) -> None:
    ran = checktool("check", documents, *SERIAL, ON, on, "--format", "json")
    assert json.loads(ran.out)["summary"]["files"] == 7
    assert ran.err == ""


def test_jsonl_tells_the_disclaimer_beside_the_report(checktool: Run, documents: Path, on: str) -> None:
    ran = checktool("check", documents, *SERIAL, ON, on, "--format", "jsonl")
    assert len([json.loads(line) for line in ran.out.splitlines()]) == 7
    assert "本ツールは厚生労働省が配布・承認したものではありません。" in ran.err


@pytest.mark.parametrize("name", ["text", "json", "jsonl", "csv"])
def test_a_file_gets_what_standard_output_gets(
    checktool: Run, documents: Path, tmp_path: Path, on: str, name: str
) -> None:
    target = tmp_path / "report"
    target.write_bytes(b"an older report")
    shown = checktool("check", documents, *SERIAL, ON, on, "--format", name).out
    ran = checktool("check", documents, *SERIAL, ON, on, "--format", name, "-o", target)
    assert (ran.status, ran.out) == (1, "")
    assert target.read_bytes().decode("utf-8") == shown
    assert sorted(path.name for path in tmp_path.iterdir()) == ["documents", "report"]


def test_a_target_that_cannot_be_written_answers_5(
    checktool: Run, documents: Path, tmp_path: Path, on: str
) -> None:
    for target in (tmp_path, tmp_path / "nowhere" / "report.json"):
        ran = checktool("check", documents, *SERIAL, ON, on, "-o", target)
        assert ran.status == 5
        assert "（A007）" in ran.err


def test_a_report_never_replaces_a_document(checktool: Run, documents: Path, on: str) -> None:
    before = (documents / "survey-1.xml").read_bytes()
    ran = checktool("check", documents, *SERIAL, ON, on, "-o", documents / "survey-1.xml")
    assert ran.status == 2
    assert (documents / "survey-1.xml").read_bytes() == before


def test_standard_input_is_one_document(
    checktool: Run, documents: Path, on: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = (documents / "opinion-4.xml").read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    ran = checktool("check", "-", *SERIAL, ON, on, "--format", "json")
    tree = json.loads(ran.out)
    assert (ran.status, tree["files"][0]["source"], tree["summary"]["by_code"]) == (1, "-", {"D609": 1})


def test_redact_hides_names_and_values(checktool: Run, documents: Path, on: str) -> None:
    ran = checktool("check", documents, *SERIAL, ON, on, "--redact", "--format", "json")
    assert [word for word in ("opinion-", "survey-", "濵崎") if word in ran.out] == []
    assert '"#7"' in ran.out


def test_the_number_of_processes_changes_no_byte(checktool: Run, documents: Path, on: str) -> None:
    answers = {
        checktool("check", documents, *SERIAL, ON, on, "--format", "json", "--jobs", jobs).out
        for jobs in ("1", "2", "auto")
    }
    assert len(answers) == 1


def test_a_stopped_run_answers_130() -> None:
    pack = PackInfo("p", "1", "t", "sample", "")
    report = CheckReport(pack, None, (), "2026-01-01", (), BatchResult(LayerStatus.SKIPPED), completed=False)
    assert status_of_run(report) == 130


def test_ctrl_c_is_a_wish_to_stop_and_twice_an_end() -> None:
    stop = threading.Event()
    with running._interrupt_sets(stop):
        os.kill(os.getpid(), signal.SIGINT)
        assert stop.is_set()
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_options_come_from_arguments_and_policy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHECKTOOL_MACHINE", str(tmp_path))
    text = '[hospital]\ninstitution_code = "0110113710"\n'
    (tmp_path / "policy.toml").write_text(text, encoding="utf-8")
    options = running.options_of(Namespace(on=None, jobs=2, max_findings=5))
    assert (options.jobs, options.max_findings) == (2, 5)
    assert options.hospital.institution_code == "0110113710"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_standard_output_is_a_fault_of_writing(documents: Path, on: str) -> None:
    command = [sys.executable, "-m", "checktool", "check", str(documents), *SERIAL, ON, on]
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert ran.returncode == 5
    assert "（A007）" in ran.stderr.decode("utf-8")


def test_progress_is_told_on_a_terminal_alone(capsys: pytest.CaptureFixture[str]) -> None:
    shown, silent = (running.Progress(Wording(), 2, shown) for shown in (True, False))
    for progress in (silent, shown):
        progress.step()
        progress.step()
        progress.end()
    assert capsys.readouterr().err == "\r1 / 2 件  50%\r2 / 2 件  100%\n"


def test_a_reader_that_goes_away_is_no_crash(documents: Path, on: str) -> None:
    command = [
        sys.executable,
        "-m",
        "checktool",
        "check",
        str(documents),
        *SERIAL,
        ON,
        on,
        "--format",
        "json",
    ]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stderr is not None
    child.stdout.close()
    said = child.stderr.read()
    child.stderr.close()
    assert child.wait() == 5
    assert said == b""


def test_what_a_folder_holds_besides_is_told(checktool: Run, documents: Path, on: str) -> None:
    for number in range(6):
        (documents / f"memo-{number}.txt").write_text("x", encoding="utf-8")
    ran = checktool("check", documents, *SERIAL, ON, on)
    assert "検査しなかったものが 6 件あります。" in ran.err
    assert "memo-0.txt、" in ran.err
    assert "memo-5.txt" not in ran.err
    assert "memo" not in ran.out + checktool("check", documents, *SERIAL, ON, on, "--redact").err


def test_lines_of_files_say_that_there_are_findings_of_the_run(
    checktool: Run, documents: Path, on: str
) -> None:
    line = ("check", documents, *SERIAL, ON, on, "--format", "jsonl")
    assert "書類どうしの比較" not in checktool(*line).err
    (documents / "again.xml").write_bytes((documents / "survey-1.xml").read_bytes())
    assert "書類どうしの比較での指摘が 1 件あります。" in checktool(*line).err


def test_an_empty_folder_is_told_once(checktool: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    said = "検査するファイルが見つかりませんでした。"
    ran = checktool("check", tmp_path / "empty")
    assert (ran.status, ran.out.count(said), ran.err.count(said)) == (3, 1, 0)
    ran = checktool("check", tmp_path / "empty", "--format", "json")
    assert (ran.status, ran.out.count(said), ran.err.count(said)) == (3, 0, 1)
