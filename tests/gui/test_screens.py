"""The pictures of the window: made by the command, the same every time, every text whole at every scale."""

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from checktool.gui.fitting import ElidedLabel
from checktool.gui.screens.cutting import cut_texts
from checktool.gui.screens.scenes import OTHERWISE, PLAIN, ROOM

from .test_app import ROOT

COMMAND = [sys.executable, "-m", "checktool.gui.screens"]
NAMES = [scene.name for scene in PLAIN]
LEAST_COLOURS = 8
STEP = 7
LARGEST_FILE = 150_000


def take(folder: Path, only: Sequence[str], scale: float) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own; Qt takes its scale only at the start."""
    command = [*COMMAND, "-o", str(folder), "--scale", str(scale), "--only", *only]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=600, cwd=ROOT)


@pytest.mark.parametrize(
    ("scale", "only"),
    [
        (1.0, NAMES[: len(NAMES) // 2]),
        (1.0, NAMES[len(NAMES) // 2 :]),
        (1.0, [f"{name}-largest" for name in OTHERWISE]),
        (1.0, ["check-mixed-dark", "correct-form-contrast"]),
        (1.5, OTHERWISE),
        (2.0, NAMES[: len(NAMES) // 2]),
        (2.0, NAMES[len(NAMES) // 2 :]),
    ],
)
def test_every_text_can_be_read_whole(tmp_path: Path, scale: float, only: Sequence[str]) -> None:
    done = take(tmp_path / "pictures", only, scale)
    assert done.returncode == 0, done.stderr
    pictures = sorted((tmp_path / "pictures").iterdir())
    assert len(pictures) == len(only)
    assert [path.name for path in pictures if colours(path) < LEAST_COLOURS] == []
    widths = {QImage(str(path)).width() for path in pictures}
    assert round(ROOM[scale][0] * scale) in widths


def colours(path: Path) -> int:
    """How many colours a picture has, looked at in a grid."""
    image = QImage(str(path))
    points = ((x, y) for x in range(0, image.width(), STEP) for y in range(0, image.height(), STEP))
    return len({image.pixel(x, y) for x, y in points})


def test_a_picture_is_the_same_every_time_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    for folder in ("first", "second"):
        assert take(tmp_path / folder, ["check-running", "write-result"], 1.0).returncode == 0
    for path in (tmp_path / "first").iterdir():
        assert path.read_bytes() == (tmp_path / "second" / path.name).read_bytes()
    assert list((tmp_path / "temporary").iterdir()) == []


def test_an_unknown_name_takes_no_picture(tmp_path: Path) -> None:
    done = take(tmp_path, ["no-such-scene"], 1.0)
    assert done.returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_kept_pictures_are_small_and_shown() -> None:
    kept = {f"docs/pictures/{path.name}" for path in (ROOT / "docs" / "pictures").iterdir()}
    for name in ("README.md", "README.ja.md"):
        assert (
            set(re.findall(r"\((docs/pictures/[^)]+)\)", (ROOT / name).read_text(encoding="utf-8"))) == kept
        )
    for path in [*(ROOT / "docs" / "pictures").iterdir(), *(ROOT / "resources" / "manual").glob("*.png")]:
        assert path.stat().st_size < LARGEST_FILE, path.name


@pytest.fixture
def narrow(qtbot: QtBot, qapp: object) -> QWidget:
    """A window that is too narrow for what is in it."""
    top = QWidget()
    qtbot.addWidget(top)
    top.setFixedSize(60, 400)
    return top


@pytest.mark.parametrize("kind", [QLabel, QPushButton, ElidedLabel])
def test_a_text_that_is_cut_off_is_found(narrow: QWidget, kind: type[QLabel]) -> None:
    text = "書き出し先のフォルダを選んでください。"
    widget = kind(text)
    widget.setParent(narrow)
    widget.setGeometry(0, 0, 50, 30)
    if isinstance(widget, ElidedLabel):
        widget.show_text(text)
    narrow.show()
    assert cut_texts(narrow) == [text]
    widget.setGeometry(0, 0, 500, 40)
    narrow.setFixedSize(520, 400)
    if isinstance(widget, ElidedLabel):
        widget.show_text(text)
    assert cut_texts(narrow) == []


def test_lines_that_do_not_fit_are_found(narrow: QWidget) -> None:
    label = QLabel("書き出し先のフォルダを選んでください。", narrow, wordWrap=True)
    label.setGeometry(0, 0, 50, 30)
    narrow.show()
    assert cut_texts(narrow) == [label.text()]


def test_tabs_and_windows_that_do_not_fit_are_found(narrow: QWidget) -> None:
    row = QHBoxLayout(narrow)
    bar = QTabBar()
    for text in ("検査定義", "運用設定", "動作確認"):
        bar.addTab(text)
    row.addWidget(bar)
    narrow.show()
    assert "動作確認" in cut_texts(narrow)
    assert cut_texts(narrow, QSize(50, 500))[0] == "60 x 400 in 50 x 500"
