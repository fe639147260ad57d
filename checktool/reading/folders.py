"""What lies in a folder: a walk in one order everywhere that follows no links."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from checktool.reading.faults import ReadFault, fault_of

CLUTTER = frozenset(
    ("thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx", "$recycle.bin", "system volume information")
)
DOCUMENTS = (".xml", ".zip")
PACKAGE = frozenset(("bagit.txt", "manifest-sha256.txt", "check-record.json"))
"""What lies at the top of every package that was handed over, and together in nothing else."""
OTHER_KINDS = (".xsd", ".xsl", ".xslt", ".sch", ".svg", ".htm", ".html", ".xhtml")
DECLARATIONS = tuple(
    mark + "<?xml".encode(encoding)
    for encoding, mark in (
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
    )
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A file, a link, a package, or a folder that cannot be read; ``parts`` are its path below the top."""

    parts: tuple[str, ...]
    path: Path
    fault: ReadFault | None = None
    link: bool = False
    package: bool = False

    def is_taken(self) -> bool:
        """Whether it may be a document or an archive, by its name, else by how it begins."""
        ending = self.path.suffix.lower()
        if self.link or self.package or ending in OTHER_KINDS:
            return False
        if ending in DOCUMENTS:
            return True
        try:
            if not self.path.is_file():
                return False
            with self.path.open("rb") as stream:
                return stream.read(16).startswith(DECLARATIONS)
        except OSError:
            return False


def walked(top: Path) -> list[Entry]:
    """Everything in a folder and the folders in it, by name; hidden files and clutter are left out.

    A package that was handed over is one entry, unless it is the top itself.
    """
    return sorted(_walk(top), key=lambda entry: entry.parts)


def is_clutter(name: str) -> bool:
    """Whether a name is one that operating systems and programs leave behind."""
    return name.startswith((".", "~$")) or name.lower() in CLUTTER


def _is_junction(path: str) -> bool:
    return os.path.normcase(os.path.realpath(path)) != os.path.normcase(path)


def _walk(top: Path) -> Iterator[Entry]:
    waiting: list[tuple[tuple[str, ...], str]] = [((), os.path.realpath(top))]
    while waiting:
        parts, folder = waiting.pop()
        try:
            with os.scandir(folder) as listing:
                entries = list(listing)
        except OSError as error:
            yield Entry(parts, Path(folder), fault_of(error))
            continue
        if parts and PACKAGE.issubset(entry.name for entry in entries):
            yield Entry(parts, Path(folder), package=True)
            continue
        for entry in entries:
            if is_clutter(entry.name):
                continue
            path = (*parts, entry.name)
            if entry.is_symlink() or (entry.is_dir() and _is_junction(entry.path)):
                yield Entry(path, Path(entry.path), link=True)
            elif entry.is_dir():
                waiting.append((path, entry.path))
            else:
                yield Entry(path, Path(entry.path))
