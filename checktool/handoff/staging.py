"""Writing that leaves either the finished thing under its name, or nothing at all.

Everything is first written into a hidden working folder on the same volume, flushed to the medium,
read back, and only then renamed. A fault or a stop removes what was written and the folders made.
"""

import errno
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from math import ceil, floor
from pathlib import Path

from checktool.errors import HandoffError
from checktool.handoff.manifest import new_hash

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
CHUNK = MB = 1 << 20


def demand_folder(folder: Path) -> None:
    """Raise HandoffError H001 when a path, or one above it, is there and is no folder."""
    try:
        steps = (folder, *folder.parents)
        nearest = next((step for step in steps if step.exists() or step.is_symlink()), None)
        if nearest is not None and not nearest.is_dir():
            raise HandoffError("H001", path=str(nearest))
    except OSError as fault:
        raise target_fault(fault, folder) from fault


@contextmanager
def target_folder(folder: Path) -> Iterator[None]:
    """Make a folder and its parents while the block runs; those made go again when it ends by a fault.

    Raises HandoffError H001 for a file, H002 where no folder can be made or written into.
    """
    demand_folder(folder)
    made: list[Path] = []
    try:
        for step in reversed((folder, *folder.parents)):
            if not step.is_dir():
                step.mkdir()
                made.append(step)
        yield
    except BaseException as fault:
        for step in reversed(made):
            with suppress(OSError):
                step.rmdir()
        if isinstance(fault, OSError):
            raise target_fault(fault, folder) from fault
        raise


@contextmanager
def working_folder(folder: Path, names: Iterable[str]) -> Iterator[tuple[str, Path]]:
    """The first free of some names, and a hidden folder for what will be called so.

    Making it is exclusive and so reserves the name against other runs; it is removed in any case when
    the block ends. Raises FileExistsError when no name is free.
    """
    name, place = _reserved(folder, names)
    try:
        yield name, place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _reserved(folder: Path, names: Iterable[str]) -> tuple[str, Path]:
    for name in names:
        place = folder / f".{name}.part"
        with suppress(FileExistsError):
            place.mkdir()
            if not any((folder / taken).exists() for taken in (name, f"{name}.zip")):
                return name, place
            place.rmdir()
    raise FileExistsError(errno.EEXIST, "exists")


def write_file(path: Path, chunks: Iterable[bytes]) -> str:
    """Write a new file, flush it to the medium, and answer the SHA-256 of what was to be written."""
    digest = new_hash("sha256")
    with path.open("xb") as stream:
        for chunk in chunks:
            digest.update(chunk)
            stream.write(chunk)
        stream.flush()
        flush(stream.fileno())
    return digest.hexdigest()


def flush(descriptor: int) -> None:
    """Flush a file to the medium, then drop what the system keeps of it, so that reading reads back."""
    os.fsync(descriptor)
    if sys.platform == "linux":
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)


def flush_folder(folder: Path) -> None:
    """Flush a folder's entries, where the system can."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def publish(finished: Path, final: Path) -> None:
    """Give the finished thing its name. Raises FileExistsError rather than replace anything."""
    if final.exists() or final.is_symlink():
        raise FileExistsError(errno.EEXIST, "exists", str(final))
    finished.rename(final)
    flush_folder(final.parent)


def demand_space(folder: Path, need: int) -> None:
    """Raise HandoffError H008 when a folder's volume has less than ``need`` bytes left."""
    free = shutil.disk_usage(folder).free
    if free < need:
        need_mb, free_mb = ceil(need / MB * 10) / 10, floor(free / MB * 10) / 10
        raise HandoffError("H008", need=need, free=free, need_mb=f"{need_mb:,}", free_mb=f"{free_mb:,}")


def target_fault(fault: OSError, folder: Path) -> HandoffError:
    """The fault of the target that an error of the operating system means."""
    if isinstance(fault, FileExistsError):
        return HandoffError("H014", path=str(folder))
    if fault.errno in FULL:
        reason = "full"
    elif fault.errno == errno.EROFS:
        reason = "read_only"
    elif isinstance(fault, PermissionError):
        reason = "permission"
    elif isinstance(fault, FileNotFoundError):
        reason = "vanished"
    else:
        reason = "OSError"
    return HandoffError("H002", path=str(folder), reason=reason)
