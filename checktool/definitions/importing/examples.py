"""XML files of a delivery: examples that show which elements are roots and how files are encoded."""

import re
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from checktool.definitions.importing.sources import Piece
from checktool.definitions.importing.understood import Understood
from checktool.definitions.xsdlinks import parser

MOST_EXAMPLE_BYTES = 64_000_000
_DECLARED = re.compile(rb"<\?xml\s[^>]*?encoding\s*=\s*[\"']([A-Za-z][A-Za-z0-9._\-]*)[\"']")
_OTHER = {
    "shift_jis": ("cp932", "Shift_JIS"), "shift-jis": ("cp932", "Shift_JIS"), "sjis": ("cp932", "Shift_JIS"),
    "windows-31j": ("cp932", "Shift_JIS"), "cp932": ("cp932", "Shift_JIS"), "euc-jp": ("euc_jp", "EUC-JP"),
    "utf-16": ("utf-16", "UTF-16"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Example:
    """One document: its root, the names of the elements directly below, its encoding."""

    piece: Piece
    root: str
    children: frozenset[str]
    encoding: str


def read_example(piece: Piece, notes: Understood) -> Example | None:
    """What a document shows; one that is no XML is named and gives None."""
    if piece.path.stat().st_size > MOST_EXAMPLE_BYTES:
        notes.unused("example_size", file=piece.name)
        return None
    try:
        root, encoding = root_of(piece.path)
    except (OSError, UnicodeError, etree.XMLSyntaxError):
        notes.unused("example_broken", file=piece.name)
        return None
    children = frozenset(str(child.tag) for child in root if isinstance(child.tag, str))
    return Example(piece, str(root.tag), children, encoding)


def root_of(path: Path) -> tuple[etree._Element, str]:
    """The root of a document and its encoding. Raises OSError, UnicodeError, XMLSyntaxError."""
    data = path.read_bytes()
    declared = _DECLARED.match(data[:1024].removeprefix(b"\xef\xbb\xbf"))
    codec, name = _OTHER.get(declared.group(1).decode("ascii").lower() if declared else "", ("", "UTF-8"))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        codec, name = "utf-16", "UTF-16"
    if not codec:
        return etree.fromstring(data, parser()), name
    utf8 = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, encoding="utf-8"
    )
    return etree.fromstring(data.decode(codec).encode("utf-8"), utf8), name
