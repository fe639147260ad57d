"""The same documents judged by two packs: whose verdict differs, and which findings make the difference."""

from dataclasses import dataclass

from checktool.model.finding import Severity
from checktool.model.report import CheckReport, FileReport, Verdict, verdicts

_NO_EDITION = "X106"


@dataclass(frozen=True, slots=True)
class Flip:
    """One document of which two packs say different things; the codes are sorted.

    ``regraded`` are codes that both find and grade differently.
    """

    source: str
    before: Verdict
    after: Verdict
    appeared: tuple[str, ...]
    disappeared: tuple[str, ...]
    regraded: tuple[str, ...] = ()

    @property
    def flips(self) -> bool:
        """Whether its verdict differs, not its findings alone."""
        return self.before is not self.after


@dataclass(frozen=True, slots=True)
class Flips:
    """Two runs compared: documents that differ, those with another verdict first; ``count`` is of all.

    ``outside`` are documents whose day lies outside the period of one pack: no change of a definition.
    """

    on: str
    count: int
    documents: tuple[Flip, ...]
    outside: tuple[str, ...] = ()


def compared(one: CheckReport, other: CheckReport) -> Flips:
    """The differences of two runs over the same sources; a document only one of them saw is UNCHECKED."""
    old, new = _judged(one), _judged(other)
    found = []
    alone = _outside(one) ^ _outside(other)
    outside = [source for source in dict.fromkeys((*old, *new)) if source in alone]
    for source in dict.fromkeys((*old, *new)):
        before, codes = old.get(source, (Verdict.UNCHECKED, {}))
        after, others = new.get(source, (Verdict.UNCHECKED, {}))
        if source in alone or (before is after and codes == others):
            continue
        regraded = sorted(code for code in codes if code in others and codes[code] != others[code])
        appeared, gone = sorted(others.keys() - codes), sorted(codes.keys() - others)
        found.append(Flip(source, before, after, tuple(appeared), tuple(gone), tuple(regraded)))
    found.sort(key=lambda flip: not flip.flips)
    return Flips(one.on, len({*old, *new}), tuple(found), tuple(outside))


def _outside(report: CheckReport) -> set[str]:
    return {file.source for file in report.files if day_outside(file)}


def day_outside(file: FileReport) -> str:
    """The day of a document that lies outside the period of every edition of a pack, else empty."""
    said = (dict(finding.params).get("day", "") for finding in file.findings if finding.code == _NO_EDITION)
    return str(next(said, ""))


def _judged(report: CheckReport) -> dict[str, tuple[Verdict, dict[str, Severity]]]:
    """Verdict and codes of each document with their gravest severity, batch findings included."""
    told: dict[str, dict[str, Severity]] = {file.source: {} for file in report.files}
    for file in report.files:
        for finding in file.findings:
            _keep(told[file.source], finding.code, finding.severity)
    for shared in report.batch.findings:
        for source in shared.sources:
            _keep(told[source], shared.code, shared.severity)
    judged = zip(report.files, verdicts(report), strict=True)
    return {file.source: (verdict, told[file.source]) for file, verdict in judged}


def _keep(codes: dict[str, Severity], code: str, severity: Severity) -> None:
    codes[code] = max(severity, codes.get(code, severity))
