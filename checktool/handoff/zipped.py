"""A package as one ZIP: its own top folder, sorted members, no clock."""

import zipfile
from datetime import date
from pathlib import Path

from checktool.handoff.staging import CHUNK, flush
from checktool.handoff.tree import FolderTree

FIRST_YEAR = 1980
PLAIN_FILE = 0o100644 << 16


def write_zip(package: Path, target: Path, on: date) -> None:
    """Write a finished package folder as a new ZIP; the same package gives the same members."""
    stamp = (max(on.year, FIRST_YEAR), on.month, on.day, 0, 0, 0)
    with target.open("xb") as stream:
        with zipfile.ZipFile(stream, "w") as archive:
            for entry in FolderTree(package).entries():
                _add(archive, package, entry.path, stamp)
        stream.flush()
        flush(stream.fileno())


def _add(
    archive: zipfile.ZipFile, package: Path, path: str, stamp: tuple[int, int, int, int, int, int]
) -> None:
    member = zipfile.ZipInfo(f"{package.name}/{path}", stamp)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = PLAIN_FILE
    file = package / path
    large = file.stat().st_size >= zipfile.ZIP64_LIMIT // 2
    with file.open("rb") as source, archive.open(member, "w", force_zip64=large) as sink:
        while chunk := source.read(CHUNK):
            sink.write(chunk)
