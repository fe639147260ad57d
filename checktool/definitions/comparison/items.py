"""The items of forms: as the record definitions name them, and as the XSDs bound them."""

from collections.abc import Iterator
from itertools import islice

from checktool.definitions.comparison.change import Change, Kind, Section, differing, parted
from checktool.definitions.comparison.covers import named
from checktool.definitions.contentmodel import ContentModel, SimpleType, leaves
from checktool.definitions.places import Place, World, root_of
from checktool.definitions.xsdfiles import SchemaFiles
from checktool.model.definition import DefinitionPack, Form, RecordItem

MOST_PLACES = 5_000
FACETS = (
    "length", "minLength", "maxLength", "minInclusive", "maxInclusive", "minExclusive", "maxExclusive",
    "totalDigits", "fractionDigits", "pattern", "whiteSpace",
)  # fmt: skip


def items(one: DefinitionPack, other: DefinitionPack) -> Iterator[Change]:
    """The items of record definitions, by their paths."""
    for form, before, after in parted(named(one), named(other))[2]:
        old = {item.path: item for item in before.record or ()}
        new = {item.path: item for item in after.record or ()}
        added, removed, both = parted(old, new)
        for path in added:
            yield _item(Kind.ADDED, form, new[path])
        for path in removed:
            yield _item(Kind.REMOVED, form, old[path])
        for path, first, second in both:
            yield from differing(
                Section.ITEMS, f"{form} {path}", _facts(first), _facts(second), item=second.item, path=path
            )


def _item(kind: Kind, form: str, item: RecordItem) -> Change:
    params = (("item", item.item), ("path", item.path), ("type", item.type))
    return Change(Section.ITEMS, kind, f"{form} {item.path}", kind.value, params)


def _facts(item: RecordItem) -> dict[str, object]:
    table = f"{item.code_table}:{item.key_path}" if item.key_path else item.code_table
    return {
        "label": item.item, "section": item.section, "type": item.type,
        "min_len": item.min_len or "", "max_len": item.max_len or "", "lines": item.lines or "",
        "charset": item.charset, "table": table, "required": item.required,
        "personal": "yes" if item.personal else "no", "past": "yes" if item.past else "no",
        "unit": item.unit, "code": item.code,
    }  # fmt: skip


def structure(one: DefinitionPack, other: DefinitionPack) -> Iterator[Change]:
    """Elements and attributes of the XSDs, by their paths. Raises PackError P004, P008."""
    for form, before, after in parted(named(one), named(other))[2]:
        old, new = _places(one, before), _places(other, after)
        added, removed, both = parted(old, new)
        labels = {item.path: item.item for item in (*(before.record or ()), *(after.record or ()))}
        for kind, paths in ((Kind.ADDED, added), (Kind.REMOVED, removed)):
            for path in paths:
                params = (("path", path), ("item", labels.get(path, path)))
                yield Change(Section.STRUCTURE, kind, f"{form} {path}", kind.value, params)
        for path, first, second in both:
            subject, label = f"{form} {path}", labels.get(path, path)
            yield from differing(Section.STRUCTURE, subject, first, second, path=path, item=label)


def _places(pack: DefinitionPack, form: Form) -> dict[str, dict[str, object]]:
    """What the XSD of a form says of each path below its root."""
    if form.xsd is None:
        return {}
    files = SchemaFiles(form.xsd, pack.xsd_folder)
    files.build()
    world = World(ContentModel(files), files)
    root = root_of(form, world)
    if root is None:
        return {}
    places = [root, *islice(root.below(), MOST_PLACES)]
    found = {_path(root, place): _bounds(place) for place in places[1:]}
    for place in places:
        found |= {_path(root, attribute): _attribute(place, attribute) for attribute in place.attributes}
    return found


def _path(root: Place, place: Place) -> str:
    return place.path.removeprefix(root.path).lstrip("/")


def _bounds(place: Place) -> dict[str, object]:
    """Occurrence and simple type of an element."""
    world, node, parent = place.world, place.node, place.parent
    if world is None or node is None or parent is None or parent.node is None:
        return _type(None, "", "")
    content = world.model.type_of(parent.node).content
    part = next((one for one in leaves(content) if one.node is node), None)
    low, high = (part.low, part.high) if part is not None else (1, 1)
    return _type(world.model.type_of(node).simple, str(low), str(high) if high < 1_000_000 else "∞")


def _attribute(holder: Place, attribute: Place) -> dict[str, object]:
    if holder.world is None or holder.node is None:
        return _type(None, "", "")
    required, node = holder.world.model.type_of(holder.node).attributes[attribute.name.removeprefix("@")]
    return _type(holder.world.model.simple_of(node), "1" if required else "0", "1")


def _type(simple: SimpleType | None, low: str, high: str) -> dict[str, object]:
    bounds = simple.bounds if simple is not None else {}
    return {
        "least": low,
        "most": high,
        "base": simple.base if simple is not None else "",
        "choices": "、".join(simple.choices) if simple is not None else "",
        **{facet: bounds.get(facet, "") for facet in FACETS},
    }
