"""A check and the one before it: what was mended (解消), what is left (残り), what is new (新規).

Documents are matched by their key, else by their name; findings within a document by code, place and item.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from checktool.gui.rows import AnyFinding
from checktool.model.finding import Finding, Layer
from checktool.model.report import CheckReport, FileReport, LayerStatus

_RECORD = re.compile(r"#\d+$")

Identity = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class FileChange:
    """The findings of one document against those of the check before.

    ``mended`` and ``unsure`` are findings of the check before; ``unsure`` are gone from the list, but
    the layer that had found them did not run in full this time.
    """

    mended: tuple[AnyFinding, ...] = ()
    left: tuple[AnyFinding, ...] = ()
    new: tuple[AnyFinding, ...] = ()
    unsure: tuple[AnyFinding, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """A whole run against the one before.

    ``files`` maps a source of this run to its change, for the documents that the run before had too;
    ``gone`` are sources of the run before that are not there any more, ``added`` those only now there.
    """

    files: Mapping[str, FileChange]
    gone: tuple[str, ...]
    added: tuple[str, ...]

    @property
    def mended(self) -> int:
        """How many findings were mended."""
        return sum(len(change.mended) for change in self.files.values())

    @property
    def left(self) -> int:
        """How many findings are left."""
        return sum(len(change.left) for change in self.files.values())

    @property
    def new(self) -> int:
        """How many findings are new in documents that were checked before."""
        return sum(len(change.new) for change in self.files.values())

    @property
    def unsure(self) -> int:
        """How many findings could not be looked for again."""
        return sum(len(change.unsure) for change in self.files.values())


def compare(before: CheckReport, now: CheckReport) -> Changes:
    """This run against the one before."""
    old_shared, new_shared = _shared(before), _shared(now)
    known = _by_identity(before.files)
    matched: set[str] = set()
    files: dict[str, FileChange] = {}
    added = []
    for file in now.files:
        old = _match(known, matched, file)
        if old is None:
            added.append(file.source)
            continue
        matched.add(old.source)
        earlier = (*old.findings, *old_shared.get(old.source, ()))
        later = (*file.findings, *new_shared.get(file.source, ()))
        files[file.source] = _change(old, earlier, file, later)
    gone = [file.source for file in before.files if file.source not in matched]
    return Changes(files, tuple(gone), tuple(added))


def identity(finding: AnyFinding, source: str) -> Identity:
    """By what a finding is known again: its code, its place within the document, its item."""
    if not isinstance(finding, Finding):
        return finding.code, "", finding.item
    depth = 3 if _RECORD.search(source) else 2
    place = "/".join(finding.location.xpath.split("/")[depth:])
    return finding.code, place, finding.location.item


def _change(
    old: FileReport, earlier: Iterable[AnyFinding], file: FileReport, later: Iterable[AnyFinding]
) -> FileChange:
    before = [(identity(finding, old.source), finding) for finding in earlier]
    known = Counter(name for name, _ in before)
    left: list[AnyFinding] = []
    new: list[AnyFinding] = []
    for finding in later:
        name = identity(finding, file.source)
        (left if known[name] > 0 else new).append(finding)
        known[name] -= 1
    still = Counter(identity(finding, file.source) for finding in left)
    unjudged = _unjudged(file)
    unsearched = {id(each) for layer in old.layers if layer.layer in unjudged for each in layer.findings}
    mended: list[AnyFinding] = []
    unsure: list[AnyFinding] = []
    for name, finding in before:
        if still[name] > 0:
            still[name] -= 1
        else:
            (unsure if id(finding) in unsearched else mended).append(finding)
    return FileChange(tuple(mended), tuple(left), tuple(new), tuple(unsure))


def _unjudged(file: FileReport) -> frozenset[Layer]:
    """The layers of a document that did not run, or not in full."""
    partly = (LayerStatus.SKIPPED, LayerStatus.BROKEN)
    return frozenset(
        layer.layer
        for layer in file.layers
        if layer.status in partly or (layer.note is not None and layer.note.key == "rules_left_out")
    )


def _shared(report: CheckReport) -> dict[str, list[AnyFinding]]:
    shared: dict[str, list[AnyFinding]] = {}
    for finding in report.batch.findings:
        for source in finding.sources:
            shared.setdefault(source, []).append(finding)
    return shared


def _names(file: FileReport) -> Iterator[tuple[str, str]]:
    if file.key:
        yield "key", file.key
    yield "source", file.source


def _by_identity(files: Iterable[FileReport]) -> dict[tuple[str, str], list[FileReport]]:
    found: dict[tuple[str, str], list[FileReport]] = {}
    for file in files:
        for name in _names(file):
            found.setdefault(name, []).append(file)
    return found


def _match(
    known: Mapping[tuple[str, str], list[FileReport]], matched: set[str], file: FileReport
) -> FileReport | None:
    """The document of the run before that is the same as this one and not yet matched by another."""
    for name in _names(file):
        free = [each for each in known.get(name, ()) if each.source not in matched]
        if free:
            return next((each for each in free if each.source == file.source), free[0])
    return None
