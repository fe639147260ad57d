"""One fault gives one finding: where several layers see the same fault, the most telling one stays.

- A character that explains why a value is refused (T206 full-width …) goes before the refusal, unless
  the refusal is graver.
- A code table is more telling than the XSD, both more than a rule at the same place.
- A look-alike (T213) is only worth telling where no other character is the matter.
- A length that the record definition bounds (T211) is only worth telling where no one refuses the value.
- A value of blanks alone (T208) is an empty item, where a rule or the XSD speaks of that.
- An empty tag (X112) is only worth telling where nothing else is the matter, and no rule misses its value.
- A child under another name (X108) is not told as missing, too.
- A rule about a character's value (T201, T202, T206, T207) waits until that is mended, unless it is graver.
"""

from collections import Counter
from collections.abc import Callable, Iterable

from lxml import etree

from checktool.checking.blanks import is_blank
from checktool.checking.check import Hit
from checktool.model.finding import Layer, Param, Severity
from checktool.reading.nodes import item_path

Grave = Callable[[Hit], Severity]
_CAUSES = {"T201", "T202", "T206", "T207", "T208", "T213"}
_REFUSALS = {"X109", "X110", "X111"}
_STRANGE = {"T201", "T202", "T206", "T207"}


def settled(
    layers: dict[Layer, list[Hit]], grave: Grave, numeric: Callable[[Hit], bool]
) -> dict[Layer, list[Hit]]:
    """The hits of one document by layer, without those that tell a fault a second time.

    ``grave`` is the severity of a hit, ``numeric`` whether it stands at an item of digits or codes.
    """
    places: dict[tuple[int, str], list[tuple[Layer, Hit]]] = {}
    for layer, hits in layers.items():
        for hit in hits:
            if hit.item_path is None:
                places.setdefault((id(hit.node), hit.attribute), []).append((layer, hit))
    missed = _with_groups(path for hit in layers.get(Layer.RULES, ()) for path in hit.blank)
    dropped = {id(hit) for found in places.values() for hit in _dropped(found, grave, numeric)}
    dropped |= {id(hit) for hits in layers.values() for hit in hits
                if missed and _is_empty(hit) and item_path(hit.node, hit.attribute) in missed}  # fmt: skip
    dropped |= {id(hit) for hit in _renamed([hit for hits in layers.values() for hit in hits])}
    return {layer: [hit for hit in hits if id(hit) not in dropped] for layer, hits in layers.items()}


def _renamed(hits: list[Hit]) -> list[Hit]:
    """Hits about the one child that an element lacks, where another stands in it that may not (X108)."""
    strange = Counter(hit.node.getparent() for hit in hits if hit.code == "X108" and not hit.attribute)
    lacking: dict[etree._Element, dict[str, list[Hit]]] = {}
    for hit in hits if strange else ():
        if hit.item_path and strange[hit.node] == 1:
            start = item_path(hit.node)
            child = hit.item_path.removeprefix(start).lstrip("/").partition("/")[0]
            lacking.setdefault(hit.node, {}).setdefault(child, []).append(hit)
    return [hit for children in lacking.values() if len(children) == 1
            for about in children.values() for hit in about]  # fmt: skip


def _dropped(found: list[tuple[Layer, Hit]], grave: Grave, numeric: Callable[[Hit], bool]) -> list[Hit]:
    """The hits of one place that give way."""
    if len(found) == 1:
        return []
    gone: list[Hit] = []
    told: set[tuple[str, tuple[Param, ...]]] = set()
    for _, hit in found:
        if (hit.code, hit.params) in told or hit.code == "X112":
            gone.append(hit)
        told.add((hit.code, hit.params))
    codes = {hit.code for _, hit in found}
    causes = [hit for _, hit in found if hit.code in _CAUSES and not _is_empty(hit)]
    strange = any(hit.code in _STRANGE for hit in causes)
    gone += [hit for hit in causes if hit.code == "T213" and len(codes & _CAUSES) > 1]
    refusals = [hit for _, hit in found if hit.code in _REFUSALS]
    tables = [hit for layer, hit in found if layer is Layer.CODES and hit.code != "C410"]
    rules = [hit for layer, hit in found if layer is Layer.RULES and (strange or numeric(hit) or tables)]
    _yield_to(causes, [*refusals, *tables, *rules], grave, gone)
    _yield_to(tables, [*refusals, *rules], grave, gone)
    _yield_to(refusals, rules, grave, gone)
    if refusals or any(layer is Layer.RULES for layer, _ in found):
        gone += [hit for _, hit in found if hit.code == "T208" and _is_empty(hit)]
    if causes or refusals or tables or rules:
        gone += [hit for _, hit in found if hit.code == "T211"]
    return gone


def _with_groups(paths: Iterable[str]) -> set[str]:
    """Item paths, and those of the groups that they are in."""
    return {path.rsplit("/", cut)[0] for path in paths for cut in range(path.count("/") + 1)}


def _is_empty(hit: Hit) -> bool:
    """Whether a hit says that an item is empty, or consists of blanks."""
    return hit.code == "X112" or (hit.code == "T208" and is_blank(str(hit.value)))


def _yield_to(telling: list[Hit], others: list[Hit], grave: Grave, gone: list[Hit]) -> None:
    """Of two groups that see one fault the telling one stays, unless the other is graver."""
    left = [hit for hit in telling if hit not in gone]
    rest = [hit for hit in others if hit not in gone]
    if left and rest:
        graver = max(map(grave, rest)) > max(map(grave, left))
        gone += left if graver else rest
