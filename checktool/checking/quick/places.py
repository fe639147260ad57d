"""The places of a form's documents where a value can stand, as its content model has them.

What the quick look takes (``grammar``) has nothing anywhere else, and no place more than once but those
that are ``repeated``; so what a path of a rule leads to is known before any document.
"""

from dataclasses import dataclass, field
from typing import Optional

from lxml import etree

from checktool.definitions.contentmodel import ContentModel, Particle, leaves


@dataclass(slots=True, eq=False)
class Place:
    """An element or attribute by its item path; ``leaf``: it holds a value, and no element.

    ``always``: it stands in every document that the quick look takes. ``repeated``: so often as one
    likes, one behind the other. ``clear`` is False where it is not known how often, or in what order.
    """

    path: str
    name: str
    parent: Optional["Place"]
    leaf: bool = True
    always: bool = True
    repeated: bool = False
    clear: bool = True
    children: list["Place"] = field(default_factory=list)
    attributes: list["Place"] = field(default_factory=list)


def places(model: ContentModel, root: str) -> Place | None:
    """The root of the places of a form, or None where there is no declaration of its root."""
    declaration = model.declaration(root)
    if declaration is None:
        return None
    made = Place("", root, None)
    _Builder(model, root.rpartition("}")[0]).fill(made, declaration, ())
    return made


class _Builder:
    """Follows a content model as the grammar does."""

    def __init__(self, model: ContentModel, namespace: str) -> None:
        self._model = model
        self._namespace = namespace

    def fill(self, place: Place, node: etree._Element, above: tuple[etree._Element, ...]) -> None:
        """Add to an element all that is below it."""
        known = self._model.type_of(node)
        place.leaf = known.content is None
        place.clear = place.clear and (place.leaf or not place.repeated)
        for attribute in known.attributes:
            if not attribute.startswith("{"):
                own = f"{place.path}/@{attribute}" if place.path else f"@{attribute}"
                place.attributes.append(Place(own, attribute, place, always=False, clear=place.clear))
        if known.content is not None:
            self._content(known.content, place, (*above, node), place.always, place.clear)

    def _content(
        self, part: Particle, holder: Place, above: tuple[etree._Element, ...], always: bool, clear: bool
    ) -> None:
        if part.kind == "element":
            self._element(part, holder, above, always, clear)
            return
        always = always and part.kind == "sequence" and part.low > 0
        for one in part.parts:
            self._content(one, holder, above, always, clear and part.high == 1)

    def _element(
        self, part: Particle, holder: Place, above: tuple[etree._Element, ...], always: bool, clear: bool
    ) -> None:
        namespace, _, local = part.name.rpartition("}")
        if part.node is None or part.node in above or namespace not in ("", self._namespace):
            return
        alike = [leaf for leaf in leaves(self._model.type_of(above[-1]).content) if leaf.name == part.name]
        made = Place(
            f"{holder.path}/{local}" if holder.path else local, part.name, holder,
            always=always and part.low > 0, repeated=part.high > 1, clear=clear and len(alike) == 1,
        )  # fmt: skip
        holder.children.append(made)
        self.fill(made, part.node, above)
