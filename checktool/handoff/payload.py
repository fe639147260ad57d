"""The XML files of a package: clean bytes, from sources that are still what was checked."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from checktool.errors import HandoffError
from checktool.handoff.selection import Output
from checktool.handoff.staging import CHUNK, write_file
from checktool.reading.clean import clean, content
from checktool.reading.encodings import announced, decoded
from checktool.reading.faults import ReadFault
from checktool.reading.sources import Source

HEAD = 4096


class SourceChangedError(Exception):
    """A source is no longer what was checked, or can no longer be read."""


def write_payload(outputs: list[Output], folder: Path, watch: Callable[[int, int], None]) -> dict[str, str]:
    """Write every file of the package into a folder; answer name → SHA-256.

    ``watch`` is told how many files are written, and of how many. Raises HandoffError H005 when sources
    changed since the check, H004 when the content of what was written differs from that of its source,
    OSError of the target.
    """
    hashes: dict[str, str] = {}
    changed = different = 0
    for done, output in enumerate(outputs):
        watch(done, len(outputs))
        target = folder / output.name
        try:
            hashes[output.name] = write_file(target, _clean_bytes(output))
            different += not _same_content(output, target, hashes[output.name])
        except SourceChangedError:
            changed += 1
    if changed:
        raise HandoffError("H005", count=changed)
    if different:
        raise HandoffError("H004", count=different)
    return hashes


def source_size(source: Source) -> int:
    """The bytes of a source as it was listed."""
    if source.member is not None:
        return source.member.expanded
    if source.stamp is not None:
        return source.stamp[0]
    return len(source.data or b"")


def _clean_bytes(output: Output) -> Iterator[bytes]:
    keep = output.records.__contains__ if output.records else None
    try:
        for text in clean(_text(output), keep):
            yield text.encode("utf-8")
    except ValueError:
        if _still(output.source, _expected(output)):
            raise
        raise SourceChangedError from None


def _same_content(output: Output, target: Path, written: str) -> bool:
    """Whether the file on the medium has the content of its source, or of the records it keeps."""
    if written == _expected(output):
        return True
    records = bool(output.records)
    before = content((text.encode("utf-8") for text in _text(output)), records)
    wanted = [before[0], *(before[number] for number in sorted(output.records))] if records else before
    with target.open("rb") as stream:
        return content(iter(lambda: stream.read(CHUNK), b""), records) == wanted


def _text(output: Output) -> Iterator[str]:
    """The characters of a source; its end is only reached when its bytes are those of the check."""
    digest = hashlib.sha256()
    chunks = _hashed(output.source, digest)
    first = next(chunks, b"")
    try:
        yield from decoded(_chain(first, chunks), announced(first[:HEAD]))
    except ReadFault:
        raise SourceChangedError from None
    if digest.hexdigest() != _expected(output):
        raise SourceChangedError


def _chain(first: bytes, rest: Iterable[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _hashed(source: Source, digest: "hashlib._Hash") -> Iterator[bytes]:
    try:
        with source.open() as stream:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
                yield chunk
    except (OSError, ReadFault):
        raise SourceChangedError from None


def _still(source: Source, expected: str) -> bool:
    digest = hashlib.sha256()
    for _ in _hashed(source, digest):
        pass
    return digest.hexdigest() == expected


def _expected(output: Output) -> str:
    return output.documents[0].report.sha256
