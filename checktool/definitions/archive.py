"""Unpacking a pack that comes as a ZIP: bounded, and nothing outside its folder."""

import zipfile
import zlib
from contextlib import suppress
from pathlib import Path, PurePosixPath

from checktool.errors import PackError

MOST_MEMBERS = 20_000
MOST_BYTES = 1_000_000_000
CHUNK = 1 << 20
NAMES = ("utf-8", "cp932", "cp437")


def unpack(path: Path, folder: Path) -> None:
    """Unpack a ZIP into an empty folder. Raises PackError P013 with its name and the reason."""
    try:
        _unpack(path, folder)
    except PackError as fault:
        raise PackError("P013", file=path.name, **fault.params) from None
    except (OSError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError):
        raise PackError("P013", file=path.name, reason="zip") from None


def _unpack(path: Path, folder: Path) -> None:
    with _opened(path) as archive:
        _refuse(archive.infolist())
        for member in archive.infolist():
            if not _name(member).endswith("/"):
                target = folder / _name(member)
                target.parent.mkdir(parents=True, exist_ok=True)
                _copy(archive, member, target)


def _name(member: zipfile.ZipInfo) -> str:
    """The name of a member; some tools of Windows part folders by backslashes."""
    return member.filename.replace("\\", "/")


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
        name = PurePosixPath(_name(member))
        if name.is_absolute() or ".." in name.parts or ":" in member.filename:
            raise PackError("P013", reason="path")
        if member.flag_bits & 1:
            raise PackError("P013", reason="encrypted")
        if (member.external_attr >> 28) == 0xA:
            raise PackError("P013", reason="zip")
        if _name(member).casefold() in seen:
            raise PackError("P013", reason="path")
        seen.add(_name(member).casefold())


def _copy(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> None:
    """Write a member piece by piece; one that holds more or less than it says is refused."""
    left = member.file_size
    with archive.open(member) as stream, target.open("wb") as written:
        while piece := stream.read(CHUNK):
            left -= len(piece)
            if left < 0:
                break
            written.write(piece)
    if left:
        raise PackError("P013", reason="size")
