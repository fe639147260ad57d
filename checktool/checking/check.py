"""What a check gets and what it answers; every layer behind the form follows this protocol."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, Protocol, cast

from lxml import etree

from checktool.model.finding import Layer, Param, Severity
from checktool.model.report import LayerStatus, Note
from checktool.reading.document import Document
from checktool.reading.nodes import local, string_value

_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"


class Leaf(NamedTuple):
    """A value of a document: an element without children, or an attribute (its name given)."""

    path: str
    node: etree._Element
    attribute: str
    value: str


@dataclass(slots=True, eq=False)
class Subject:
    """One document under check. ``faulty`` are the item paths that the structure layer found fault with."""

    document: Document
    day: date
    leaves: list[Leaf]
    faulty: set[str] = field(default_factory=set)


@dataclass(slots=True, eq=False)
class Hit:
    """A finding in the making, still tied to its node.

    ``item_path`` names the item when it is not the node's own (a missing child); ``severity`` None is
    that of the code; ``quotes`` are params that quote the item's own value, ``personal`` those that
    quote a personal value of any item.
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


@dataclass(slots=True, eq=False)
class Outcome:
    """What a layer says of one document; ``cut`` faults were counted only."""

    hits: list[Hit] = field(default_factory=list)
    status: LayerStatus | None = None
    note: Note | None = None
    cut: int = 0


class Check(Protocol):
    """One layer. ``status`` of its outcome is set only for ABSENT and BROKEN; the rest follows."""

    layer: Layer

    def check(self, subject: Subject) -> Outcome:
        """Judge one document."""
        ...


def leaves_of(root: etree._Element) -> list[Leaf]:
    """Every value of a document in document order; comments and instructions are passed over."""
    found: list[Leaf] = []
    _collect(root, "", found, {})
    return found


def _collect(node: etree._Element, path: str, found: list[Leaf], names: dict[str, str]) -> None:
    for key, value in cast(list[tuple[str, str]], node.items()):
        if not key.startswith(_XSI):
            found.append(Leaf(f"{path}/@{local(key)}" if path else f"@{local(key)}", node, key, value))
    inside = False
    if len(node):
        head = f"{path}/" if path else ""
        for child in node:
            tag = child.tag
            if isinstance(tag, str):
                inside = True
                name = names.get(tag)
                if name is None:
                    name = names[tag] = local(tag)
                if len(child):
                    _collect(child, head + name, found, names)
                else:
                    _collect_leaf(child, head + name, found)
    if not inside:
        found.append(Leaf(path, node, "", string_value(node)))


def _collect_leaf(node: etree._Element, path: str, found: list[Leaf]) -> None:
    """The same for the common case, an element without children."""
    for key, value in cast(list[tuple[str, str]], node.items()):
        if not key.startswith(_XSI):
            found.append(Leaf(f"{path}/@{local(key)}", node, key, value))
    found.append(Leaf(path, node, "", node.text or ""))
