"""Where documents come from: files, folders, members of ZIP archives, standard input.

Listing opens nothing but archives and judges no XML. What it takes up:

- a file given by name: always; one that ends ``.zip`` as an archive;
- a folder: recursively, sorted by name; files that end ``.xml`` or ``.zip`` (any case), and others that
  begin with an XML declaration unless their name says what else they are (``.xsd``, ``.html`` …).
  Hidden files, clutter of operating systems, links and packages that were handed over, as a folder or
  a ZIP, are passed over;
- an archive: members that end ``.xml``; clutter is passed over, any other member is refused (F006).

Names are as people know them, never absolute: the file name, the path inside the folder, or
``a.zip!B001.xml``; ``-`` is standard input. Names that clash get the folder's name in front, then ``(2)``.
"""

import io
import os
import stat
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from checktool.errors import ReadError, UsageError
from checktool.model.definition import Limits
from checktool.model.finding import Param
from checktool.reading.archive import Member, list_members, open_member
from checktool.reading.faults import ReadFault, fault_of
from checktool.reading.folders import PACKAGE, is_clutter, walked

__all__ = ["ReadFault", "Refused", "Source", "fault_of", "list_sources", "source_of_file"]

STANDARD_INPUT = "-"
UNSHOWN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))

Stamp = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Source:
    """One document to read; small and picklable, so that a worker process can open it.

    ``name`` is unique in the run; ``file_name`` is the plain file or member name (empty for standard
    input, whose bytes are ``data``); ``stamp`` is size and time of the file when it was listed.
    """

    name: str
    file_name: str = ""
    path: str = ""
    member: Member | None = None
    data: bytes | None = field(default=None, repr=False)
    stamp: Stamp | None = None

    def open(self) -> BinaryIO:
        """Its bytes from the start; not seekable for a member of an archive.

        Raises ReadFault: F010 when the file vanished or changed since it was listed, F001 when it cannot
        be read, F006 (also while reading) when an archive is not what it declares.
        """
        if self.data is not None:
            return io.BytesIO(self.data)
        try:
            stream = open(self.path, "rb")  # noqa: PTH123, SIM115 - a Path costs as much as opening it
        except OSError as error:
            raise fault_of(error) from error
        try:
            if self.stamp is not None and self.stamp != _stamp(os.fstat(stream.fileno())):
                raise ReadFault("F010")
            return stream if self.member is None else open_member(stream, self.member)
        except BaseException as error:
            stream.close()
            raise (fault_of(error) if isinstance(error, OSError) else error) from None


@dataclass(frozen=True, slots=True)
class Refused:
    """Input that cannot become a document, with the code and params of its finding."""

    name: str
    finding_code: str
    params: tuple[Param, ...] = ()
    sha256: str = ""


def list_sources(
    paths: Sequence[str], limits: Limits, passed_over: list[str] | None = None
) -> list[Source | Refused]:
    """The documents behind the given paths, in their order, each once and with a name of its own.

    ``passed_over`` gets the names of what lies in the folders and is no document by its name and begin,
    packages that were handed over first.
    Raises ReadError (I001) for a path that does not exist, UsageError (A018) for two that are standard
    input. No path, an empty folder or an empty archive give nothing.
    """
    if list(paths).count(STANDARD_INPUT) > 1:
        raise UsageError("A018")
    found: list[tuple[str, Source | Refused]] = []
    for path in paths:
        prefix, items = _argument(path, limits, [] if passed_over is None else passed_over)
        found += [(prefix, item) for item in items]
    return _named_apart(_once(found) if len(paths) > 1 else found)


def _once(found: Iterable[tuple[str, Source | Refused]]) -> list[tuple[str, Source | Refused]]:
    """Each file or member once: a folder and a file of it may be given together."""
    seen: set[tuple[str, str]] = set()
    kept = []
    for prefix, item in found:
        if isinstance(item, Source) and item.path:
            place = os.path.realpath(item.path), item.member.name if item.member else ""
            if place in seen:
                continue
            seen.add(place)
        kept.append((prefix, item))
    return kept


def source_of_file(path: Path, name: str) -> Source | Refused:
    """A file on disk as a source; refused when it cannot be reached or is no plain file."""
    try:
        state = path.stat()
    except OSError as error:
        return _refused(name, fault_of(error))
    if not stat.S_ISREG(state.st_mode):
        return _refused(name, ReadFault("F001", reason="unreadable"))
    return Source(name, _shown(path.name), path=str(path.absolute()), stamp=_stamp(state))


def _argument(given: str, limits: Limits, passed_over: list[str]) -> tuple[str, list[Source | Refused]]:
    if given == STANDARD_INPUT:
        return "", [_standard_input(limits)]
    path = Path(given)
    try:
        if not given:
            raise FileNotFoundError
        folder = stat.S_ISDIR(path.stat().st_mode)
    except PermissionError as error:
        return "", [_refused(_shown(path.name), fault_of(error))]
    except (OSError, ValueError) as error:
        raise ReadError("I001", path=_shown(given)) from error
    if folder:
        return _shown(path.resolve().name), list(_folder(path, limits, passed_over))
    return _shown(path.absolute().parent.resolve().name), list(_file(path, _shown(path.name), limits))


def _standard_input(limits: Limits) -> Source | Refused:
    data = sys.stdin.buffer.read(limits.document_bytes + 1) if sys.stdin else b""
    if len(data) > limits.document_bytes:
        return Refused(STANDARD_INPUT, "F009", (("limit", "bytes"),))
    return Source(STANDARD_INPUT, data=data)


def _folder(top: Path, limits: Limits, passed_over: list[str]) -> Iterator[Source | Refused]:
    packages = []
    for entry in walked(top):
        name = _shown("/".join(entry.parts) or top.resolve().name)
        if entry.fault is not None:
            yield _refused(name, entry.fault)
        elif entry.package:
            packages.append(name)
        elif not entry.is_taken():
            passed_over.append(name)
        elif _is_zipped_package(found := list(_file(entry.path, name, limits))):
            packages.append(name)
        else:
            yield from found
    passed_over[:0] = packages


def _is_zipped_package(found: Sequence[Source | Refused]) -> bool:
    """Whether the members of an archive are a package: its files, or one folder with them."""
    inside = {item.name.partition("!")[2] for item in found}
    top = min(inside, default="").partition("/")[0]
    return inside >= PACKAGE or inside >= {f"{top}/{name}" for name in PACKAGE}


def _file(path: Path, name: str, limits: Limits) -> Iterator[Source | Refused]:
    source = source_of_file(path, name)
    if isinstance(source, Refused) or path.suffix.lower() != ".zip":
        yield source
        return
    try:
        members = list_members(path, limits)
    except ReadFault as fault:
        yield _refused(name, fault)
        return
    except OSError as error:
        yield _refused(name, fault_of(error))
        return
    for member in members:
        if not any(is_clutter(part) for part in member.name.split("/")):
            yield _of_member(source, member)


def _of_member(archive: Source, member: Member) -> Source | Refused:
    name = f"{archive.name}!{_shown(member.name)}"
    lower = member.name.lower()
    if not lower.endswith(".xml"):
        reason = "nested" if lower.endswith(".zip") else "unexpected"
        return _refused(name, ReadFault("F006", reason=reason))
    plain = _shown(member.name.rpartition("/")[2])
    return replace(archive, name=name, file_name=plain, member=member)


def _named_apart(found: Sequence[tuple[str, Source | Refused]]) -> list[Source | Refused]:
    count = Counter(item.name for _, item in found)
    used: Counter[str] = Counter()
    taken: set[str] = set()
    apart: list[Source | Refused] = []
    for prefix, item in found:
        wanted = f"{prefix}/{item.name}" if count[item.name] > 1 and prefix else item.name
        name = wanted
        while name in taken:
            used[wanted] += 1
            name = f"{wanted} ({used[wanted] + 1})"
        taken.add(name)
        apart.append(item if name == item.name else replace(item, name=name))
    return apart


def _refused(name: str, fault: ReadFault) -> Refused:
    return Refused(name, fault.code, fault.params)


def _stamp(state: os.stat_result) -> Stamp:
    return state.st_size, state.st_mtime_ns


def _shown(name: str) -> str:
    """A name that every console and file can take: unpaired surrogates and controls escaped."""
    if name.isascii() and name.isprintable():
        return name
    return "".join(
        char if unicodedata.category(char) not in UNSHOWN else char.encode("unicode_escape").decode("ascii")
        for char in name
    )
