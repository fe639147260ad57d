"""One document through all layers of its form, in a process of its own or not."""

from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from checktool.checking.check import Check, Hit, Outcome, Subject
from checktool.checking.codes import Codes
from checktool.checking.facts import FactFinder, Facts
from checktool.checking.findings import Namer, findings_of, root_location
from checktool.checking.functions import Functions
from checktool.checking.leaves import LeafFinder
from checktool.checking.precedence import settled
from checktool.checking.rules import Rules
from checktool.checking.screen import Screen
from checktool.checking.severities import Severities
from checktool.checking.structure import Structure
from checktool.checking.text import Text
from checktool.definitions import codetable, registry
from checktool.definitions.xsdfiles import SchemaFiles
from checktool.model.definition import CodeEntry, CodeTable, DefinitionPack, Form
from checktool.model.finding import FILE_LAYERS, Finding, Layer, Location, Param, Severity
from checktool.model.report import FileReport, LayerResult, LayerStatus, Note
from checktool.reading.document import Document, Unreadable, read
from checktool.reading.faults import ReadFault
from checktool.reading.identify import Identified, Identifier
from checktool.reading.sources import Refused, Source
from checktool.settings import Hospital

Judged = tuple[FileReport, Facts | None]
Outcomes = Mapping[Layer, Outcome]
Silence = tuple[LayerStatus | None, Note | None]

_READ = LayerResult(Layer.READING, LayerStatus.PASSED)
_KNOWN = LayerResult(Layer.FORM, LayerStatus.PASSED)


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """What one run may choose: ``on`` is taken as today, ``jobs`` are worker processes.

    None decides by the amount. With 0 everything runs in the calling process, where a document cannot
    be cut off at its time limit. ``traced`` also tells what every business rule did, for an SVRL report.
    """

    on: date
    jobs: int | None = 0
    max_findings: int = 1000
    hospital: Hospital = field(default_factory=Hospital)
    traced: bool = False


def hospital_tables(hospital: Hospital) -> dict[str, CodeTable]:
    """The policy's own data as code tables ``hospital`` and ``hospital-doctors`` (docs/rules.md)."""
    known = {"institution_code": hospital.institution_code, "doctor_list": ""}
    doctors = CodeTable("hospital-doctors", {})
    if hospital.doctor_list is not None:
        doctors = codetable.read(hospital.doctor_list)
        known["doctor_list"] = hospital.doctor_list.name
    entries = {key: (CodeEntry(value),) for key, value in known.items() if value}
    return {"hospital": CodeTable("hospital", entries), "hospital-doctors": doctors}


@dataclass(slots=True, eq=False)
class _Desk:
    """All that judges the documents of one form; ``checks`` in the order of their layers.

    ``prepare`` makes the quick look, when the first document of the form comes.
    """

    checks: tuple[Check, ...]
    prepare: Callable[[], Screen]
    leaves: LeafFinder
    namer: Namer
    facts: FactFinder
    silent: dict[tuple[Silence, ...], tuple[LayerResult, ...]] = field(default_factory=dict)
    _screen: Screen | None = None

    @property
    def screen(self) -> Screen:
        """The quick look."""
        if self._screen is None:
            self._screen = self.prepare()
        return self._screen

    def without_hits(self, outcomes: Outcomes) -> tuple[LayerResult, ...]:
        """The layers of a document without a hit: mostly the same ones, made (and sent) once."""
        key = tuple((outcome.status, outcome.note) for outcome in outcomes.values())
        if key not in self.silent:
            self.silent[key] = tuple(_result(layer, outcome, ()) for layer, outcome in outcomes.items())
        return self.silent[key]


class Judge:
    """Everything that is built once a process to judge the documents of one pack."""

    def __init__(self, pack: DefinitionPack, options: CheckOptions) -> None:
        """Build the checks of every form now, so that faults of the pack show before any document.

        Raises PackError P004 to P008, P011.
        """
        self._pack = pack
        self._options = options
        self._severities = Severities(pack)
        self._identifier = Identifier(pack, options.on)
        tables: Mapping[str, CodeTable] = ChainMap(hospital_tables(options.hospital), pack.tables)  # type: ignore[arg-type]
        self._extensions = Functions(tables, options.on).extensions()
        self._messages = {
            rule.code: (rule.message, *rule.others)
            for rule in registry.rules_of(pack)
            if rule.code not in self._severities.off
        }
        self._desks = {id(form): self._desk(form) for form in pack.forms}

    def _desk(self, form: Form) -> _Desk:
        schemas = registry.schemas_of(self._pack, form)
        files = SchemaFiles(form.xsd, self._pack.xsd_folder) if form.xsd else None
        codes = Codes(form, self._pack, self._options.on, frozenset(self._messages))
        facts = FactFinder(form, self._pack)
        rules = Rules(form, schemas, self._extensions, self._messages, self._options.traced)
        checks = (Structure(form, files), Text(form, self._pack.encoding), codes, rules)

        def prepare() -> Screen:
            screen = Screen(form, files, codes.items, facts.wants, rules.quicken(form, files))
            rules.link(screen.slots())
            return screen

        return _Desk(checks, prepare, LeafFinder(), Namer(form), facts)

    def source(self, source: Source | Refused) -> Iterator[Judged]:
        """The reports of one source: one, or one a record."""
        if isinstance(source, Refused):
            yield (
                self._unreadable(Unreadable(source.name, source.sha256, source.finding_code, source.params)),
                None,
            )
            return
        for found in read(source, self._pack):
            yield (self._unreadable(found), None) if isinstance(found, Unreadable) else self.document(found)

    def _unreadable(self, found: Unreadable) -> FileReport:
        params = dict(found.params)
        line, column = int(params.get("line", 0)), int(params.pop("column", 0))
        location = Location(found.source, line=line, column=column)
        finding = Finding(found.code, Severity.ERROR, location, tuple(params.items()))
        first = LayerResult(Layer.READING, LayerStatus.FAILED, (finding,))
        return unfinished(found.source, found.sha256, (first,), Note("reading_failed"))

    def document(self, document: Document) -> Judged:
        """The report of one document, and its facts for the batch layer."""
        noticed = self._noticed(document) if document.noticed else ()
        reading = LayerResult(Layer.READING, LayerStatus.PASSED, noticed) if noticed else _READ
        try:
            known = self._identifier.identify(document.root)
        except ReadFault as fault:
            finding = Finding(fault.code, Severity.ERROR, root_location(document), fault.params)
            form = LayerResult(Layer.FORM, LayerStatus.FAILED, (finding,))
            return unfinished(document.source, document.sha256, (reading, form), Note("form_failed")), None
        return self._identified(document, known, reading)

    def _noticed(self, document: Document) -> tuple[Finding, ...]:
        found = []
        for code, params in document.noticed:
            severity = self._severities.of(code)
            if severity is not None:
                found.append(Finding(code, severity, Location(document.source), params))
        return tuple(found)

    def _identified(self, document: Document, known: Identified, reading: LayerResult) -> Judged:
        form, desk = known.form, self._desks[id(known.form)]
        seen = desk.screen.look(document, known.day)
        subject = Subject(document, known.day, [] if seen else desk.leaves.leaves(document.root))
        if seen is None:
            values = [(path, value) for path, _, _, value in subject.leaves]
        else:
            values, subject.taken = seen
        outcomes = {check.layer: check.check(subject) for check in desk.checks}
        noted = Note("no_date") if form.date and not known.dated else None
        first = (reading, LayerResult(Layer.FORM, LayerStatus.PASSED, (), noted) if noted else _KNOWN)
        if any(outcome.hits or outcome.cut for outcome in outcomes.values()):
            layers = (*first, *self._found(document, desk, outcomes))
        else:
            layers = (*first, *desk.without_hits(outcomes))
        facts = desk.facts.facts(document, values)
        report = FileReport(
            document.source, document.sha256, form.id, form.name, layers, facts.key, *facts.listed,
            trace=outcomes[Layer.RULES].trace,
        )  # fmt: skip
        return report, facts

    def _found(self, document: Document, desk: _Desk, outcomes: Outcomes) -> list[LayerResult]:
        """The layers behind the form where any of them has a hit."""
        shown = {layer: self._shown(outcome.hits) for layer, outcome in outcomes.items()}
        hits = settled(
            shown,
            self._grave,
            desk.namer.is_numeric,
        )
        found, cut = findings_of(document, desk.namer, hits, self._grave, self._options.max_findings)
        cut += sum(outcome.cut for outcome in outcomes.values())
        layers = [_result(layer, outcome, found[layer]) for layer, outcome in outcomes.items()]
        if layers[0].status is LayerStatus.PASSED and (refused := self._errors(shown[Layer.STRUCTURE])):
            layers[0] = replace(layers[0], note=Note("told_elsewhere", (("count", refused),)))
        if cut:
            layers[0] = _capped(layers[0], document, cut)
        return layers

    def _errors(self, hits: list[Hit]) -> int:
        return sum(self._grave(hit) is Severity.ERROR for hit in hits)

    def _shown(self, hits: list[Hit]) -> list[Hit]:
        return [hit for hit in hits if self._severities.of(hit.code, hit.severity) is not None]

    def _grave(self, hit: Hit) -> Severity:
        return self._severities.of(hit.code, hit.severity) or Severity.INFO


def _result(layer: Layer, outcome: Outcome, found: tuple[Finding, ...]) -> LayerResult:
    failed = any(finding.severity is Severity.ERROR for finding in found)
    status = outcome.status or (LayerStatus.FAILED if failed else LayerStatus.PASSED)
    return LayerResult(layer, status, found, outcome.note)


def _capped(result: LayerResult, document: Document, cut: int) -> LayerResult:
    params: tuple[Param, ...] = (("n", cut),)
    finding = Finding("F011", Severity.INFO, root_location(document), params)
    note = result.note or Note("findings_capped", params)
    return replace(result, findings=(*result.findings, finding), note=note)


def unfinished(
    source: str, sha256: str, layers: tuple[LayerResult, ...], note: Note,
    status: LayerStatus = LayerStatus.SKIPPED,
) -> FileReport:  # fmt: skip
    """The report of a document whose check ended early: the layers so far, the rest skipped."""
    return FileReport(source, sha256, "", "", (*layers, *_rest(len(layers), note, status)))


@cache
def _rest(done: int, note: Note, status: LayerStatus) -> tuple[LayerResult, ...]:
    """The layers after those that are done; one for the whole rest of a stopped run."""
    first = LayerResult(FILE_LAYERS[done], status, (), note)
    return (first, *(LayerResult(layer, LayerStatus.SKIPPED, (), note) for layer in FILE_LAYERS[done + 1 :]))
