"""Multi-record files: cut into records by one expat pass, in bounded memory."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.parsers import expat

from checktool.model.definition import Limits
from checktool.reading import encodings
from checktool.reading.faults import ReadFault
from checktool.reading.malformed import kind_of

_TAG_END = re.compile(rb"""(?:[^"'>]|"[^"]*"|'[^']*')*>""")


def _quoted(value: str) -> str:
    """An attribute value as it is written in a start tag."""
    escaped = value.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return f'"{escaped}"'


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it stands in the file.

    ``data`` are its bytes in UTF-8; between ``opening`` and ``closing`` they are a document in which
    the container's namespaces hold. ``prefix`` is its XPath in the file, ``line`` and ``column``
    its place (1-based characters).
    """

    data: bytes
    opening: bytes
    closing: bytes
    prefix: str
    line: int
    column: int


def survey(chunks: Iterable[bytes], seen: encodings.Announced) -> tuple[str, int, str]:
    """Read a file once for (SHA-256 of its bytes, their number, root name in Clark notation).

    Raises ReadFault: F007 for a DOCTYPE, X101 where it is not well-formed, X102, F009.
    """
    digest, size, names = hashlib.sha256(), 0, list[str]()
    parser = expat.ParserCreate("utf-8", " ")

    def root(name: str, _: dict[str, str]) -> None:
        uri, _blank, local = name.rpartition(" ")
        names.append(f"{{{uri}}}{local}" if uri else local)
        parser.StartElementHandler = None

    def doctype(*_: object) -> None:
        line, column = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
        raise ReadFault("F007", line=line, column=column)

    def counted() -> Iterator[bytes]:
        nonlocal size
        for chunk in chunks:
            size += len(chunk)
            digest.update(chunk)
            yield chunk

    parser.StartElementHandler = root
    parser.StartDoctypeDeclHandler = doctype
    _feed(parser, (text.encode("utf-8", "surrogatepass") for text in encodings.decoded(counted(), seen)))
    return digest.hexdigest(), size, names[0]


def _no_xml(fault: expat.ExpatError) -> ReadFault:
    return ReadFault("X101", line=fault.lineno, column=fault.offset + 1, cause=kind_of(fault))


def _feed(parser: expat.XMLParserType, chunks: Iterable[bytes]) -> None:
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as fault:
        raise _no_xml(fault) from None


class Splitter:
    """Yields the children of the root element of a document that is known to be well-formed."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._parser = expat.ParserCreate("utf-8")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._depth = 0
        self._buffer = b""
        self._base = 0
        self._begin = -1
        self._place = (1, 1)
        self._name = ""
        self._root = ""
        self._opening = b""
        self._seen: Counter[str] = Counter()
        self._ready: list[Record] = []

    def split(self, chunks: Iterable[bytes]) -> Iterator[Record]:
        """The records in a document that comes in pieces of UTF-8. Raises ReadFault F009, X101."""
        for chunk in chunks:
            self._buffer += chunk
            _feed_part(self._parser, chunk)
            yield from self._ready
            self._ready.clear()
            keep = self._begin if self._begin >= 0 else max(self._parser.CurrentByteIndex, self._base)
            self._buffer = self._buffer[keep - self._base :]
            self._base = keep
            if len(self._buffer) > self._limits.document_bytes:
                raise ReadFault("F009", limit="record")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._depth == 0:
            self._root = name.rpartition(":")[2]
            spaces = {key: value for key, value in attributes.items() if key.startswith("xmlns")}
            written = "".join(f" {key}={_quoted(value)}" for key, value in spaces.items())
            self._opening = f"<records{written}>".encode()
        elif self._depth == 1:
            self._begin = self._parser.CurrentByteIndex
            self._place = (self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1)
            self._name = name.rpartition(":")[2]
        self._depth += 1

    def _end(self, _: str) -> None:
        self._depth -= 1
        if self._depth != 1:
            return
        start = self._begin - self._base
        end = self._parser.CurrentByteIndex - self._base
        opening = _TAG_END.match(self._buffer, start)
        empty = opening is not None and opening.end() == end and self._buffer[end - 2 : end] == b"/>"
        if not empty and (closing := _TAG_END.match(self._buffer, end)):
            end = closing.end()
        self._seen[self._name] += 1
        self._ready.append(Record(
            self._buffer[start:end], self._opening, b"</records>",
            f"/{self._root}[1]/{self._name}[{self._seen[self._name]}]", *self._place,
        ))  # fmt: skip
        self._begin = -1


def _feed_part(parser: expat.XMLParserType, chunk: bytes) -> None:
    try:
        parser.Parse(chunk, False)
    except expat.ExpatError as fault:
        raise _no_xml(fault) from None
