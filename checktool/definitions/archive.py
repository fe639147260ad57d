"""Unpacking a pack that comes as a ZIP: bounded, and nothing outside its folder."""

import zipfile
import zlib
from contextlib import suppress
from pathlib import Path, PurePosixPath

from checktool.errors import PackError

MOST_MEMBERS = 20_000
MOST_BYTES = 1_000_000_000
NAMES = ("utf-8", "cp932", "cp437")


def unpack(path: Path, folder: Path) -> None:
    """Unpack a ZIP into an empty folder. Raises PackError P013 with the reason."""
    try:
        with _opened(path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            _refuse(members)
            for member in members:
                target = folder / member.filename
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(_content(archive, member))
    except (OSError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError):
        raise PackError("P013", reason="zip") from None


def _opened(path: Path) -> zipfile.ZipFile:
    """The archive; names that are not flagged as UTF-8 are CP932 where Windows in Japanese wrote them."""
    for encoding in NAMES:
        with suppress(UnicodeDecodeError):
            return zipfile.ZipFile(path, metadata_encoding=encoding)
    raise zipfile.BadZipFile


def _refuse(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_MEMBERS:
        raise PackError("P013", reason="members")
    if sum(member.file_size for member in members) > MOST_BYTES:
        raise PackError("P013", reason="size")
    seen = set()
    for member in members:
        name = PurePosixPath(member.filename)
        if name.is_absolute() or ".." in name.parts or "\\" in member.filename or ":" in member.filename:
            raise PackError("P013", reason="path")
        if member.flag_bits & 1 or (member.external_attr >> 28) == 0xA:
            raise PackError("P013", reason="zip")
        if member.filename.casefold() in seen:
            raise PackError("P013", reason="path")
        seen.add(member.filename.casefold())


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    with archive.open(member) as stream:
        data = stream.read(member.file_size + 1)
    if len(data) != member.file_size:
        raise PackError("P013", reason="size")
    return data
