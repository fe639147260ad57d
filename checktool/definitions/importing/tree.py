"""What stands below a root of an XSD: every element and attribute with its label and simple type."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from checktool.definitions.contentmodel import ContentModel, Particle, SimpleType
from checktool.definitions.importing.schemas import unreached
from checktool.definitions.importing.vocabulary import line
from checktool.definitions.xsdfiles import SchemaFiles
from checktool.definitions.xsdlinks import XS, Links
from checktool.errors import PackError

MOST_NODES = 5_000
DEEPEST = 40
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """One element or attribute below a root: ``leaf`` when it holds a value; ``steps`` in Clark notation."""

    path: str
    label: str
    leaf: bool
    required: bool
    simple: SimpleType
    written_in_xsd: bool
    fixed: str = ""
    steps: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The last step, without ``@``."""
        return self.path.rpartition("/")[2].lstrip("@")


Order = tuple[int, ...]


class _Open(NamedTuple):
    """An element that is still to be looked into; ``used`` is where the content model refers to it."""

    order: Order
    used: etree._Element
    node: etree._Element
    steps: tuple[str, ...]
    required: bool
    above: tuple[etree._Element, ...]


class Tree:
    """Everything below one root of an entry XSD, in document order.

    Where that is more than ``MOST_NODES``, what lies deepest is left out (``cut``).
    """

    def __init__(self, built: "Built", root: str) -> None:
        """Walk through a schema set from the declaration of a root."""
        self._model = built.model
        self._found: dict[str, tuple[Order, Node]] = {}
        self.cut = False
        declaration = self._model.declaration(root)
        self.label = "" if declaration is None else self._label((declaration,))
        if declaration is not None:
            self._walk(declaration)
        self.nodes = [node for _, node in sorted(self._found.values(), key=lambda found: found[0])]

    def _walk(self, root: etree._Element) -> None:
        """Level by level, so that a limit cuts off what lies deepest."""
        todo = deque([_Open((), root, root, (), True, ())])
        while todo:
            if len(self._found) > MOST_NODES:
                self.cut = True
                return
            todo.extend(self._inside(todo.popleft()))

    def _inside(self, place: _Open) -> Iterator[_Open]:
        """Note an element and its attributes, and answer its children."""
        order, used, node, steps, required, above = place
        found = self._model.type_of(node)
        if steps and not self._note(order, steps, (used, node), required, found.simple):
            return
        count = 0
        for name, (demanded, attribute) in found.attributes.items():
            count += 1
            simple = self._model.simple_of(attribute)
            self._note((*order, count), (*steps, f"@{name}"), (attribute,), required and demanded, simple)
        if len(above) >= DEEPEST:
            return
        for particle, demanded in _children(found.content, required):
            count += 1
            if particle.node is not None:
                child, inner = self._model.declared(particle), (*steps, particle.name)
                if child is not node and child not in above:
                    yield _Open((*order, count), particle.node, child, inner, demanded, (*above, node))

    def _note(
        self, order: Order, steps: tuple[str, ...], nodes: tuple[etree._Element, ...], required: bool,
        simple: SimpleType | None,
    ) -> bool:  # fmt: skip
        """Keep a node; False for a path that is known already."""
        path = "/".join(map(_local, steps))
        if path in self._found:
            return False
        label, fixed = self._label(nodes), nodes[-1].get("fixed", "")
        made = Node(path, label or _last(path), simple is not None, required, simple or SimpleType(),
                    bool(label), fixed, steps)  # fmt: skip
        self._found[path] = order, made
        return True

    def _label(self, nodes: tuple[etree._Element, ...]) -> str:
        """The label of a declaration, where it has none that of its type."""
        types = (self._model.named_type(node) for node in nodes)
        return next(filter(None, (_label(node) for node in (*nodes, *types) if node is not None)), "")


@dataclass(frozen=True, slots=True)
class Built:
    """A schema set as a check builds it, and what it says."""

    files: SchemaFiles
    model: ContentModel


def built(entry: Path, links: Links, name: str) -> Built:
    """Build a schema set as a check does. Raises PackError P020 to P022 where libxml2 refuses it."""
    try:
        files = SchemaFiles(entry, links.folder, links)
    except PackError as fault:
        raise PackError("P020", file=name, line=0, reason="build") from fault
    try:
        files.build()
    except PackError as fault:
        for path, found in files.loose:
            raise unreached(found, path.relative_to(links.folder).as_posix()) from fault
        reason = "size" if fault.params.get("reason") == "size" else "build"
        raise PackError("P020", file=name, line=0, reason=reason, detail=_detail(fault)) from fault
    return Built(files, ContentModel(files))


def _detail(fault: PackError) -> str:
    """What libxml2 says, in its own words; empty when it says nothing."""
    entries = getattr(fault.__cause__, "error_log", None) or ()
    return next((line(entry.message) for entry in entries), "")


def _children(particle: Particle | None, required: bool) -> Iterator[tuple[Particle, bool]]:
    """The element particles of a content model, each with whether it has to be there."""
    if particle is None:
        return
    demanded = required and particle.low > 0
    if particle.kind == "element":
        yield particle, demanded
    alternatives = particle.kind == "choice" and len(particle.parts) > 1
    for part in particle.parts:
        yield from _children(part, demanded and not alternatives)


def _label(node: etree._Element) -> str:
    """The first line of an annotation, Japanese before other languages, shortened."""
    texts = {
        part.get(_LANG, ""): str(part.xpath("string()")).strip().partition("\n")[0]
        for part in node.iterfind(f"{XS}annotation/{XS}documentation")
    }
    best = next((texts[lang] for lang in ("ja", "ja-JP", "", *texts) if texts.get(lang, "").strip()), "")
    return line(best)[:60]


def _local(name: str) -> str:
    """The local part of a name in Clark notation, an attribute's with its ``@``."""
    return ("@" if name.startswith("@") else "") + name.lstrip("@").rpartition("}")[2]


def _last(path: str) -> str:
    return path.rpartition("/")[2]
