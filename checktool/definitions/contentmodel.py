"""What an XSD allows at an element: children, attributes, facets. To explain, not to validate.

libxml2 decides whether a document is valid but says in words only, which differ between its
versions, what it expected. This reads the same from the schema (W3C XML Schema 1.0 part 1,
sections 3.3 to 3.14); what it cannot follow (wildcards, substitution) it leaves open.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from checktool.definitions.components import Components
from checktool.definitions.xsdfiles import SchemaFiles, is_long
from checktool.definitions.xsdlinks import XS

_UNBOUNDED = 1_000_000
_MOST_PARTICLES = 200_000
_BOUNDS = {"length", "minLength", "maxLength", "minInclusive", "maxInclusive", "minExclusive",
           "maxExclusive", "totalDigits", "fractionDigits", "pattern", "whiteSpace"}  # fmt: skip


@dataclass(slots=True)
class SimpleType:
    """The facets of a simple type along its derivation; ``base`` is the built-in it rests on."""

    base: str = "string"
    bounds: dict[str, str] = field(default_factory=dict)
    choices: tuple[str, ...] = ()
    lifted: bool = False


@dataclass(slots=True)
class Particle:
    """A part of a content model: ``kind`` is element, sequence, choice, all or any."""

    kind: str
    low: int = 1
    high: int = 1
    name: str = ""
    node: etree._Element | None = None
    parts: list["Particle"] = field(default_factory=list)


@dataclass(slots=True)
class ComplexType:
    """Content and attributes of an element; attribute names in Clark notation → (required, node)."""

    content: Particle | None = None
    attributes: dict[str, tuple[bool, etree._Element]] = field(default_factory=dict)
    simple: SimpleType | None = None


class ContentModel:
    """Answers of one schema set; groups that unfold beyond ``_MOST_PARTICLES`` are left open."""

    def __init__(self, files: SchemaFiles) -> None:
        """Index the global components of every file of the set."""
        self._components = Components(files)
        self._find = self._components.find
        self._types: dict[etree._Element, ComplexType] = {}
        self._room = _MOST_PARTICLES

    def declaration(self, clark: str) -> etree._Element | None:
        """The global element declaration of a name."""
        return self._components.element(clark)

    def declared(self, particle: Particle) -> etree._Element:
        """The declaration of an element particle: the global one where it refers to one."""
        assert particle.node is not None
        found = self.declaration(particle.name) if particle.node.get("ref") else None
        return particle.node if found is None else found

    def of_document(self, node: etree._Element) -> etree._Element | None:
        """The declaration that applies to an element of a document, followed from its root."""
        parent = node.getparent()
        if parent is None:
            return self.declaration(str(node.tag))
        holder = self.of_document(parent)
        if holder is None:
            return None
        content = self.type_of(holder).content
        return next((hit.node for hit in leaves(content) if hit.name == node.tag), None)

    def type_of(self, declaration: etree._Element) -> ComplexType:
        """The type of an element declaration; a simple type stands as ``simple`` alone."""
        if declaration not in self._types:
            made = self._types[declaration] = ComplexType()
            ref = declaration.get("ref")
            target = self._find("element", declaration, ref) if ref else declaration
            if target is not None:
                self._fill(made, target)
        return self._types[declaration]

    def _fill(self, made: ComplexType, declaration: etree._Element) -> None:
        inner = next(declaration.iterchildren(f"{XS}complexType"), None)
        name = declaration.get("type")
        if inner is None and name:
            inner = self._find("complexType", declaration, name)
        if inner is not None:
            self._complex(made, inner)
        else:
            made.simple = self.simple_of(declaration)

    def named_type(self, declaration: etree._Element) -> etree._Element | None:
        """The type that a declaration names, complex or simple, when it is one of the set's own."""
        name = declaration.get("type", "")
        found = self._find("complexType", declaration, name) if name else None
        return found if found is not None or not name else self._find("simpleType", declaration, name)

    def _complex(self, made: ComplexType, node: etree._Element) -> None:
        holder = next(node.iterchildren(f"{XS}simpleContent", f"{XS}complexContent"), None)
        derived = None if holder is None else next(
            holder.iterchildren(f"{XS}extension", f"{XS}restriction"), None)  # fmt: skip
        body = node if derived is None else derived
        if derived is not None:
            base = self._find("complexType", derived, derived.get("base", ""))
            if base is not None:
                self._complex(made, base)
            else:
                made.simple = self.simple_of(derived, derived.get("base", ""))
            if derived.tag == f"{XS}restriction":
                made.content = None
        own = next((self._particle(part) for part in body if self._is_particle(part)), None)
        if own is not None:
            both = [part for part in (made.content, own) if part is not None]
            made.content = own if len(both) == 1 else Particle("sequence", parts=both)
        self._attributes(made, body)

    def _attributes(self, made: ComplexType, body: etree._Element) -> None:
        for node in body.iterchildren(f"{XS}attribute", f"{XS}attributeGroup"):
            ref = node.get("ref")
            kind = etree.QName(node).localname
            target = self._find(kind, node, ref) if ref else node
            if target is None:
                continue
            if kind == "attributeGroup":
                self._attributes(made, target)
                continue
            made.attributes[self._named(node, target, "attributeFormDefault")] = (
                node.get("use") == "required", target)  # fmt: skip

    @staticmethod
    def _is_particle(node: etree._Element) -> bool:
        return node.tag in {f"{XS}{kind}" for kind in ("sequence", "choice", "all", "group")}

    def _particle(self, node: etree._Element) -> Particle:
        self._room -= 1
        if self._room < 0:
            return Particle("any", 0, _UNBOUNDED)
        kind = etree.QName(node).localname
        high = node.get("maxOccurs", "1")
        made = Particle(kind, int(node.get("minOccurs", "1")),
                        _UNBOUNDED if high == "unbounded" else int(high))  # fmt: skip
        if kind == "element":
            made.node, made.name = node, self._element_name(node)
        elif kind == "group":
            target = self._find("group", node, node.get("ref", ""))
            made.kind = "sequence"
            made.parts = [self._particle(part) for part in target if self._is_particle(part)] if (
                target is not None) else []  # fmt: skip
        else:
            made.parts = [self._particle(part) for part in node.iterchildren(tag=etree.Element)
                          if part.tag != f"{XS}annotation"]  # fmt: skip
        return made

    def _element_name(self, node: etree._Element) -> str:
        ref = node.get("ref")
        target = self._find("element", node, ref) if ref else node
        if target is None:
            return ""
        return self._named(node, target, "elementFormDefault")

    def _named(self, node: etree._Element, target: etree._Element, default: str) -> str:
        """The name of a declaration where ``node`` uses it: qualified if it is global or says so."""
        root = target.getroottree().getroot()
        qualified = node.get("ref") or node.get("form", root.get(default)) == "qualified"
        uri = self._components.space(root) if qualified else ""
        return f"{{{uri}}}{target.get('name')}" if uri else str(target.get("name"))

    def simple_of(self, holder: etree._Element, name: str | None = None) -> SimpleType:
        """The simple type of an element or attribute declaration, or of a type of that name."""
        name = holder.get("type") if name is None else name
        node = next(holder.iterchildren(f"{XS}simpleType"), None)
        if node is None and name:
            node = self._find("simpleType", holder, name)
        if node is None:
            return SimpleType(base=(name or "string").rpartition(":")[2])
        restriction = next(node.iterchildren(f"{XS}restriction"), None)
        if restriction is None:
            return self._union(node)
        made = self.simple_of(restriction, restriction.get("base"))
        choices = [str(value.get("value")) for value in restriction.iterchildren(f"{XS}enumeration")]
        if choices:
            made.choices, made.lifted = tuple(choices), is_long(restriction)
        for facet in restriction.iterchildren(tag=etree.Element):
            kind = etree.QName(facet).localname
            if kind in _BOUNDS:
                made.bounds[kind] = str(facet.get("value"))
        return made

    def _union(self, node: etree._Element) -> SimpleType:
        """Of a union the first member that is more than a string; of a list nothing is told."""
        union = next(node.iterchildren(f"{XS}union"), None)
        if union is None:
            return SimpleType()
        members = [self.simple_of(union, name) for name in union.get("memberTypes", "").split()]
        for inner in union.iterchildren(f"{XS}simpleType"):
            restriction = next(inner.iterchildren(f"{XS}restriction"), None)
            if restriction is not None:
                members.append(self.simple_of(restriction, restriction.get("base")))
        return next((member for member in members if member.base not in ("string", "token")), SimpleType())


def leaves(particle: Particle | None) -> Iterator[Particle]:
    """The element particles of a content model."""
    if particle is not None and particle.kind == "element":
        yield particle
    for part in particle.parts if particle is not None else ():
        yield from leaves(part)
