"""The report in SVRL, the Schematron Validation Report Language (ISO/IEC 19757-3, annex D).

One ``schematron-output`` for the run. Every ``active-pattern`` names the document that it judged in
``documents``, so that the patterns of several documents stand behind each other. What could not be judged
is said in a ``text`` at the top, since SVRL has no word for it. SVRL tells of business rules alone.
"""

import re
from collections.abc import Iterable, Iterator
from html import escape

from checktool.model.finding import Layer, Param
from checktool.model.report import CheckReport, FileReport, LayerStatus
from checktool.model.trace import Marks, RuleTrace, TracedOutcome, TracedPattern, TracedReference, TracedRule
from checktool.reporting.listing import outdated
from checktool.reporting.masking import STAR, Mask, ReportOptions, Values, mask_for
from checktool.wording import Wording

NAMESPACE = "http://purl.oclc.org/dsdl/svrl"
_ATTRIBUTE = re.compile(
    r'<\?attribute ((?:xml:)?[^\W\d][\w.\-]*)="((?:[^"<&]|&(?:amp|lt|gt|quot|#[0-9]+);)*)"\?>'
)
_FIELD = re.compile(r"\{(\w+)\}|\{\{|\}\}")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_JUDGED = (LayerStatus.PASSED, LayerStatus.FAILED)


def svrl_report(report: CheckReport, wording: Wording, options: ReportOptions) -> Iterator[str]:
    """The whole run; only rules that ran are in it, and what of the documents was not judged."""
    mask = mask_for(report, wording, options)
    pack = report.pack
    status = wording.say(f"report.status.{pack.status}")
    notes = [
        wording.say("report.disclaimer"),
        wording.say("report.pack", title=pack.title, edition=pack.edition, status=status),
        *outdated(report, wording),
        *(note for file in report.files for note in _notes(file, mask)),
    ]
    if not report.completed:
        notes.append(wording.say("report.not_completed"))
    traces = [(mask.name(file.source), file.trace) for file in report.files]
    yield from _output(traces, notes, hide=mask.values is not Values.ALL)


def svrl_of(trace: RuleTrace, document: str = "") -> str:
    """One rule file run on one document, of that name, without a pack."""
    return "".join(_output([(document, (trace,))], [], hide=False))


def _notes(file: FileReport, mask: Mask) -> Iterator[str]:
    """Why the rules of a document were not all judged."""
    for result in file.layers:
        note = mask.note(result.note)
        if result.layer is Layer.FORM and file.pack is not None:
            yield f"{mask.name(file.source)}: {note}"
        if result.layer is Layer.RULES and (note or result.status not in _JUDGED):
            state = mask.wording.say(f"report.layer_status.{result.status}")
            yield f"{mask.name(file.source)}: {state} {note}".rstrip()


def _output(
    traces: list[tuple[str, tuple[RuleTrace, ...]]], notes: Iterable[str], hide: bool
) -> Iterator[str]:
    every = [trace for _, several in traces for trace in several]
    head = {"xmlns:svrl": NAMESPACE}
    for name, values in (
        ("title", [trace.title for trace in every]),
        ("phase", [trace.phase for trace in every]),
        ("schemaVersion", [trace.version for trace in every]),
    ):
        head[name] = " / ".join(dict.fromkeys(filter(None, values)))
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield _tag("schematron-output", head) + "\n"
    yield from (f"  {_element('text', {}, _text(note))}\n" for note in notes)
    for words in dict.fromkeys(words for trace in every for words in trace.paragraphs):
        yield f"  {_element('text', {}, _text(words))}\n"
    for prefix, uri in dict.fromkeys(pair for trace in every for pair in trace.namespaces):
        marks = {"uri": uri, "prefix": prefix}
        yield f"  {_element('ns-prefix-in-attribute-values', marks)}\n"
    for document, several in traces:
        for trace in several:
            yield from (_pattern(pattern, document, hide) for pattern in trace.patterns)
    yield "</svrl:schematron-output>\n"


def _pattern(pattern: TracedPattern, document: str, hide: bool) -> str:
    """A pattern and, behind it, each rule that fired and what came of it."""
    names = [name if not hide else STAR for name in pattern.documents if name]
    documents = " ".join(names) or document
    marks = {"id": pattern.id, "name": pattern.name, "documents": documents, "role": pattern.role}
    fired = "".join(_rule(rule, document, hide) for rule in pattern.rules)
    return f"  {_element('active-pattern', marks)}\n{fired}"


def _rule(rule: TracedRule, document: str, hide: bool) -> str:
    other = STAR if hide and rule.document else rule.document
    marks = {**dict(rule.marks), "context": rule.context, "document": other or document}
    outcomes = "".join(_outcome(outcome, hide) for outcome in rule.outcomes)
    return f"    {_element('fired-rule', marks)}\n{outcomes}"


def _outcome(outcome: TracedOutcome, hide: bool) -> str:
    name = "successful-report" if outcome.report else "failed-assert"
    marks = {"id": outcome.code, **_named(outcome.marks), "location": outcome.location, "test": outcome.test}
    values = {key: str(value) for key, value in _shown(outcome, hide)}
    inner = "".join(f"      {_reference(one, values, hide)}\n" for one in outcome.references)
    text = _element("text", {}, _words(outcome, values))
    return f"    {_tag(name, marks)}\n{inner}      {text}\n    </svrl:{name}>\n"


def _reference(one: TracedReference, values: dict[str, str], hide: bool) -> str:
    """A diagnostic or property; a copied node stands in its text as XML, an attribute as one of it."""
    marks = {one.kind: one.id, **_named(one.marks)}
    plain = {key: value if hide or int(key) not in one.copies else "" for key, value in values.items()}
    copied = "" if hide else "".join(values[str(number)] for number in one.copies)
    inner = _words(one, plain) + _ATTRIBUTE.sub("", copied)
    opening = "".join(f' {name}="{value}"' for name, value in dict(_ATTRIBUTE.findall(copied)).items())
    text = f"<svrl:text{opening}>{inner}</svrl:text>" if inner else f"<svrl:text{opening}/>"
    return _element(f"{one.kind}-reference", marks, text)


def _words(one: TracedOutcome | TracedReference, values: dict[str, str]) -> str:
    """A text with its values, and with its markup."""
    if not one.marked:
        return _text(_filled(one.text, values))
    return _filled(one.marked, {key: _text(value) for key, value in values.items()})


def _shown(outcome: TracedOutcome, hide: bool) -> Iterator[Param]:
    for key, value in outcome.params:
        yield key, STAR if hide and value and key in outcome.personal else value


def _named(marks: Marks) -> dict[str, str]:
    return {"xml:lang" if key == "lang" else key: value for key, value in marks}


def _filled(template: str, values: dict[str, str]) -> str:
    return _FIELD.sub(lambda field: values.get(field[1], "") if field[1] else field[0][0], template)


def _element(name: str, marks: dict[str, str], inner: str = "") -> str:
    opening = _tag(name, marks)
    return f"{opening}{inner}</svrl:{name}>" if inner else f"{opening[:-1]}/>"


def _tag(name: str, marks: dict[str, str]) -> str:
    written = "".join(f' {key}="{_text(value)}"' for key, value in marks.items() if value)
    return f"<svrl:{name}{written}>"


def _text(text: str) -> str:
    plain = escape(_FORBIDDEN.sub("\ufffd", text), quote=False)
    return plain.replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
