"""What stands below a root of an XSD: every element and attribute with its label and simple type."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from checktool.definitions.contentmodel import ContentModel, Particle, SimpleType
from checktool.definitions.importing.vocabulary import line
from checktool.definitions.xsdfiles import XS, SchemaFiles
from checktool.errors import PackError

MOST_NODES = 20_000
DEEPEST = 40
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """One element or attribute below a root: ``leaf`` when it holds a value."""

    path: str
    label: str
    leaf: bool
    required: bool
    simple: SimpleType
    written_in_xsd: bool
    fixed: str = ""

    @property
    def name(self) -> str:
        """The last step, without ``@``."""
        return self.path.rpartition("/")[2].lstrip("@")


class Tree:
    """Everything below one root of an entry XSD, in document order."""

    def __init__(self, entry: Path, folder: Path, name: str, root: str) -> None:
        """Build the schema as a check does. Raises PackError P020 when libxml2 refuses it."""
        try:
            files = SchemaFiles(entry, folder)
            files.build()
        except PackError as fault:
            if fault.code != "P004":
                raise
            raise PackError("P020", file=name, line=0, reason="build") from fault
        self._model = ContentModel(files)
        self.nodes: list[Node] = []
        declaration = self._model.declaration(root)
        self.label = "" if declaration is None else _label(declaration)
        if declaration is not None:
            self._walk(declaration, "", True, ())

    def _walk(
        self, node: etree._Element, path: str, required: bool, above: tuple[etree._Element, ...]
    ) -> None:
        if node in above or len(above) > DEEPEST or len(self.nodes) > MOST_NODES:
            return
        found = self._model.type_of(node)
        if path:
            simple = found.simple or SimpleType()
            self._note(path, node, found.simple is not None, required, simple)
        for name, (demanded, attribute) in found.attributes.items():
            step = f"{path}/@{_local(name)}" if path else f"@{_local(name)}"
            self._note(step, attribute, True, required and demanded, self._model.simple_of(attribute))
        for particle, demanded in _children(found.content, required):
            if particle.node is not None:
                step = f"{path}/{_local(particle.name)}" if path else _local(particle.name)
                self._walk(self._declared(particle), step, demanded, (*above, node))

    def _declared(self, particle: Particle) -> etree._Element:
        """The declaration itself where a particle refers to a global one."""
        assert particle.node is not None
        found = self._model.declaration(particle.name) if particle.node.get("ref") else None
        return particle.node if found is None else found

    def _note(self, path: str, node: etree._Element, leaf: bool, required: bool, simple: SimpleType) -> None:
        if all(known.path != path for known in self.nodes[-50:]):
            label = _label(node)
            fixed = node.get("fixed", "")
            self.nodes.append(Node(path, label or _last(path), leaf, required, simple, bool(label), fixed))

    def children(self) -> list[tuple[str, str]]:
        """The paths and labels of the elements that stand directly below the root."""
        return [(node.path, node.label) for node in self.nodes if "/" not in node.path]


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
    return name.rpartition("}")[2]


def _last(path: str) -> str:
    return path.rpartition("/")[2]
