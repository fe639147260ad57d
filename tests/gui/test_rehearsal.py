"""The self-test of the window: every step, what it says of a fault, the user's own folder left alone."""

from pathlib import Path

import pytest
from PySide6.QtCore import qCritical, qDebug, qWarning
from pytestqt.qtbot import QtBot

from checktool.cli.main import main
from checktool.gui import rehearsal, theme
from checktool.handoff.rehearsal import Outcome
from checktool.wording import Wording

PASSED, FAILED, SKIPPED = Outcome.PASSED, Outcome.FAILED, Outcome.SKIPPED


def outcomes() -> dict[str, Outcome]:
    return {step.name: step.outcome for step in rehearsal.rehearse_window(Wording())}


def test_every_step_holds_and_nothing_of_the_user_is_touched(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHECKTOOL_USER", str(tmp_path))
    assert outcomes() == dict.fromkeys(rehearsal.WINDOW_STEPS, PASSED)
    assert not list(tmp_path.iterdir())


def test_a_missing_japanese_font_is_told(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(theme, "has_japanese_font", lambda: False)
    assert list(outcomes().values()) == [PASSED, FAILED, SKIPPED, SKIPPED, SKIPPED]


def test_the_command_line_tells_both_parts(qtbot: QtBot, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["selftest", "--gui"]) == 0
    said = capsys.readouterr().out
    assert said.count("✔") == 7 + len(rehearsal.WINDOW_STEPS)
    assert "すべて正しく動きました。" in said


def test_a_fault_of_the_window_is_the_status(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(theme, "has_japanese_font", lambda: False)
    assert main(["selftest", "--gui"]) == 70
    assert "✘ 日本語の書体" in capsys.readouterr().out


def test_notes_of_qt_are_not_shown_and_faults_are(capsys: pytest.CaptureFixture[str]) -> None:
    with rehearsal._calm_platform():
        qDebug("a note")
        qWarning("This plugin does not support propagateSizeHints()")
        qWarning("QPainter: a real fault")
        qCritical("a grave one")
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "QPainter: a real fault\na grave one\n")
