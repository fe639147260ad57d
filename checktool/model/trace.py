"""What rule files did with a document, rule by rule: the facts of an SVRL report."""

from dataclasses import dataclass

from checktool.model.finding import Param

Marks = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TracedReference:
    """A ``diagnostic`` or ``property`` of an outcome; ``copies`` number the values that are XML."""

    kind: str
    id: str
    text: str
    marks: Marks = ()
    copies: tuple[int, ...] = ()
    marked: str = ""


@dataclass(frozen=True, slots=True)
class TracedOutcome:
    """An assert that failed or a report that held. Texts are templates whose values are ``params``.

    ``marks`` are attributes as the rule file has them; ``personal`` names params that quote a personal
    value.
    """

    report: bool
    code: str
    test: str
    location: str
    text: str
    params: tuple[Param, ...] = ()
    personal: tuple[str, ...] = ()
    marks: Marks = ()
    references: tuple[TracedReference, ...] = ()
    marked: str = ""
    """The text as XML, where it has markup; so too of a reference."""


@dataclass(frozen=True, slots=True)
class TracedRule:
    """A rule that fired at a node; ``document`` names another document than the one at hand."""

    context: str
    document: str
    marks: Marks
    outcomes: tuple[TracedOutcome, ...] = ()


@dataclass(frozen=True, slots=True)
class TracedPattern:
    """A pattern that was active, and the rules that fired in it, in document order."""

    id: str
    name: str
    documents: tuple[str, ...]
    rules: tuple[TracedRule, ...] = ()
    role: str = ""


@dataclass(frozen=True, slots=True)
class RuleTrace:
    """One rule file run on one document."""

    file: str
    title: str
    phase: str
    version: str
    namespaces: Marks
    patterns: tuple[TracedPattern, ...]
    paragraphs: tuple[str, ...] = ()
