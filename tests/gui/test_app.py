"""The program as people start it, each case in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QLibraryInfo

from checktool.gui.instance import INBOX, SingleInstance
from checktool.samples.trial import shipped

ROOT = Path(__file__).resolve().parents[2]

DRIVE = """
import sys, threading
sys.addaudithook(lambda event, _: event.startswith("socket.") and sys.exit("a socket: " + event))
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog
from checktool.gui import app

def look():
    application = QApplication.instance()
    window = next((each for each in application.topLevelWidgets() if hasattr(each, "session")), None)
    for dialog in application.topLevelWidgets():
        if isinstance(dialog, QDialog) and dialog.isVisible():
            print("dialog", dialog.windowTitle(), flush=True)
            dialog.reject()
    if window is None or window.session.state.busy or (paths and not window.session.rows):
        return
    print("rows", len(window.session.rows), window.session.state.value, flush=True)
    timer.stop()
    window.close()

if __name__ == "__main__":
    paths = sys.argv[1:]
    application = app.make_application()
    timer = QTimer(interval=100)
    timer.timeout.connect(look)
    timer.start()
    code = app.run(paths)
    print("threads", threading.active_count(), "code", code, flush=True)
"""


def start(
    folder: Path, *paths: str, code: str = DRIVE, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a script on the source tree; what it prints is the answer."""
    script = folder / "drive.py"
    script.write_text(code, encoding="utf-8")
    given = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
        "PYTHONIOENCODING": "utf-8",
        **environment,
    }
    command = [sys.executable, str(script), *paths]
    return subprocess.run(
        command, env=given, capture_output=True, encoding="utf-8", check=False, timeout=60, cwd=folder
    )


def test_the_program_asks_who_works_checks_and_ends(tmp_path: Path, demo: Path) -> None:
    done = start(tmp_path, str(demo))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == "dialog 担当者の入力"
    assert done.stdout.splitlines()[-2:] == ["rows 7 done", "threads 1 code 0"]
    assert "Traceback" not in done.stderr


def test_a_second_start_gives_its_paths_to_the_first_and_ends(tmp_path: Path) -> None:
    user = tmp_path / "user"
    first = SingleInstance(user)
    assert first.claim()
    done = start(tmp_path, "書類.xml", CHECKTOOL_USER=str(user))
    assert done.returncode == 0, done.stderr
    assert done.stdout == "threads 1 code 0\n"
    left = list((user / INBOX).iterdir())
    assert len(left) == 1
    assert "drive.py" not in left[0].read_text(encoding="ascii")


def test_a_pack_that_cannot_be_used_is_told_at_the_start(tmp_path: Path) -> None:
    code = DRIVE.replace(
        "from checktool.gui import app\n",
        "from checktool.gui import app\nfrom checktool.errors import PackError\n"
        "def broken(*_): raise PackError('P001', id='x')\napp.load = broken\n",
    )
    done = start(tmp_path, code=code)
    assert "code 4" in done.stdout, done.stderr
    assert "P001" in done.stdout


@pytest.mark.parametrize("text", ["OK", "Cancel"])
def test_texts_of_qt_itself_are_japanese(qapp: object, text: str) -> None:
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    assert (folder / "qtbase_ja.qm").is_file()
    translated = qapp.translate("QPlatformTheme", text)  # type: ignore[attr-defined]
    assert translated in ("OK", "キャンセル")


def test_the_practice_documents_are_shipped() -> None:
    assert len(shipped().answers) == 7


def test_the_window_opens_without_the_engine(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom checktool.gui import app\nfrom PySide6.QtWidgets import QApplication\n"
        "app.make_application()\nwindow = app.open_window()\nwindow.show()\nwindow.close()\n"
        "late = {'checktool.checking.engine', 'openpyxl', 'xmlschema', 'elementpath'}\n"
        "print(sorted(late & {*sys.modules}))\n"
    )
    done = start(tmp_path, code=code)
    assert done.stdout == "[]\n", done.stdout + done.stderr
