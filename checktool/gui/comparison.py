"""A check and the one before it: what was mended (解消), what is left (残り), what is new (新規).

Documents are matched by their key, else by their name; findings within a document by code, place and item.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
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
    pairs = _pairs(before.files, now.files)
    files: dict[str, FileChange] = {}
    for file in now.files:
        if file.source in pairs:
            old = pairs[file.source]
            earlier = (*old.findings, *old_shared.get(old.source, ()))
            later = (*file.findings, *new_shared.get(file.source, ()))
            files[file.source] = _change(old, earlier, file, later)
    matched = {old.source for old in pairs.values()}
    gone = [file.source for file in before.files if file.source not in matched]
    return Changes(files, tuple(gone), tuple(file.source for file in now.files if file.source not in pairs))


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


def _pairs(before: Sequence[FileReport], now: Sequence[FileReport]) -> dict[str, FileReport]:
    """By its source, what each document was in the run before: of its key and name, else key, else name."""
    pairs: dict[str, FileReport] = {}
    matched: set[str] = set()
    for name in (_key_and_source, _key, _source):
        known: dict[tuple[str, ...], list[FileReport]] = {}
        for file in before:
            if file.source not in matched and all(name(file)):
                known.setdefault(name(file), []).append(file)
        for file in now:
            found = known.get(name(file), []) if file.source not in pairs else []
            if found:
                pairs[file.source] = found.pop(0)
                matched.add(pairs[file.source].source)
    return pairs


def _key_and_source(file: FileReport) -> tuple[str, ...]:
    return file.key, file.source


def _key(file: FileReport) -> tuple[str, ...]:
    return (file.key,)


def _source(file: FileReport) -> tuple[str, ...]:
    return (file.source,)
