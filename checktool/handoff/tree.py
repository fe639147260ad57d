"""What lies in a package, whether it is a folder or a ZIP of one: names first, bytes on demand."""

import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from checktool.errors import HandoffError
from checktool.handoff.manifest import BAGIT, INFO, MANIFEST
from checktool.model.definition import Limits
from checktool.reading.archive import Member, list_members, open_member
from checktool.reading.faults import ReadFault

ZIP_BEGIN = b"PK"
UNFINISHED = re.compile(r"\..+-[0-9]{8}-[0-9]{4,}\.part")


@dataclass(frozen=True, slots=True)
class Entry:
    """One file: its path below the package with ``/``, its size, and whether it is a plain file."""

    path: str
    size: int
    plain: bool = True


class Tree(Protocol):
    """A package as its verification sees it."""

    name: str

    def entries(self) -> list[Entry]:
        """Every file, sorted by path."""

    def open(self, path: str) -> BinaryIO:
        """The bytes of a file; raises OSError or ReadFault, also while reading."""


class FolderTree:
    """A package that is a folder; links are told, not followed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.name = root.resolve().name

    def entries(self) -> list[Entry]:
        """Every file, sorted by path; raises OSError for a folder that cannot be read."""
        return sorted(_walk(self.root, ""), key=lambda entry: entry.path)

    def open(self, path: str) -> BinaryIO:
        """The bytes of a file of ``entries``."""
        return self.root.joinpath(*path.split("/")).open("rb")


class ZipTree:
    """A package that is a ZIP: one top folder of its name, or the files themselves."""

    def __init__(self, path: Path) -> None:
        """Raises HandoffError H009 for an archive that cannot be opened safely."""
        self.path = path
        try:
            members = list_members(path, Limits())
        except ReadFault as fault:
            raise _unusable(fault) from fault
        if any(b"\\" in member.raw_name for member in members):
            raise HandoffError("H009", reason="path")
        tops = {member.name.partition("/")[0] for member in members if "/" in member.name}
        single = len(tops) == 1 and all("/" in member.name for member in members)
        top = tops.pop() if single else ""
        cut = len(top) + 1 if top and top != "data" else 0
        self.name = top if cut else path.stem
        self._members: dict[str, Member] = {member.name[cut:]: member for member in members}

    def entries(self) -> list[Entry]:
        """Every file, sorted by path."""
        return [Entry(path, member.expanded) for path, member in sorted(self._members.items())]

    def open(self, path: str) -> BinaryIO:
        """The bytes of a file of ``entries``."""
        stream = self.path.open("rb")
        try:
            return open_member(stream, self._members[path])
        except BaseException:
            stream.close()
            raise


def tree_of(path: Path) -> Tree:
    """The package at a path: a folder, else a ZIP.

    Raises HandoffError H006 for a file that is neither by its name nor by its begin, H009, OSError.
    """
    if path.is_dir():
        return FolderTree(path)
    if not _is_zip(path):
        with path.open("rb") as stream:
            if stream.read(2) != ZIP_BEGIN:
                raise HandoffError("H006", path=path.name)
    return ZipTree(path)


def is_package(names: Iterable[str]) -> bool:
    """Whether some of the names are those by which a package is known, damaged or not."""
    return any(name in (BAGIT, INFO) or MANIFEST.fullmatch(name) for name in names)


def _is_zip(path: Path) -> bool:
    return path.is_file() and path.suffix.lower() == ".zip"


def packages_at(path: Path) -> list[Path]:
    """The packages that a path means: itself, or those directly inside a folder.

    Raises HandoffError H006 when there is none. Unfinished packages (hidden) are passed over.
    """
    if not path.is_dir() or _is_package_folder(path):
        return [path]
    inside = sorted(child for child in path.iterdir() if not child.name.startswith("."))
    found = [child for child in inside if _is_zip(child) or _is_package_folder(child)]
    if not found:
        raise HandoffError("H006", path=path.name or str(path))
    return found


def unfinished_at(path: Path) -> list[str]:
    """The names of working folders that a hand-over left in a folder when the power went."""
    if not path.is_dir():
        return []
    return sorted(child.name for child in path.iterdir() if UNFINISHED.fullmatch(child.name))


def _is_package_folder(folder: Path) -> bool:
    if not folder.is_dir():
        return False
    return is_package(child.name for child in folder.iterdir())


def _walk(folder: Path, prefix: str) -> Iterator[Entry]:
    with os.scandir(folder) as listing:
        found = list(listing)
    for entry in found:
        path = prefix + entry.name
        state = entry.stat(follow_symlinks=False)
        if stat.S_ISDIR(state.st_mode) and not _is_junction(entry):
            yield from _walk(Path(entry.path), path + "/")
        else:
            yield Entry(path, state.st_size, stat.S_ISREG(state.st_mode))


def _is_junction(entry: "os.DirEntry[str]") -> bool:
    real = os.path.realpath(entry.path)
    expected = Path(os.path.realpath(Path(entry.path).parent), entry.name)
    return os.path.normcase(real) != os.path.normcase(expected)


def _unusable(fault: ReadFault) -> HandoffError:
    return HandoffError("H009", reason=dict(fault.params).get("reason", "broken"))
