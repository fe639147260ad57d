"""What is in use among the installed packs: ``packs/active.toml`` of the user.

``[default] id`` is the pack that a check uses when none is named; ``[<pack id>]`` has the ``edition`` in
use and the one ``before`` it.
"""

import os
import secrets
import tomllib
from pathlib import Path

from checktool import paths
from checktool.errors import PackError

Active = dict[str, dict[str, str]]
NAME = "active.toml"


def home(machine: bool = False) -> Path:
    """The folder of installed packs of this user, or of the machine."""
    return (paths.machine_folder() if machine else paths.user_folder()) / "packs"


def read() -> Active:
    """What is in use; empty without a choice. Raises PackError P002."""
    path = home() / NAME
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except (OSError, ValueError) as fault:
        raise PackError("P002", path=path.name, reason=type(fault).__name__) from None


def write(known: Active) -> None:
    """Keep what is in use. Raises PackError P047."""
    lines = []
    for name, table in sorted(known.items()):
        lines += [f'["{name}"]', *(f'{key} = "{value}"' for key, value in sorted(table.items())), ""]
    path = home() / NAME
    draft = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write("\n".join(lines))
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(path)
    except OSError as fault:
        draft.unlink(missing_ok=True)
        raise PackError("P047", path=str(path), reason=type(fault).__name__) from None
