"""Where a report goes: standard output, or a file that is whole or not there."""

import os
import secrets
import sys
from collections.abc import Iterable
from pathlib import Path

from checktool.errors import HandoffError, UsageError


def write_report(chunks: Iterable[str], target: str | None) -> None:
    """Write text to standard output, or to a file that is put in place when it is complete.

    Raises HandoffError A007 when the file cannot be written; a file that was there stays then.
    """
    try:
        if target is None:
            sys.stdout.writelines(chunks)
            sys.stdout.flush()
        elif Path(target).exists() and not Path(target).is_file():
            _write(Path(target), "w", chunks)
        else:
            _replace(Path(target).resolve(), chunks)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise HandoffError("A007", path=target or "-", reason=type(error).__name__) from error


def demand_place(form: str, target: str | None) -> None:
    """Raise UsageError A016 for a format that a terminal cannot show and that has no file to go to."""
    if target is None and sys.stdout.isatty():
        raise UsageError("A016", format=form)


def show(*lines: str) -> None:
    """Print lines on standard output. Raises HandoffError A007 when it takes nothing more."""
    write_report((f"{line}\n" for line in lines), None)


def write_binary(data: bytes, target: str | None) -> None:
    """Write bytes to standard output, or to a file as ``write_report`` does. Raises HandoffError A007."""
    try:
        if target is None:
            sys.stdout.buffer.write(data)
            sys.stdout.flush()
            return
        path = Path(target).resolve()
        temporary = path.with_name(f".checktool-{secrets.token_hex(8)}.tmp")
        try:
            temporary.write_bytes(data)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except BrokenPipeError:
        raise
    except OSError as error:
        raise HandoffError("A007", path=target or "-", reason=type(error).__name__) from error


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
