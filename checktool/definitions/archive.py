"""Unpacking a pack that comes as a ZIP: bounded, and nothing outside its folder."""

import unicodedata
import zipfile
import zlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path, PurePosixPath

from checktool.errors import PackError

MOST_MEMBERS = 20_000
MOST_BYTES = 1_000_000_000
LONGEST_NAME = 200
WIDE_BLANK = "\u3000"
CHUNK = 1 << 20
NAMES = ("utf-8", "cp932", "cp437")
DEVICES = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in "0123456789")}


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
        members = [member for member in archive.infolist() if not _name(member).endswith("/")]
        _refuse(members)
        for member in members:
            target = folder / _name(member)
            target.parent.mkdir(parents=True, exist_ok=True)
            _extract(archive, member, target)


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
    for member in members:
        if member.flag_bits & 1:
            raise PackError("P013", reason="encrypted")
        if (member.external_attr >> 28) == 0xA:
            raise PackError("P013", reason="zip")
    refuse_names(list(map(_name, members)))


def refuse_names(names: Iterable[str]) -> None:
    """Raise PackError P013 where names lead out of their folder, or are not distinct files everywhere.

    Windows and macOS know no difference of case or of composed characters, and Windows keeps some names
    for devices and drops dots and blanks at the end.
    """
    files: set[str] = set()
    spelt: dict[str, str] = {}
    for name in names:
        steps = PurePosixPath(name).parts
        if not steps or not all(map(is_plain, steps)):
            raise PackError("P013", reason="path")
        for end in range(1, len(steps) + 1):
            path = "/".join(steps[:end])
            key = unicodedata.normalize("NFC", path).casefold()
            if spelt.setdefault(key, path) != path or key in files:
                raise PackError("P013", reason="path")
        files.add(key)


def is_plain(name: str) -> bool:
    """Whether a name can be that of a file or folder on every system: no path, no device, no trick."""
    return (
        0 < len(name) <= LONGEST_NAME
        and all(char.isprintable() or char == WIDE_BLANK for char in name)
        and not set(name) & set('/\\:*?"<>|')
        and not name.startswith(" ")
        and not name.endswith((" ", "."))
        and name.partition(".")[0].rstrip(" ").upper() not in DEVICES
    )


def _extract(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> None:
    """Write a member piece by piece; one that holds more or less than it says is refused."""
    left = member.file_size
    with archive.open(member) as stream, target.open("xb") as file:
        while chunk := stream.read(CHUNK):
            left -= len(chunk)
            if left < 0:
                break
            file.write(chunk)
    if left:
        raise PackError("P013", reason="size")
