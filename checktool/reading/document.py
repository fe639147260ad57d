"""From a source to its documents: bytes hashed and parsed once, a multi-record file record by record.

A document is its root element, its characters (to find lines and columns) and what was noticed on
the way. Nothing larger than ``IN_MEMORY`` is held whole but single documents within the limits.
"""

import copy
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from checktool.model.definition import DefinitionPack
from checktool.model.finding import Param
from checktool.reading import encodings, parsing
from checktool.reading.faults import ReadFault, fault_of
from checktool.reading.nodes import local
from checktool.reading.records import Record, Splitter, survey
from checktool.reading.sources import Source

IN_MEMORY = 8_000_000
_CHUNK = 131_072
_FIRST = 65_536


@dataclass(slots=True, eq=False)
class Document:
    """One document that can be checked.

    ``data`` are its characters in UTF-8, those of the record alone in a multi-record file; ``prefix``
    is the XPath of the root in the whole file, ``line`` and ``column`` where it begins (1-based).
    ``noticed`` are (code, params) of warnings of the reading layer. ``mended``: characters that XML
    forbids stand as placeholders.
    """

    source: str
    sha256: str
    root: etree._Element
    data: bytes
    prefix: str
    line: int = 1
    column: int = 1
    mended: bool = False
    noticed: tuple[tuple[str, tuple[Param, ...]], ...] = ()

    @property
    def text(self) -> str:
        """Its characters."""
        return self.data.decode("utf-8")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A source without a document, and the fault that says why."""

    source: str
    sha256: str
    code: str
    params: tuple[Param, ...]


def read(source: Source, pack: DefinitionPack) -> Iterator[Document | Unreadable]:
    """The documents of a source: one, or one a record of a multi-record file, in order."""
    sha256 = ""
    try:
        with source.open() as stream:
            raw = stream.read(_FIRST)
            if len(raw) == _FIRST:
                raw += stream.read(IN_MEMORY + 1 - _FIRST)
            if len(raw) <= IN_MEMORY:
                sha256 = hashlib.sha256(raw).hexdigest()
        if not raw:
            raise ReadFault("F001", reason="empty")
        if sha256:
            yield from _whole(source, raw, sha256, pack)
        else:
            yield from _large(source, pack)
    except ReadFault as fault:
        yield Unreadable(source.name, sha256, fault.code, fault.params)
    except OSError as fault:
        found = fault_of(fault)
        yield Unreadable(source.name, sha256, found.code, found.params)


def _whole(source: Source, raw: bytes, sha256: str, pack: DefinitionPack) -> Iterator[Document | Unreadable]:
    seen = encodings.announced(raw[:4096])
    data, root, mended = _parsed(raw, seen, pack)
    noticed = _noticed(source, len(raw), seen, pack)
    if root.tag in pack.containers and next(root.iterchildren(etree.Element), None) is not None:
        if mended:
            raise parsing.diagnosed(encodings.decode(raw)[0].encode("utf-8", "replace"), pack.limits, (1, 1))
        yield from _records(source, sha256, iter([data]), noticed, pack)
        return
    prefix = f"/{local(str(root.tag))}[1]"
    yield Document(source.name, sha256, root, data, prefix, mended=mended, noticed=noticed)


def _parsed(
    raw: bytes, seen: encodings.Announced, pack: DefinitionPack
) -> tuple[bytes, etree._Element, bool]:
    if seen.codec == "utf-8":
        data = raw.removeprefix(b"\xef\xbb\xbf")
    else:
        data = encodings.decode(raw)[0].encode("utf-8", "surrogatepass")
    try:
        return data, parsing.parse(data, pack.limits), False
    except ReadFault as fault:
        if fault.code != "X101":
            raise
        text = encodings.decode(raw)[0]
        better = parsing.mended(text)
        if better == text:
            raise
        return *_mended(better.encode("utf-8"), fault, pack), True


def _mended(data: bytes, fault: ReadFault, pack: DefinitionPack) -> tuple[bytes, etree._Element]:
    """The mended document, when every placeholder can be seen by the text layer; else the fault."""
    try:
        root = parsing.parse(data, pack.limits)
    except ReadFault:
        raise fault from None
    leaves = [node for node in root.iter(etree.Element) if not len(node)]
    shown = "".join(node.text or "" for node in leaves)
    shown += "".join(str(value) for node in root.iter(etree.Element) for value in node.attrib.values())
    marks = parsing.PLACEHOLDERS
    if len(marks.findall(shown)) != len(marks.findall(data.decode("utf-8"))):
        raise fault
    return data, root


def _noticed(
    source: Source, size: int, seen: encodings.Announced, pack: DefinitionPack
) -> tuple[tuple[str, tuple[Param, ...]], ...]:
    """Warnings about the file itself: its name, size, BOM and encoding."""
    limits, found = pack.limits, list[tuple[str, tuple[Param, ...]]]()
    name = source.file_name
    if name and not name.lower().endswith(".xml"):
        found.append(("F002", ()))
    elif name and limits.file_name and not re.fullmatch(limits.file_name, name):
        found.append(("F003", (("pattern", limits.file_name),)))
    if limits.file_bytes and size > limits.file_bytes:
        found.append(("F004", (("max", limits.file_bytes), ("size", size))))
    if seen.bom and seen.codec == "utf-8":
        found.append(("X103", ()))
    if seen.name not in pack.encoding.accepted:
        found.append(("X104", (("encoding", seen.name),)))
    return tuple(found)


def _large(source: Source, pack: DefinitionPack) -> Iterator[Document | Unreadable]:
    """A source too large for memory: surveyed first, then split; or one document within the limits."""
    with source.open() as stream:
        head = stream.read(4096)
    seen = encodings.announced(head)
    digest, size, root_name = survey(_chunks(source), seen)
    if root_name not in pack.containers:
        if size > pack.limits.document_bytes:
            raise ReadFault("F009", limit="bytes")
        with source.open() as stream:
            raw = stream.read(size + 1)
        if hashlib.sha256(raw).hexdigest() != digest:
            raise ReadFault("F010")
        yield from _whole(source, raw, digest, pack)
        return
    again = hashlib.sha256()
    chunks = encodings.decoded(_hashed(source, again), seen)
    data = (chunk.encode("utf-8") for chunk in chunks)
    yield from _records(source, digest, data, _noticed(source, size, seen, pack), pack)
    if again.hexdigest() != digest:
        raise ReadFault("F010")


def _chunks(source: Source) -> Iterator[bytes]:
    with source.open() as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _hashed(source: Source, digest: "hashlib._Hash") -> Iterator[bytes]:
    for chunk in _chunks(source):
        digest.update(chunk)
        yield chunk


def _records(
    source: Source,
    sha256: str,
    chunks: Iterator[bytes],
    noticed: tuple[tuple[str, tuple[Param, ...]], ...],
    pack: DefinitionPack,
) -> Iterator[Document | Unreadable]:
    """The records of a container.

    What was noticed of the file stands at the first of them, too many of them (F005) at the last.
    """
    most = pack.limits.records_per_file
    number, held = 0, None
    for number, record in enumerate(Splitter(pack.limits).split(chunks), 1):
        if held is not None:
            yield held
        held = _record(record, f"{source.name}#{number}", sha256, pack)
        if isinstance(held, Document):
            held.noticed, noticed = noticed, ()
    if held is None:
        raise ReadFault("F001", reason="empty")
    if most and number > most and isinstance(held, Document):
        held.noticed += (("F005", (("max", most), ("count", number))),)
    yield held


def _record(record: Record, name: str, sha256: str, pack: DefinitionPack) -> Document | Unreadable:
    try:
        root = record_root(record, pack)
    except ReadFault as fault:
        return Unreadable(name, sha256, fault.code, fault.params)
    return Document(name, sha256, root, record.data, record.prefix, record.line, record.column)


def record_root(record: Record, pack: DefinitionPack) -> etree._Element:
    """A record as the root of a document of its own, the container's namespaces in force.

    Raises ReadFault F007, F009, X101.
    """
    holder = parsing.parse(record.opening + record.data + record.closing, pack.limits)
    root = copy.deepcopy(holder[0])
    root.tail = None
    return root
