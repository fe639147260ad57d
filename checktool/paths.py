"""Where things lie: the only module that knows frozen, wheel and source tree, user and machine."""

import os
import sys
from pathlib import Path

DATA_FOLDERS = ("rules", "xsd", "codetables", "resources")


def data_root() -> Path:
    """The folder that holds ``rules``, ``xsd``, ``codetables`` and ``resources`` of this copy."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        return Path(frozen)
    package = Path(__file__).resolve().parent
    wheel = package / "_data"
    return wheel if wheel.is_dir() else package.parent


def resource(*parts: str) -> Path:
    """A shipped file or folder below ``resources``."""
    return data_root().joinpath("resources", *parts)


def machine_folder() -> Path:
    """Settings for all users of this PC; ``CHECKTOOL_MACHINE`` names another."""
    given = os.environ.get("CHECKTOOL_MACHINE")
    if given:
        return Path(given)
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData")) / "checktool"
    return Path("/etc/checktool")


def user_folder() -> Path:
    """Settings and installed packs of this user; ``CHECKTOOL_USER`` names another."""
    given = os.environ.get("CHECKTOOL_USER")
    if given:
        return Path(given)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
        return (Path(base) if base else Path.home() / "AppData" / "Local") / "checktool"
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "checktool"
