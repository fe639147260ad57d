"""Where a report goes: standard output, or a file that is whole or not there."""

import os
import secrets
import sys
from collections.abc import Iterable
from pathlib import Path

from checktool.errors import HandoffError


def write_report(chunks: Iterable[str], target: str | None) -> None:
    """Write text to standard output, or to a file that is put in place when it is complete.

    Raises HandoffError A007 when the file cannot be written; a file that was there stays then.
    """
    if target is None:
        sys.stdout.writelines(chunks)
        sys.stdout.flush()
        return
    path = Path(target).resolve()
    try:
        if path.exists() and not path.is_file():
            _write(path, "w", chunks)
        else:
            _replace(path, chunks)
    except OSError as error:
        raise HandoffError("A007", path=target, reason=type(error).__name__) from error


def _replace(target: Path, chunks: Iterable[str]) -> None:
    temporary = target.with_name(f".checktool-{secrets.token_hex(8)}.tmp")
    try:
        _write(temporary, "x", chunks)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _write(path: Path, mode: str, chunks: Iterable[str]) -> None:
    with path.open(mode, encoding="utf-8", errors="backslashreplace", newline="") as file:
        file.writelines(chunks)
        file.flush()
        if mode == "x":
            os.fsync(file.fileno())
