"""Archives made by hand, as no ordinary program writes them."""

import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path


def zipped(path: Path, members: Mapping[str, bytes]) -> Path:
    """An ordinary archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def with_mode(path: Path, name: str, mode: int) -> Path:
    """An archive whose one member is a link or device by its Unix mode."""
    entry = zipfile.ZipInfo(name)
    entry.create_system = 3
    entry.external_attr = (mode | 0o777) << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(entry, "B001.xml")
    return path


def link(path: Path, name: str) -> Path:
    """An archive whose one member is a symbolic link."""
    return with_mode(path, name, stat.S_IFLNK)


def handmade(
    path: Path,
    name: bytes,
    data: bytes,
    *,
    flags: int = 0,
    declared: int | None = None,
    checksum: int | None = None,
    local_name: bytes | None = None,
    method: int = 8,
    twice: bool = False,
) -> Path:
    """An archive of one member with any bytes as name and any size, checksum, flag or method declared."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(data) + packer.flush() if method == 8 else data
    size = len(data) if declared is None else declared
    crc = zlib.crc32(data) if checksum is None else checksum
    facts = struct.pack("<HHHHHLLL", 20, flags, method, 0, 33, crc, len(packed), size)
    inner = name if local_name is None else local_name
    local = b"PK\3\4" + facts + struct.pack("<HH", len(inner), 0) + inner + packed
    entry = b"PK\1\2" + struct.pack("<H", 20) + facts + struct.pack("<HHHHHLL", len(name), 0, 0, 0, 0, 0, 0)
    directory = (entry + name) * (2 if twice else 1)
    count = 2 if twice else 1
    end = b"PK\5\6" + struct.pack("<HHHHLLH", 0, 0, count, count, len(directory), len(local), 0)
    path.write_bytes(local + directory + end)
    return path
