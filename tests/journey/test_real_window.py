"""The way of a clerk in a real window, driven from outside by keyboard and mouse alone."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.journey import dragging
from tests.journey.conftest import Runs, Samples
from tests.journey.desktop import HEIGHT, WIDTH, Desktop, Program

pytestmark = pytest.mark.slow

MAIN = "提出前チェック"
OPERATOR = "担当者の入力"
FOLDER = "検査するフォルダを選ぶ"
LONG = 30.0
DRAG = Path(dragging.__file__)


def begin(desktop: Desktop, *paths: str | Path) -> Program:
    """Start the program and say who is at work."""
    program = desktop.start(*paths)
    desktop.at_work(OPERATOR)
    desktop.type("A123")
    desktop.key("Return")
    desktop.at_work(MAIN)
    return program


def end(desktop: Desktop, program: Program) -> None:
    """Close the window by its key; the program ends by itself."""
    desktop.key("ctrl+q")
    desktop.until(lambda: program.poll() is not None, "the program does not end")
    assert program.returncode == 0


def name_folder(desktop: Desktop, folder: Path) -> None:
    """Type the name of a folder into the dialog, if it is there; Enter also puts a question away."""
    if desktop.title() == FOLDER:
        desktop.key("ctrl+a")
        desktop.type(str(folder))
        desktop.key("Return")


def copied(desktop: Desktop, *words: str) -> None:
    """Copy the findings of the opened document; all the words are in them."""
    desktop.key("ctrl+shift+c")
    desktop.until(
        lambda: all(word in desktop.clipboard() for word in words),
        f"not copied: {words}",
        lambda: desktop.key("ctrl+shift+c"),
    )


def clipped(desktop: Desktop) -> str:
    """What there is to copy now."""
    desktop.key("ctrl+shift+c")
    return desktop.clipboard()


def write_to(desktop: Desktop, folder: Path) -> None:
    """From the contents on the page ④ to a written package."""
    desktop.key("ctrl+s", "ctrl+s")
    desktop.type(str(folder))
    desktop.key("Tab", "Tab", "Tab", "Tab", "Tab", "space")
    desktop.until(lambda: any(folder.glob("RENSHU-*")), "nothing was written", lambda: desktop.key("ctrl+s"))


def verified(folder: Path) -> str:
    """What the command line says of what was written."""
    command = [sys.executable, "-m", "checktool", "verify", str(folder)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_from_exports_to_a_verified_package_by_keyboard_alone(
    desktop: Desktop, samples: Samples, runs: Runs, tmp_path: Path
) -> None:
    exports, out = tmp_path / "exports", tmp_path / "out"
    samples(exports, "--form", "survey", "--count", "2")
    samples(exports, "--form", "opinion", "--break", "D609")
    broken = next(exports.glob("opinion*"))
    sound = samples(tmp_path / "sound", "--form", "opinion")[0].read_bytes()

    program = begin(desktop)
    desktop.key("ctrl+shift+o")
    desktop.at_work(FOLDER)
    name_folder(desktop, exports)
    desktop.until(runs, "no check", lambda: name_folder(desktop, exports), every=LONG / 3)
    assert (runs()[0]["clean"], runs()[0]["correct"], runs()[0]["completed"]) == (2, 1, True)

    desktop.at_work(MAIN)
    desktop.key("Return")
    copied(desktop, broken.name, "× 要修正 D609")
    desktop.key("F8", "alt+Down")
    copied(desktop, "survey", "指摘はありません。")
    desktop.key("alt+Up")
    copied(desktop, broken.name)
    desktop.key("F1")
    desktop.at_work("D609")
    desktop.key("Escape")
    desktop.at_work(MAIN)

    broken.write_bytes(sound)
    desktop.key("F5")
    desktop.until(lambda: len(runs()) == 2, "no second check")
    assert (runs()[1]["clean"], runs()[1]["correct"]) == (3, 0)
    copied(desktop, broken.name, "✓ 解消 D609")

    write_to(desktop, out)
    desktop.until(lambda: len(runs()) == 3, "the hand-over is not kept")
    assert (runs()[2]["kind"], runs()[2]["handed"]) == ("handoff", 3)
    assert "XML 3 件" in verified(out)
    end(desktop, program)


def drop(desktop: Desktop, *paths: Path) -> None:
    """Drag files from another window into the middle of the one of the program."""
    window = desktop.windows(MAIN)[0]
    desktop.hand("windowmove", window, 0, 30)
    desktop.hand("windowsize", window, 1200, 900)
    place = (1400, 500)
    desktop.launch([sys.executable, str(DRAG), *map(str, (*place, *paths))])
    desktop.until(lambda: desktop.windows(dragging.TITLE), "nothing to drag from")
    source = desktop.windows(dragging.TITLE)[0]
    desktop.until(lambda: desktop.geometry(source)[:2] == place, "what is to be dragged is elsewhere")
    x, y, width, height = desktop.geometry(window)
    desktop.hand("mousemove", place[0] + dragging.SIZE // 2, place[1] + dragging.SIZE // 2)
    desktop.hand("mousedown", 1)
    for step in range(20):
        desktop.hand("mousemove", 1380 - step * (1380 - x - width // 2) // 19, y + height // 2, "sleep", 0.05)
    desktop.hand("sleep", 0.5, "mouseup", 1)


def test_files_are_dragged_in_and_one_is_opened_by_the_mouse(
    desktop: Desktop, samples: Samples, runs: Runs, tmp_path: Path
) -> None:
    made = samples(tmp_path / "made", "--form", "opinion", "--count", "9")
    exports = tmp_path / "出力 １１月"
    exports.mkdir()
    names = [f"意見書　髙﨑がく🌸{number}.xml" for number in range(9)]
    paths = [made[place].rename(exports / name) for place, name in enumerate(names)]

    program = begin(desktop)
    drop(desktop, *paths)
    desktop.until(runs, "no check", lambda: drop(desktop, *paths), every=LONG)
    assert (runs()[0]["confirm"], runs()[0]["unchecked"]) == (9, 0)

    window = desktop.windows(MAIN)[0]
    desktop.hand("windowactivate", window)
    desktop.at_work(MAIN)
    x, y, _, height = desktop.geometry(window)
    desktop.hand("mousemove", x + 400, y + height // 3)

    def double_click() -> None:
        desktop.hand("click", "--repeat", 2, "--delay", 60, 1)

    head = ".xml（小児慢性特定疾病 医療意見書）"
    desktop.until(lambda: head in clipped(desktop), "no document was opened", double_click)
    assert "△ 要確認 F003" in desktop.clipboard()
    assert any(name in desktop.clipboard() for name in names)
    end(desktop, program)


def test_a_second_start_brings_its_files_to_the_window_that_is_open(
    desktop: Desktop, samples: Samples, runs: Runs, tmp_path: Path
) -> None:
    first, second = tmp_path / "first", tmp_path / "２回目"
    samples(first, "--form", "survey")
    samples(second, "--form", "opinion", "--count", "3")
    program = begin(desktop, first)
    desktop.until(lambda: len(runs()) == 1, "no check")
    again = desktop.start(second)
    desktop.until(lambda: again.poll() is not None, "a second window")
    assert again.returncode == 0
    desktop.until(lambda: len(runs()) == 2, "the files of the second start were not checked")
    assert [run["clean"] for run in runs()] == [1, 3]
    assert len(desktop.windows(MAIN)) == 1
    desktop.at_work(MAIN)
    end(desktop, program)


def test_the_window_comes_back_where_it_was(desktop: Desktop) -> None:
    program = begin(desktop)
    window = desktop.windows(MAIN)[0]
    desktop.hand("windowsize", window, 1111, 888)
    desktop.until(lambda: desktop.geometry(window)[2:] == (1111, 888), "the window keeps its size")
    end(desktop, program)
    program = begin(desktop)
    window = desktop.windows(MAIN)[0]
    desktop.until(lambda: desktop.geometry(window)[2:] == (1111, 888), "the size is forgotten")
    end(desktop, program)


def test_the_first_window_fits_the_screen(desktop: Desktop) -> None:
    program = begin(desktop)
    x, y, width, height = desktop.geometry(desktop.windows(MAIN)[0])
    assert x + width <= WIDTH
    assert y + height <= HEIGHT
    end(desktop, program)
