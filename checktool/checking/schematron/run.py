"""Any Schematron rule file run on any document, without a pack: for vendors and for tests.

See docs/schematron.md for an example in ten lines.
"""

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from checktool.checking.check import Subject
from checktool.checking.functions import Functions
from checktool.checking.rules import Rules
from checktool.definitions import schematron
from checktool.definitions.schematron import Schema
from checktool.model.definition import Form, Limits
from checktool.model.report import LayerStatus
from checktool.model.trace import RuleTrace
from checktool.reading import encodings, parsing
from checktool.reading.document import Document


class Fired(NamedTuple):
    """One assert that failed or report that held: ``kind`` is ``assert`` or ``report``.

    ``id`` is that of the assertion, else ``<file stem>-<pattern>.<rule>.<number>``; ``location`` is an
    absolute XPath 2: ``/*:name[namespace-uri()='…'][n]``.
    """

    id: str
    kind: str
    location: str


class UnjudgedError(Exception):
    """A rule could not be judged on this document; ``rule`` names it."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


class RuleFile:
    """A rule file made ready for any number of documents."""

    def __init__(
        self, path: Path, phase: str = "", folder: Path | None = None, on: date | None = None
    ) -> None:
        """Read and compile it; includes stay below ``folder`` (that above the file's own by default).

        ``on`` is taken as today. Raises PackError P007, P008 for what cannot be run.
        """
        home = path.resolve()
        self.schema: Schema = schematron.read(home, (folder or home.parent.parent).resolve(), phase)
        self._on = on or date.today()
        messages: dict[str, list[str]] = {}
        for pattern in self.schema.patterns:
            for assertion in (one for rule in pattern.rules for one in rule.assertions):
                messages.setdefault(assertion.code, []).append(assertion.message.text)
        extensions = Functions({}, self._on).extensions()
        self._rules = Rules(Form("any", ""), [self.schema], extensions, messages, traced=True)

    def run(self, data: bytes, beside: Path | None = None) -> RuleTrace:
        """Judge a document; rules may read files in the folder ``beside`` it.

        Raises UnjudgedError, and ReadFault for what is no document.
        """
        self._rules.subdocuments[0].look_beside(beside.resolve() if beside is not None else None)
        text = encodings.decode(data)[0].encode("utf-8")
        root = parsing.parse(text, Limits())
        document = Document("document", "", root, text, "")
        outcome = self._rules.check(Subject(document, self._on, []))
        if outcome.status is LayerStatus.BROKEN:
            raise UnjudgedError(str(dict(outcome.note.params)["rule"] if outcome.note else ""))
        return outcome.trace[0]


def fired(trace: RuleTrace) -> list[Fired]:
    """What fired, in the order of the patterns and in each of the document."""
    return [
        Fired(outcome.code, "report" if outcome.report else "assert", outcome.location)
        for pattern in trace.patterns
        for rule in pattern.rules
        for outcome in rule.outcomes
    ]


def judge(rule_file: Path, document: Path, phase: str = "", folder: Path | None = None) -> list[Fired]:
    """Run a rule file on a document. Raises PackError, UnjudgedError, ReadFault (see ``RuleFile``)."""
    made = _rule_file(rule_file.resolve(), phase, folder, date.today(), rule_file.stat().st_mtime_ns)
    return fired(made.run(document.read_bytes(), document.resolve().parent))


@lru_cache(maxsize=4)
def _rule_file(path: Path, phase: str, folder: Path | None, on: date, _: int) -> RuleFile:
    """A rule file as it was when it was last changed; files that it includes are taken to stay."""
    return RuleFile(path, phase, folder, on)
