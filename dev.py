"""Sets this source tree up and runs it: ``python3 dev.py demo | test | build | gui | bench``.

Needs CPython 3.11 or newer and nothing else; works on Debian, Ubuntu and Windows. What it installs
goes into ``.venv`` beside this file; system libraries go through apt where that is permitted.
"""

import argparse
import hashlib
import importlib.util
import os
import platform
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "checktool.stamp"
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")

QT_PACKAGES = [
    *("libegl1", "libgl1", "libxkbcommon0", "libfontconfig1", "libfreetype6"),
    *("libdbus-1-3", "libglib2.0-0", "libx11-6", "fonts-noto-cjk"),
]
SCREEN_PACKAGES = [
    *("xvfb", "xauth", "jwm", "xdotool", "xclip", "libxkbcommon-x11-0", "libx11-xcb1", "libxcb-cursor0"),
    *("libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-randr0", "libxcb-render-util0"),
    *("libxcb-shape0", "libxcb-sync1", "libxcb-xfixes0", "libxcb-xkb1"),
]
TEST_PACKAGES = [*QT_PACKAGES, *SCREEN_PACKAGES, "libxml2-utils", "zip", "binutils"]

LINTS = {
    "ruff check": ["-m", "ruff", "check", "."],
    "ruff format": ["-m", "ruff", "format", "--check", "."],
    "mypy": ["-m", "mypy", "--strict", "checktool"],
    "lint-imports": ["-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-logo"],
}
PYTEST = ["-m", "pytest", "-n", "auto", "--dist", "loadgroup"]


def say(text: str) -> None:
    """Print one line about what happens now, before the output of what it starts."""
    print(f"dev.py: {text}", flush=True)


def system_python() -> bool:
    """Whether this is the interpreter of a Debian or Ubuntu system, which comes in parts."""
    return not WINDOWS and sys.base_prefix == "/usr" and shutil.which("dpkg-query") is not None


def installed(package: str) -> bool:
    """Whether a Debian package, or its successor with 64-bit time, is installed."""
    names = [package, f"{package}t64"]
    asked = subprocess.run(
        ["dpkg-query", "-W", "-f=${Status}\n", *names], capture_output=True, text=True, check=False
    )
    return "install ok installed" in asked.stdout


def apt_prefix() -> list[str] | None:
    """What to put before apt-get, or None where it may not be used without asking."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
        return ["sudo", "-n"] if asked.returncode == 0 else None
    return None


def install_system_packages(packages: Iterable[str]) -> bool:
    """Install what is missing by apt; where that is not possible, print the exact line."""
    if WINDOWS or not shutil.which("dpkg-query"):
        return True
    missing = [package for package in packages if not installed(package)]
    if not missing:
        return True
    prefix = apt_prefix()
    if prefix is None:
        say(f"please run: sudo apt-get install -y --no-install-recommends {' '.join(missing)}")
        return False
    say(f"installing {' '.join(missing)}")
    environment = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]
    subprocess.run([*environment, "update"], stdin=subprocess.DEVNULL, check=False)
    done = subprocess.run(
        [*environment, "install", "-y", "--no-install-recommends", *missing],
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode:
        say(f"apt-get could not install: {' '.join(missing)}")
    return done.returncode == 0


def fingerprint() -> str:
    """What the environment was made from; when it changes, the environment is made anew."""
    sources = (LOCK, ROOT / "pyproject.toml", ROOT / "setup.py")
    hashes = [hashlib.sha256(source.read_bytes()).hexdigest() for source in sources]
    return "\n".join([sys.version, sys.base_prefix, str(ROOT), *hashes])


def set_up() -> None:
    """Make ``.venv`` with everything the lock file names and this project, editable."""
    wanted = fingerprint()
    if STAMP.is_file() and STAMP.read_text(encoding="utf-8") == wanted:
        return
    if importlib.util.find_spec("ensurepip") is None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        if not install_system_packages([f"python{version}-venv"]):
            raise SystemExit(1)
    say("setting up .venv (once, about a minute)")
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)
    pip = [str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input"]
    subprocess.run([*pip, "--only-binary=:all:", "--require-hashes", "-r", str(LOCK)], check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)], check=True)
    subprocess.run([str(PYTHON), "-m", "compileall", "-qq", str(ROOT / "checktool")], check=False)
    STAMP.write_text(wanted, encoding="utf-8")


def run(*arguments: str) -> int:
    """Run the environment's Python in the source tree and answer its exit code."""
    return subprocess.run([str(PYTHON), *arguments], cwd=ROOT, check=False).returncode


def demo(arguments: Sequence[str]) -> int:
    """Set up, then check the shipped samples and hand over a verified package."""
    set_up()
    return run("-m", "checktool", "demo", *arguments)


def gui(arguments: Sequence[str]) -> int:
    """Set up, then open the window."""
    install_system_packages(QT_PACKAGES)
    set_up()
    return run("-m", "checktool", "gui", *arguments)


def bench(arguments: Sequence[str]) -> int:
    """Set up, then compare a whole check with xmllint."""
    install_system_packages(["libxml2-utils"])
    set_up()
    return run(str(ROOT / "benchmarks" / "check_vs_xmllint.py"), *arguments)


def test(arguments: Sequence[str]) -> int:
    """Set up, then run every linter and, last, the tests; zero only if all of them pass."""
    library = [f"libpython3.{sys.version_info.minor}"] if system_python() else []
    install_system_packages([*TEST_PACKAGES, *library])
    set_up()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    failed = []
    for name, command in LINTS.items():
        say(name)
        if run(*command):
            failed.append(name)
    say(f"failed before the tests: {', '.join(failed)}" if failed else "linters passed")
    code = run(*PYTEST, *arguments)
    return code or (1 if failed else 0)


def build(arguments: Sequence[str]) -> int:
    """Freeze the program into ``dist/`` and prove a read-only copy of it."""
    library = [f"libpython3.{sys.version_info.minor}"] if system_python() else []
    install_system_packages(["binutils", *QT_PACKAGES, *library])
    set_up()
    places = ["--distpath", str(ROOT / "dist"), "--workpath", str(ROOT / "build" / "frozen")]
    code = run("-m", "PyInstaller", "--noconfirm", *places, *arguments, "build_installer.spec")
    return code or prove_frozen(ROOT / "dist" / "checktool")


def prove_frozen(folder: Path) -> int:
    """Run the self-test and the demo of a frozen program from a copy that cannot be written to."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "program"
        shutil.copytree(folder, copy, symlinks=True)
        protect(copy, writable=False)
        try:
            for command in (["selftest", "--gui"], ["demo"]):
                say(f"frozen {' '.join(command)}")
                program = [str(copy / ("checktool.exe" if WINDOWS else "checktool")), *command]
                code = subprocess.run(program, cwd=scratch, check=False).returncode
                if code:
                    return code
        finally:
            protect(copy, writable=True)
    say(f"the program is in {folder}")
    return 0


def protect(folder: Path, *, writable: bool) -> None:
    """Take away or give back the right to write anywhere in a folder."""
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | stat.S_IWUSR if writable else mode & ~0o222)


COMMANDS = {"demo": demo, "test": test, "build": build, "gui": gui, "bench": bench}


def main() -> int:
    """Choose the command; what follows it is handed on."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="handed on to the command")
    given = parser.parse_args()
    if sys.version_info < (3, 11) or platform.python_implementation() != "CPython":
        say("CPython 3.11 or newer is needed")
        return 2
    return COMMANDS[given.command](given.arguments)


if __name__ == "__main__":
    sys.exit(main())
