"""A desktop without a screen: an X server, a window manager, and a hand that types and moves the mouse.

The program under test runs as people start it, in a process of its own; nothing of it is imported here.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

PROGRAMS = ("Xvfb", "jwm", "xdotool", "xclip")
APT = "sudo apt-get install -y --no-install-recommends xvfb xauth jwm xdotool xclip"
PATIENCE = 90.0
"""Seconds until what a person waits for must have come, on a machine that is busy with other things."""
RETRY = 2.0
WIDTH, HEIGHT = 1600, 1000
CONFIG = '<?xml version="1.0"?><JWM><FocusModel>click</FocusModel></JWM>'
PICTURE = """
import sys
from PySide6.QtGui import QGuiApplication
app = QGuiApplication([])
app.primaryScreen().grabWindow(0).save(sys.argv[1])
"""


def missing() -> list[str]:
    """The programs that are needed and not there."""
    return [program for program in PROGRAMS if shutil.which(program) is None]


class Desktop:
    """One display of its own; everything that was started on it ends with it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.user = folder / "user"
        self._started: list[subprocess.Popen[bytes]] = []
        self._number = 0
        self.environment = {
            **os.environ,
            "QT_QPA_PLATFORM": "xcb",
            "CHECKTOOL_USER": str(self.user),
            "CHECKTOOL_MACHINE": str(folder / "machine"),
            "PYTHONIOENCODING": "utf-8",
            "DISPLAY": self._display(),
        }
        config = folder / "jwmrc"
        config.write_text(CONFIG, encoding="utf-8")
        self.launch(["jwm", "-f", str(config)])

    def _display(self) -> str:
        """Start the X server, which chooses a free number."""
        told, number = os.pipe()
        screen = ["-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-nolisten", "tcp", "-displayfd", str(number)]
        self._started.append(
            subprocess.Popen(
                ["Xvfb", *screen], pass_fds=[number], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
        )
        os.close(number)
        with os.fdopen(told) as answer:
            return f":{answer.readline().strip()}"

    def launch(self, command: Sequence[str]) -> subprocess.Popen[bytes]:
        """Start a program on this display; what it says is kept in a file."""
        self._number += 1
        with self.said(self._number).open("wb") as said:
            started = subprocess.Popen(
                command, env=self.environment, stdout=said, stderr=said, cwd=self.folder
            )
        self._started.append(started)
        return started

    def start(self, *paths: str | Path) -> subprocess.Popen[bytes]:
        """Start the program's window."""
        return self.launch([sys.executable, "-m", "checktool", "gui", *map(str, paths)])

    def said(self, number: int) -> Path:
        """The file that holds what the program started as the nth said."""
        return self.folder / f"said-{number}.txt"

    def everything_said(self) -> str:
        """What all programs said so far."""
        files = sorted(self.folder.glob("said-*.txt"))
        return "".join(file.read_text(encoding="utf-8", errors="replace") for file in files)

    def close(self) -> None:
        """End everything."""
        for started in reversed(self._started):
            started.kill()
            started.wait()

    def hand(self, *command: str | int) -> str:
        """Let xdotool do something."""
        done = subprocess.run(
            ["xdotool", *map(str, command)], env=self.environment, capture_output=True, check=False
        )
        return done.stdout.decode("utf-8", "replace").strip()

    def key(self, *keys: str) -> None:
        """Press keys, one after the other."""
        self.hand("key", "--delay", 30, *keys)

    def type(self, text: str) -> None:
        """Type a text of ASCII characters."""
        self.hand("type", "--delay", 15, text)

    def clipboard(self) -> str:
        """The text on the clipboard."""
        command = ["timeout", "5", "xclip", "-o", "-selection", "clipboard"]
        done = subprocess.run(command, env=self.environment, capture_output=True, check=False)
        return done.stdout.decode("utf-8", "replace")

    def title(self) -> str:
        """The title of the window at work."""
        return self.hand("getactivewindow", "getwindowname")

    def windows(self, title: str) -> list[int]:
        """The visible windows with a title."""
        return [
            int(each) for each in self.hand("search", "--onlyvisible", "--name", re.escape(title)).split()
        ]

    def geometry(self, window: int) -> tuple[int, int, int, int]:
        """Place and size of a window."""
        shell = self.hand("getwindowgeometry", "--shell", window)
        found = dict(line.split("=") for line in shell.splitlines())
        x, y, width, height = (int(found[key]) for key in ("X", "Y", "WIDTH", "HEIGHT"))
        return x, y, width, height

    def until(
        self,
        holds: Callable[[], object],
        what: str,
        again: Callable[[], None] | None = None,
        every: float = RETRY,
    ) -> None:
        """Wait until something holds; now and then do something again, as a person would."""
        end = time.monotonic() + PATIENCE
        pressed = time.monotonic()
        while not holds():
            if time.monotonic() > end:
                raise AssertionError(f"{what}; {self.picture()}; said: {self.everything_said()[-2000:]}")
            if again is not None and time.monotonic() - pressed > every:
                again()
                pressed = time.monotonic()
            time.sleep(0.05)

    def at_work(self, title: str, again: Callable[[], None] | None = None) -> None:
        """Wait until the window with a title (or that begins so) is the one at work."""
        self.until(lambda: self.title().startswith(title), f"no window 「{title}」 at work", again)

    def picture(self) -> Path:
        """A picture of the screen, for people who look for what went wrong."""
        path = self.folder / "screen.png"
        command = [sys.executable, "-c", PICTURE, str(path)]
        subprocess.run(command, env=self.environment, capture_output=True, check=False)
        return path
