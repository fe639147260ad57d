"""All that judges the documents of one edition of a pack."""

from collections import ChainMap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from checktool.checking.check import Check, CheckOptions, Hit, Outcome, Subject
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
from checktool.model.finding import Finding, Layer, Param, Severity
from checktool.model.report import FileReport, LayerResult, LayerStatus, Note
from checktool.reading.document import Document
from checktool.reading.identify import Identified
from checktool.settings import Hospital

Judged = tuple[FileReport, Facts | None]
Outcomes = Mapping[Layer, Outcome]
Silence = tuple[LayerStatus | None, Note | None]

_KNOWN = LayerResult(Layer.FORM, LayerStatus.PASSED)


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


class Bench:
    """Everything that is built once a process for one edition."""

    def __init__(self, pack: DefinitionPack, options: CheckOptions, edition: str = "") -> None:
        """Build the checks of every form now, so that faults of the pack show before any document.

        ``edition`` is named in what it finds when it is not that of the run. Raises PackError P004 to P008,
        P011.
        """
        self._pack, self._options, self._edition = pack, options, edition
        self._severities = Severities(pack)
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

    def judge(self, document: Document, known: Identified, reading: LayerResult) -> Judged:
        """The report of a document whose form is known, and its facts for the batch layer."""
        form, desk = known.form, self._desks[id(known.form)]
        seen = desk.screen.look(document, known.day)
        subject = Subject(document, known.day, [] if seen else desk.leaves.leaves(document.root))
        if seen is None:
            values = [(path, value) for path, _, _, value in subject.leaves]
        else:
            values, subject.taken = seen
        outcomes = {check.layer: check.check(subject) for check in desk.checks}
        first = (reading, self._form_layer(document, known))
        if any(outcome.hits or outcome.cut for outcome in outcomes.values()):
            layers = (*first, *self._found(document, desk, outcomes))
        else:
            layers = (*first, *desk.without_hits(outcomes))
        facts = desk.facts.facts(document, values)
        report = FileReport(
            document.source, document.sha256, form.id, form.name, layers, facts.key, *facts.listed,
            trace=outcomes[Layer.RULES].trace, pack=self._pack.info if self._edition else None,
        )  # fmt: skip
        return report, facts

    def _form_layer(self, document: Document, known: Identified) -> LayerResult:
        """PASSED; with a warning in the time of grace, and a note where a day or the edition is another."""
        noted = Note("no_date") if known.form.date and not known.dated else None
        if self._edition:
            other: tuple[Param, ...] = (("edition", self._edition),)
            noted = Note("other_edition_no_date", other) if noted else Note("other_edition", other)
        severity = self._severities.of("X113") if known.ended else None
        if known.ended is None or severity is None:
            return LayerResult(Layer.FORM, LayerStatus.PASSED, (), noted) if noted else _KNOWN
        params = {"edition": self._pack.info.edition, "last": known.ended.last.isoformat(),
                  "grace": known.ended.grace.isoformat()}  # fmt: skip
        found = Finding("X113", severity, root_location(document), tuple(params.items()))
        failed = severity is Severity.ERROR
        return LayerResult(Layer.FORM, LayerStatus.FAILED if failed else LayerStatus.PASSED, (found,), noted)

    def _found(self, document: Document, desk: _Desk, outcomes: Outcomes) -> list[LayerResult]:
        """The layers behind the form where any of them has a hit."""
        shown = {layer: self._shown(outcome.hits) for layer, outcome in outcomes.items()}
        hits = settled(shown, self._grave, desk.namer.is_numeric)
        found, cut = findings_of(document, desk.namer, hits, self._grave, self._options.max_findings)
        cut += sum(outcome.cut for outcome in outcomes.values())
        if self._edition:
            found = {layer: tuple(replace(one, edition=self._edition) for one in several)
                     for layer, several in found.items()}  # fmt: skip
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
