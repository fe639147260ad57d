"""The tests of a pack run: each case judged like any document, and what no case shows."""

import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from checktool.checking.batch import Batch
from checktool.checking.check import CheckOptions
from checktool.checking.judge import Judge
from checktool.checking.packtests.case import Case, Expectation, Settings, Wanted
from checktool.checking.packtests.finding_cases import cases
from checktool.checking.severities import Severities
from checktool.definitions.registry import rules_of
from checktool.errors import PackError
from checktool.model.definition import CodeTable, DefinitionPack
from checktool.model.finding import FILE_LAYERS, Layer, Severity
from checktool.model.report import FileReport, LayerStatus
from checktool.reading.sources import list_sources
from checktool.settings import Hospital

TESTS = "tests"
Found = Counter[tuple[str, Severity]]


@dataclass(frozen=True, slots=True)
class CaseResult:
    """How a case went; ``problem`` is empty or a word key: missing, unexpected, count, severity, unchecked.

    ``codes`` are those that the problem is about.
    """

    case: Case
    found: tuple[str, ...]
    problem: str = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SetsReport:
    """All cases of a pack in order; of its ``rules`` in force those that no case passes or fails."""

    rules: int
    results: tuple[CaseResult, ...]
    without_pass: tuple[str, ...]
    without_fail: tuple[str, ...]

    @property
    def failed(self) -> int:
        """How many cases did not go as expected."""
        return sum(bool(result.problem) for result in self.results)


def run_tests(pack: DefinitionPack, today: date) -> SetsReport:
    """Run every case of a pack; ``today`` is for cases that name no day.

    Raises PackError P030 (no test at all), P031 (a test that cannot be read).
    """
    found = list(cases(pack.rules_folder / TESTS, today))
    if not found:
        raise PackError("P030", id=pack.info.id)
    bench = _Bench(pack)
    results = tuple(bench.result(case) for case in found)
    off = pack.off
    codes = [rule.code for rule in rules_of(pack) if rule.code not in off]
    passing = {code for case in found for code in case.passes}
    failing = {code for case in found for code in case.fails}
    return SetsReport(
        len(codes),
        results,
        tuple(code for code in codes if code not in passing),
        tuple(code for code in codes if code not in failing),
    )


class _Bench:
    """Judges cases; what like settings share is built once."""

    def __init__(self, pack: DefinitionPack) -> None:
        self._pack = pack
        self._ready: dict[Settings, tuple[DefinitionPack, Judge, Batch]] = {}

    def result(self, case: Case) -> CaseResult:
        """Judge one case."""
        with tempfile.TemporaryDirectory(prefix="checktool-test-") as folder:
            path = case.path
            if path is None:
                path = Path(folder) / "test.xml"
                path.write_bytes(case.document)
            reports, found = self._found(path, case.settings)
        told = {code for code, _ in found}
        if not reports or any(_unjudged(report, case.expectation) for report in reports):
            return CaseResult(case, tuple(sorted(told)), "unchecked")
        problem, codes = _problem(case.expectation, found)
        return CaseResult(case, tuple(sorted(told)), problem, tuple(codes))

    def _found(self, path: Path, settings: Settings) -> tuple[list[FileReport], Found]:
        """The reports of a case, and the codes that were found with their severities."""
        if settings not in self._ready:
            pack = _pack_for(self._pack, settings)
            hospital = Hospital(settings.institution, settings.doctors)
            options = CheckOptions(settings.on, 0, settings.max_findings, hospital)
            self._ready[settings] = pack, Judge(pack, options), Batch(pack, Severities(pack))
        pack, judge, batch = self._ready[settings]
        reports: list[FileReport] = []
        facts = []
        for source in list_sources([str(path)], pack.limits):
            for report, known in judge.source(source):
                reports.append(report)
                facts += [known] if known is not None else []
        places = {report.source: place for place, report in enumerate(reports)}
        compared = batch.check(facts, places.__getitem__)
        found = Counter((one.code, one.severity) for report in reports for one in report.findings)
        found.update((one.code, one.severity) for one in compared.findings)
        return reports, found


def _unjudged(report: FileReport, expected: Expectation) -> bool:
    """Whether a document could not be judged, unless it is refused and that can be expected."""
    states = [result.status for result in report.layers]
    refused = LayerStatus.FAILED in states[: FILE_LAYERS.index(Layer.STRUCTURE)]
    if refused and (expected.scope is None or any(one.code in expected.scope for one in report.findings)):
        return False
    return LayerStatus.BROKEN in states or LayerStatus.SKIPPED in states


def _problem(expected: Expectation, found: Found) -> tuple[str, Iterable[str]]:
    """The first thing that is not as expected, and the codes that it is about."""
    told = Counter(code for code, _ in found.elements())
    missing = [one.code for one in expected.wanted if not told[one.code]]
    if missing:
        return "missing", missing
    known = {one.code for one in expected.wanted} | expected.ignored
    others = sorted(code for code in told
                    if code not in known and (expected.scope is None or code in expected.scope))  # fmt: skip
    if others:
        return "unexpected", others
    wrong = [one.code for one in expected.wanted if one.count is not None and told[one.code] != one.count]
    if wrong:
        return "count", wrong
    grave = [one.code for one in expected.wanted if not _as_grave(one, found)]
    return ("severity", grave) if grave else ("", ())


def _as_grave(wanted: Wanted, found: Found) -> bool:
    return wanted.severity is None or found[(wanted.code, wanted.severity)] > 0


def _pack_for(pack: DefinitionPack, settings: Settings) -> DefinitionPack:
    """A pack with the settings of a case."""
    forms = pack.forms if settings.structure else tuple(replace(form, xsd=None) for form in pack.forms)
    made = replace(
        pack,
        forms=forms,
        limits=replace(pack.limits, **dict(settings.limits)),
        off=pack.off if settings.off is None else settings.off,
    )
    if not settings.last_days:
        return made
    changed = {table: _ended(pack.tables[table], day) for table, day in settings.last_days}
    return replace(made, tables=_Ended(changed, pack))


class _Ended(dict[str, CodeTable]):
    """The tables of a pack, some of them changed."""

    def __init__(self, changed: dict[str, CodeTable], pack: DefinitionPack) -> None:
        super().__init__(changed)
        self._pack = pack

    def __missing__(self, table: str) -> CodeTable:
        return self._pack.tables[table]

    def __contains__(self, table: object) -> bool:
        return super().__contains__(table) or table in self._pack.tables


def _ended(table: CodeTable, day: date) -> CodeTable:
    entries = {
        code: tuple(row._replace(valid_to=day) for row in rows) for code, rows in table.entries.items()
    }
    return replace(table, entries=entries)
