"""ZIP archives: their members judged before anything is unpacked, and read within their bounds.

Format: APPNOTE.TXT of PKWARE. An archive is refused as a whole when it is broken, encrypted, holds
links, unsafe or clashing names, too many members or expands beyond the limits. Stored and deflated
members are known. Names are UTF-8 when flagged so or plainly Japanese in it, else CP932, else CP437.
"""

import io
import os
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from checktool.model.definition import Limits
from checktool.reading.encodings import JAPANESE
from checktool.reading.faults import ReadFault

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

HARMLESS_BYTES = 100_000
DIRECTORY_BYTES_PER_MEMBER = 1024
CHUNK = 65_536
ENCRYPTED = 0x1
UTF8_NAME = 0x800
LOCAL_HEADER = struct.Struct("<4s22xHH")
END_RECORD = struct.Struct("<4s8xL6x")
END_COMMENT_MAX = 65_535


@dataclass(frozen=True, slots=True)
class Member:
    """Where one member lies in its archive; sizes and checksum are those that it declares."""

    name: str
    raw_name: bytes
    offset: int
    compressed: int
    expanded: int
    checksum: int
    method: int


def list_members(path: Path, limits: Limits) -> list[Member]:
    """The files of an archive, sorted by name.

    Raises ReadFault (F001 empty, F006) for an archive that is refused, OSError when it cannot be read.
    """
    with path.open("rb") as stream:
        _refuse_large_directory(stream, limits)
        try:
            with zipfile.ZipFile(stream) as archive:
                entries = archive.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, struct.error, NotImplementedError) as error:
            raise ReadFault("F006", reason="broken") from error
    if len(entries) > limits.zip_members:
        raise ReadFault("F006", reason="count")
    members = [_member(entry) for entry in entries]
    _refuse_overlap(members)
    files = [member for member in members if not member.name.endswith("/")]
    _refuse_clashes(files)
    _refuse_bomb(files, limits)
    return sorted(files, key=lambda member: member.name.split("/"))


def _refuse_large_directory(stream: BinaryIO, limits: Limits) -> None:
    size = stream.seek(0, os.SEEK_END)
    if size == 0:
        raise ReadFault("F001", reason="empty")
    stream.seek(max(0, size - END_RECORD.size - END_COMMENT_MAX))
    tail = stream.read()
    place = tail.rfind(b"PK\5\6")
    if place < 0 or len(tail) - place < END_RECORD.size:
        raise ReadFault("F006", reason="broken")
    directory = END_RECORD.unpack_from(tail, place)[1]
    if directory > max(limits.zip_members, 1) * DIRECTORY_BYTES_PER_MEMBER:
        raise ReadFault("F006", reason="count")
    stream.seek(0)


def _member(entry: zipfile.ZipInfo) -> Member:
    raw, name = _names(entry)
    _refuse_entry(entry, name)
    return Member(
        name=name,
        raw_name=raw,
        offset=entry.header_offset,
        compressed=entry.compress_size,
        expanded=entry.file_size,
        checksum=entry.CRC,
        method=entry.compress_type,
    )


def _names(entry: zipfile.ZipInfo) -> tuple[bytes, str]:
    given = entry.orig_filename
    if entry.flag_bits & UTF8_NAME:
        return given.encode("utf-8"), given.replace("\\", "/")
    raw = given.encode("cp437")
    for codec in ("cp932", "utf-8"):
        with suppress(UnicodeDecodeError):
            name = raw.decode(codec)
            given = name if codec == "cp932" or JAPANESE.search(name) else given
    return raw, given.replace("\\", "/")


def _refuse_entry(entry: zipfile.ZipInfo, name: str) -> None:
    parts = name.split("/")
    if "\0" in name or name.startswith("/") or name[1:2] == ":" or ".." in parts or not name:
        raise ReadFault("F006", reason="path")
    if entry.flag_bits & ENCRYPTED:
        raise ReadFault("F006", reason="encrypted")
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise ReadFault("F006", reason="link")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ReadFault("F006", reason="method")


def _refuse_overlap(members: Iterable[Member]) -> None:
    end = 0
    for member in sorted(members, key=lambda member: member.offset):
        if member.offset < end:
            raise ReadFault("F006", reason="bomb")
        end = member.offset + LOCAL_HEADER.size + len(member.raw_name) + member.compressed


def _refuse_clashes(files: Iterable[Member]) -> None:
    seen: set[str] = set()
    for member in files:
        folded = unicodedata.normalize("NFC", member.name).casefold()
        if folded in seen:
            raise ReadFault("F006", reason="duplicate")
        seen.add(folded)


def _refuse_bomb(files: Iterable[Member], limits: Limits) -> None:
    total = 0
    for member in files:
        total += member.expanded
        bound = max(HARMLESS_BYTES, limits.zip_ratio * member.compressed)
        if member.expanded > bound or total > limits.zip_bytes:
            raise ReadFault("F006", reason="bomb")


def open_member(stream: BinaryIO, member: Member) -> BinaryIO:
    """A member's bytes from its archive opened for reading; closing it closes the archive.

    Reading raises ReadFault (F006) where the archive does not hold what its directory declares.
    """
    stream.seek(member.offset)
    head = stream.read(LOCAL_HEADER.size)
    if len(head) < LOCAL_HEADER.size:
        raise ReadFault("F006", reason="broken")
    signature, name_size, extra_size = LOCAL_HEADER.unpack(head)
    if signature != b"PK\3\4" or stream.read(name_size) != member.raw_name:
        raise ReadFault("F006", reason="broken")
    stream.seek(extra_size, os.SEEK_CUR)
    return io.BufferedReader(_MemberStream(stream, member), CHUNK)


class _MemberStream(io.RawIOBase):
    """The expanded bytes of one member, never more than it declares."""

    def __init__(self, stream: BinaryIO, member: Member) -> None:
        self._stream = stream
        self._member = member
        self._packed_left = member.compressed
        self._left = member.expanded
        self._checksum = 0
        self._inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        self._pending = b""

    def readable(self) -> bool:
        """Always: it is read only."""
        return True

    def close(self) -> None:
        """Close the archive too."""
        self._stream.close()
        super().close()

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Fill a buffer; 0 at the end, after size and checksum were compared."""
        room = memoryview(buffer).cast("B")
        piece = self._next(len(room))
        if len(piece) > self._left:
            raise ReadFault("F006", reason="bomb")
        self._left -= len(piece)
        self._checksum = zlib.crc32(piece, self._checksum)
        if not piece and (self._left or self._checksum != self._member.checksum):
            raise ReadFault("F006", reason="broken")
        room[: len(piece)] = piece
        return len(piece)

    def _next(self, size: int) -> bytes:
        if self._member.method == zipfile.ZIP_STORED:
            return self._packed(size)
        while not self._inflater.eof:
            packed = self._pending or self._packed(CHUNK)
            try:
                piece = self._inflater.decompress(packed, size)
            except zlib.error as error:
                raise ReadFault("F006", reason="broken") from error
            self._pending = self._inflater.unconsumed_tail
            if piece or not packed:
                return piece
        return b""

    def _packed(self, size: int) -> bytes:
        piece = self._stream.read(min(size, self._packed_left))
        self._packed_left -= len(piece)
        return piece
