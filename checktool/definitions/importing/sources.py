"""The files of a delivery: folders, ZIPs and single files, each under the name it is told by."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from checktool.definitions import archive
from checktool.definitions.importing.understood import Understood
from checktool.errors import PackError

MOST_FILES = 20_000
MOST_BYTES = 4_000_000_000
DEEPEST_ZIP = 3
_JUNK = re.compile(r"(?:^|/)(?:__MACOSX|\.[^/]*|~\$[^/]*|Thumbs\.db|desktop\.ini)(?:/|$)")
KINDS = {
    ".xsd": "xsd", ".xlsx": "workbook", ".xlsm": "workbook", ".csv": "csv", ".tsv": "csv",
    ".xml": "xml", ".sch": "rules",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """One file: ``name`` is its path in the delivery, with ``/``."""

    name: str
    path: Path
    kind: str

    @property
    def stem(self) -> str:
        """The file's name without folder and suffix."""
        return self.name.rpartition("/")[2].rpartition(".")[0]


@dataclass(frozen=True, slots=True)
class Delivery:
    """All files of the sources, sorted by name, laid out below one folder."""

    folder: Path
    title: str
    pieces: tuple[Piece, ...]

    def of(self, kind: str) -> list[Piece]:
        """The files of a kind: xsd, workbook, csv, xml, rules."""
        return [piece for piece in self.pieces if piece.kind == kind]


def gather(sources: list[str], folder: Path, notes: Understood) -> Delivery:
    """Copy the sources below an empty folder, ZIPs unpacked, and sort them by kind.

    Raises PackError P026 (no such source), P013 (a ZIP that is not safe), P025 (too much).
    """
    several = len(sources) > 1
    for number, source in enumerate(sources, 1):
        path = Path(source)
        if not path.exists():
            raise PackError("P026", path=source)
        _lay(path, folder / f"{number:02}" if several else folder)
    _unpack_inner(folder, notes, DEEPEST_ZIP)
    pieces = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix().encode("utf-8", "backslashreplace").decode("utf-8")
        if path.is_file() and not path.is_symlink() and not _JUNK.search(name):
            pieces.append(Piece(name, path.resolve(), KINDS.get(path.suffix.lower(), "")))
    if len(pieces) > MOST_FILES or sum(piece.path.stat().st_size for piece in pieces) > MOST_BYTES:
        raise PackError("P025", reason="amount")
    for piece in pieces:
        if not piece.kind:
            notes.unused(_why(piece), file=piece.name)
    return Delivery(folder.resolve(), _title(Path(sources[0])), tuple(pieces))


def _lay(source: Path, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    try:
        if source.is_dir():
            for path in sorted(source.rglob("*")):
                if path.is_file() and not path.is_symlink():
                    place = target / path.relative_to(source)
                    place.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(path, place)
        elif source.suffix.lower() == ".zip":
            archive.unpack(source, target)
        else:
            shutil.copyfile(source, target / source.name)
    except OSError as fault:
        raise PackError("P026", path=str(source), reason=type(fault).__name__) from None


def _unpack_inner(folder: Path, notes: Understood, depth: int) -> None:
    """Unpack the ZIPs that lie in a delivery, each into a folder of its name."""
    inner = sorted(path for path in folder.rglob("*") if path.suffix.lower() == ".zip" and path.is_file())
    for path in inner:
        if not depth or _JUNK.search(path.relative_to(folder).as_posix()):
            notes.unused("zip_depth", file=path.relative_to(folder).as_posix())
            continue
        unpacked = path.with_suffix("")
        while unpacked.exists():
            unpacked = unpacked.with_name(unpacked.name + "_")
        unpacked.mkdir()
        archive.unpack(path, unpacked)
        path.unlink()
        _unpack_inner(unpacked, notes, depth - 1)


def _why(piece: Piece) -> str:
    return {".xls": "xls", ".zip": "zip_depth"}.get(piece.path.suffix.lower(), "kind")


def _title(source: Path) -> str:
    name = source.resolve().name
    return name if source.is_dir() else name.rpartition(".")[0] or name
