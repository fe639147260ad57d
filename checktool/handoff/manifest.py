"""The text files of a bag: bagit.txt, bag-info.txt, manifests (RFC 8493 section 2)."""

import hashlib
import re
from collections.abc import Iterable, Mapping

BAGIT = "bagit.txt"
INFO = "bag-info.txt"
FETCH = "fetch.txt"
DATA = "data/"
DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
OXUM = "Payload-Oxum"
ALGORITHMS = ("sha256", "sha512", "md5")
MANIFEST = re.compile(r"(tag)?manifest-([a-z0-9]+)\.txt")

_LINE = re.compile(r"([0-9A-Fa-f]+)[ \t]+(\S.*)")
_ESCAPES = {"%": "%25", "\n": "%0A", "\r": "%0D"}
_ESCAPED = re.compile("%(25|0[AaDd])")


def new_hash(algorithm: str) -> "hashlib._Hash":
    """A fresh digest of one of ``ALGORITHMS``."""
    return hashlib.new(algorithm, usedforsecurity=False)


def written_manifest(hashes: Mapping[str, str]) -> bytes:
    """A manifest of path → hash, sorted by path; CR, LF and % in paths are percent-encoded."""
    lines = (f"{hashes[path]}  {_escape(path)}\n" for path in sorted(hashes))
    return "".join(lines).encode("utf-8")


def read_manifest(data: bytes) -> list[tuple[str, str]]:
    """The (path, lower-case hash) pairs of a manifest, in its order.

    Raises ValueError for a line that is none, UnicodeDecodeError (a ValueError) for other text.
    """
    pairs = []
    for number, line in enumerate(_lines(data), start=1):
        found = _LINE.fullmatch(line)
        if found is None:
            raise ValueError(number)
        pairs.append((_unescape(found.group(2)), found.group(1).lower()))
    return pairs


def written_info(fields: Iterable[tuple[str, str]]) -> bytes:
    """A bag-info.txt, one line a field; blanks and line ends inside a value become one blank."""
    return "".join(f"{label}: {' '.join(value.split())}\n" for label, value in fields).encode("utf-8")


def read_info(data: bytes) -> dict[str, str]:
    """The fields of a bag-info.txt, continued lines joined; raises ValueError where it is none."""
    fields: dict[str, str] = {}
    label = ""
    for line in _lines(data):
        if line[:1] in " \t" and label:
            fields[label] += " " + line.strip()
            continue
        label, colon, value = line.partition(":")
        if not colon:
            raise ValueError(line)
        label = label.strip()
        fields[label] = value.strip()
    return fields


def is_declaration(data: bytes) -> bool:
    """Whether bagit.txt says version 1.0 and UTF-8, in exactly its two lines."""
    return data.replace(b"\r\n", b"\n") in (DECLARATION, DECLARATION.removesuffix(b"\n"))


def _lines(data: bytes) -> list[str]:
    text = data.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return [line for line in text.split("\n") if line]


def _escape(path: str) -> str:
    return "".join(_ESCAPES.get(char, char) for char in path)


def _unescape(path: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), path)
