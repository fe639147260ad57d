"""A document that was checked, opened once more for people to look at.

A record of a multi-record file is cut out again without reading what stands behind it. A document too large
to be held is shown in part only (``excerpt.py``) and without its values.
"""

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from checktool.model.definition import DefinitionPack
from checktool.model.finding import Param
from checktool.reading import encodings
from checktool.reading.document import IN_MEMORY, Document, Unreadable, read, record_root
from checktool.reading.excerpt import Excerpt, Place, characters, excerpt
from checktool.reading.faults import ReadFault, fault_of
from checktool.reading.records import Splitter
from checktool.reading.sources import Source

_CHUNK = 131_072
Piece = TypeVar("Piece")


@dataclass(frozen=True, slots=True)
class Reopened:
    """What can be shown of a document.

    ``code`` and ``params`` say, as those of a finding, why there is no ``document``; without a code it is
    too large, or the reading was stopped.
    """

    excerpt: Excerpt = field(default_factory=lambda: Excerpt(""))
    document: Document | None = None
    code: str = ""
    params: tuple[Param, ...] = ()


def reopened(
    source: Source, number: int, place: Place, pack: DefinitionPack, stop: threading.Event, actual: str = ""
) -> Reopened:
    """A document around a place; ``number`` is that of its record, 0 for a document of its own.

    ``actual`` names the encoding where that is known better than the document does. Nothing is raised: a
    file that vanished or changed since it was listed gives F010.
    """
    try:
        if number:
            return _record(source, number, place, pack, stop)
        shown = excerpt(_until(stop, characters(_chunks(source), actual)), place)
    except ReadFault as fault:
        return Reopened(code=fault.code, params=fault.params)
    except OSError as error:
        found = fault_of(error)
        return Reopened(code=found.code, params=found.params)
    if stop.is_set() or not _fits(source):
        return Reopened(shown)
    document = next(read(source, pack))
    if isinstance(document, Unreadable):
        return Reopened(shown, code=document.code, params=document.params)
    return Reopened(shown, document if document.source == source.name else None)


def _record(
    source: Source, number: int, place: Place, pack: DefinitionPack, stop: threading.Event
) -> Reopened:
    with source.open() as stream:
        seen = encodings.announced(stream.read(4096))
    data = (text.encode("utf-8", "surrogatepass") for text in encodings.decoded(_chunks(source), seen))
    records = Splitter(pack.limits).split(_until(stop, data))
    record = next(islice(records, number - 1, None), None)
    if record is None:
        return Reopened() if stop.is_set() else Reopened(code="F010")
    name = f"{source.name}#{number}"
    begin = (record.line, record.column)
    shown = excerpt(characters([record.data], "UTF-8"), place, begin)
    try:
        root = record_root(record, pack)
    except ReadFault as fault:
        return Reopened(shown, code=fault.code, params=fault.params)
    return Reopened(shown, Document(name, "", root, record.data, record.prefix, *begin))


def _chunks(source: Source) -> Iterator[bytes]:
    with source.open() as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _until(stop: threading.Event, pieces: Iterable[Piece]) -> Iterator[Piece]:
    for piece in pieces:
        if stop.is_set():
            return
        yield piece


def _fits(source: Source) -> bool:
    """Whether the document is small enough to be held with all its values."""
    size = 0
    try:
        for chunk in _chunks(source):
            size += len(chunk)
            if size > IN_MEMORY:
                return False
    except (ReadFault, OSError):
        return False
    return True
