"""What can be done to a finished document as bytes, and to several as one archive."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence

from checktool.errors import PackError

Files = Sequence[tuple[str, bytes]]
_TIME = (1980, 1, 1, 0, 0, 0)


def treated(document: bytes, ways: Sequence[str]) -> bytes:
    """A document after each of the ways in turn. Raises PackError P014 for an unknown way."""
    for way in ways:
        if way not in BYTES:
            raise PackError("P014", file="breaks.toml", reason=way)
        document = BYTES[way](document)
    return document


def contained(files: Files, container: str, name: str) -> Files:
    """The files as they are (no container) or in one archive. Raises PackError P014."""
    if not container:
        return files
    if container not in ARCHIVES:
        raise PackError("P014", file="breaks.toml", reason=container)
    return [(f"{name}.zip", ARCHIVES[container](files))]


def _zip(files: Files) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            member = zipfile.ZipInfo(name, _TIME)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, data)
    return stream.getvalue()


def _outside(files: Files) -> bytes:
    return _zip([(f"../{name}", data) for name, data in files])


def _nested(files: Files) -> bytes:
    return _zip([("inner.zip", _zip(files))])


def _cut(files: Files) -> bytes:
    whole = _zip(files)
    return whole[: len(whole) // 2]


def _encrypted(files: Files) -> bytes:
    """The archive with the encryption flag raised in its local and central headers."""
    data = bytearray(_zip(files))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(signature, at + 4)
    return bytes(data)


def _deep(document: bytes) -> bytes:
    head, _, tail = document.rpartition(b"</")
    return head + b"<Deep>" * 300 + b"</Deep>" * 300 + b"\n</" + tail


def _doctype(document: bytes) -> bytes:
    head, line, rest = document.partition(b"\n")
    return head + line + b"<!DOCTYPE note>\n" + rest


BYTES: Mapping[str, Callable[[bytes], bytes]] = {
    "bom": lambda document: b"\xef\xbb\xbf" + document,
    "truncated": lambda document: document[: document.rfind(b"\n", 0, len(document) * 2 // 3)],
    "nothing": lambda _document: b"",
    "doctype": _doctype,
    "deep": _deep,
}
ARCHIVES: Mapping[str, Callable[[Files], bytes]] = {
    "zip": _zip,
    "zip-outside": _outside,
    "zip-nested": _nested,
    "zip-cut": _cut,
    "zip-encrypted": _encrypted,
}
