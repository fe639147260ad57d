"""Where one can be in a document, by the XSDs of its forms: places and the steps between them."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from lxml import etree

from checktool.definitions.contentmodel import ContentModel, Particle, leaves
from checktool.definitions.xsdfiles import SchemaFiles
from checktool.definitions.xsdlinks import XS
from checktool.model.definition import Form

_DEEPEST = 64


def local(name: str) -> str:
    """The local part of a name in Clark notation."""
    return name.rpartition("}")[2]


class World:
    """One schema set: its content model, and how far what it says can be relied on."""

    def __init__(self, model: ContentModel, files: SchemaFiles) -> None:
        """``loose`` sets let other elements stand in for those of the content model."""
        nodes = [node for root in files.roots.values() for node in root.iter(etree.Element)]
        self.model = model
        self.any_attribute = any(node.tag == f"{XS}anyAttribute" for node in nodes)
        self.loose = any(
            node.get("substitutionGroup")
            or (node.tag == f"{XS}complexType" and node.get("abstract") == "true")
            for node in nodes
        )
        self.elements = frozenset(_names(nodes, "element"))
        self.attributes = frozenset(_names(nodes, "attribute"))
        self.spelled = frozenset(name for root in files.roots.values() for name in _spelled(root, files))
        self.globals = tuple(
            f"{{{space}}}{node.get('name')}" if space else str(node.get("name"))
            for root in files.roots.values()
            for space in (root.get("targetNamespace") or files.root.get("targetNamespace", ""),)
            for node in root.iterchildren(f"{XS}element")
        )


def _spelled(root: etree._Element, files: SchemaFiles) -> Iterator[str]:
    """The names of the elements that a file declares, in Clark notation."""
    space = root.get("targetNamespace") or files.root.get("targetNamespace", "")
    for node in root.iter(f"{XS}element"):
        form = node.get("form", root.get("elementFormDefault", "unqualified"))
        qualified = space and (form == "qualified" or node.getparent() is root)
        yield f"{{{space}}}{node.get('name')}" if qualified else str(node.get("name"))


def _names(nodes: Iterable[etree._Element], kind: str) -> Iterator[str]:
    for node in nodes:
        if node.tag == f"{XS}{kind}" and node.get("name"):
            yield str(node.get("name"))


class Place:
    """An element, or an attribute (its name begins with ``@``); see ``Document`` for what holds the root."""

    def __init__(
        self,
        name: str,
        world: World | None,
        node: etree._Element | None = None,
        parent: "Place | None" = None,
    ) -> None:
        self.name, self.world, self.node, self.parent = name, world, node, parent

    @cached_property
    def children(self) -> tuple["Place", ...]:
        """The child elements; names are in Clark notation."""
        if self.world is None or self.node is None:
            return ()
        content = self.world.model.type_of(self.node).content
        found = {part.name: part.node for part in leaves(content) if part.node is not None}
        return tuple(Place(name, self.world, node, self) for name, node in found.items())

    @cached_property
    def attributes(self) -> tuple["Place", ...]:
        """The attributes."""
        if self.world is None or self.node is None:
            return ()
        found = self.world.model.type_of(self.node).attributes
        return tuple(Place(f"@{name}", self.world, None, self) for name in found)

    @cached_property
    def open(self) -> bool:
        """Whether the XSD takes children here that it does not name."""
        if self.world is None or self.node is None:
            return False
        found = self.world.model.type_of(self.node)
        untyped = not (self.node.get("type") or self.node.get("ref") or len(self.node))
        any_type = found.simple is not None and found.simple.base == "anyType"
        return untyped or any_type or _has_any(found.content)

    @property
    def is_leaf(self) -> bool:
        """Whether it holds a value."""
        if self.world is None or self.node is None:
            return self.name.startswith("@")
        return self.world.model.type_of(self.node).simple is not None

    @property
    def step(self) -> str:
        """Its local name, an attribute's with ``@``."""
        mark = "@" if self.name.startswith("@") else ""
        return mark + local(self.name.removeprefix("@"))

    @property
    def path(self) -> str:
        """The steps from the document on, joined by ``/``."""
        above = self.parent.path if self.parent is not None else ""
        return f"{above}/{self.step}"

    def below(self) -> Iterator["Place"]:
        """Every element below; what repeats one of its own ancestors is not entered again."""
        yield from self._below((id(self.node),))

    def _below(self, above: tuple[int, ...]) -> Iterator["Place"]:
        for child in self.children:
            yield child
            if id(child.node) not in above and len(above) < _DEEPEST:
                yield from child._below((*above, id(child.node)))

    @cached_property
    def within(self) -> tuple["Place", ...]:
        """Every element declaration below once, wherever it applies; their parents are left open."""
        found: dict[int, Place] = {}
        pending = list(self.children)
        while pending:
            place = pending.pop()
            if id(place.node) not in found:
                found[id(place.node)] = Place(place.name, place.world, place.node)
                pending += found[id(place.node)].children
        return tuple(found.values())


class Document(Place):
    """What holds the root elements of forms; ``is_open`` where one of them has no XSD."""

    def __init__(self, roots: Iterable[Place], is_open: bool) -> None:
        super().__init__("", None)
        self.children = tuple(roots)
        self.open = is_open
        for root in self.children:
            root.parent = self

    @property
    def path(self) -> str:
        """Nothing stands above the roots."""
        return ""


def _has_any(particle: Particle | None) -> bool:
    return particle is not None and (particle.kind == "any" or any(map(_has_any, particle.parts)))


def root_of(form: Form, world: World) -> Place | None:
    """The place of a form's root, or None when its XSD does not declare it."""
    node = world.model.declaration(form.root)
    return Place(form.root, world, node) if node is not None else None
