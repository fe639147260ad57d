"""What a check gets and what it answers; every layer behind the form follows this protocol."""

from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from lxml import etree

from checktool.checking.leaves import RawLeaf
from checktool.checking.quick.needs import Taken
from checktool.model.finding import Layer, Param, Severity
from checktool.model.report import LayerStatus, Note
from checktool.model.trace import RuleTrace
from checktool.reading.document import Document
from checktool.settings import Hospital


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


@dataclass(slots=True, eq=False)
class Subject:
    """One document under check. ``faulty`` are the item paths that the structure layer found fault with.

    ``taken`` is what the quick look took out of it for rules.
    """

    document: Document
    day: date
    leaves: list[RawLeaf]
    faulty: set[str] = field(default_factory=set)
    taken: Taken | None = None


@dataclass(slots=True, eq=False)
class Hit:
    """A finding in the making, still tied to its node.

    ``item_path`` names the item when it is not the node's own (a missing child); ``severity`` None is
    that of the code; ``quotes`` are params that quote the item's own value, ``personal`` those that
    quote a personal value of any item; ``blank`` are the item paths that a rule found without a value.
    """

    code: str
    node: etree._Element
    attribute: str = ""
    params: tuple[Param, ...] = ()
    item_path: str | None = None
    severity: Severity | None = None
    quotes: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    value: str | None = None
    blank: tuple[str, ...] = ()


@dataclass(slots=True, eq=False)
class Outcome:
    """What a layer says of one document; ``cut`` faults were counted only.

    ``trace`` tells what each rule file did, when that was asked for.
    """

    hits: list[Hit] = field(default_factory=list)
    status: LayerStatus | None = None
    note: Note | None = None
    cut: int = 0
    trace: tuple[RuleTrace, ...] = ()


class Check(Protocol):
    """One layer. ``status`` of its outcome is set only for ABSENT and BROKEN; the rest follows."""

    layer: Layer

    def check(self, subject: Subject) -> Outcome:
        """Judge one document."""
        ...
