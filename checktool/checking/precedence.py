"""One fault gives one finding: where several layers see the same fault, the most telling one stays.

- A character that explains why a value is refused (T206 full-width …) goes before the refusal, unless
  the refusal is graver.
- A code table is more telling than the XSD, both more than a rule at the same place.
- A length that the record definition bounds (T211) is only worth telling where no one refuses the value.
- A value of blanks alone (T208) is an empty item, where a rule speaks of that.
- An empty tag (X112) is only worth telling where nothing else is the matter.
"""

from collections.abc import Callable

from checktool.checking.check import Hit
from checktool.model.finding import Layer, Param, Severity

Grave = Callable[[Hit], Severity]
_CAUSES = {"T201", "T202", "T206", "T207", "T208", "T213"}
_REFUSALS = {"X109", "X110", "X111"}


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
    dropped = {id(hit) for found in places.values() if len(found) > 1
               for hit in _dropped(found, grave, numeric)}  # fmt: skip
    return {layer: [hit for hit in hits if id(hit) not in dropped] for layer, hits in layers.items()}


def _dropped(found: list[tuple[Layer, Hit]], grave: Grave, numeric: Callable[[Hit], bool]) -> list[Hit]:
    """The hits of one place that give way."""
    gone: list[Hit] = []
    told: set[tuple[str, tuple[Param, ...]]] = set()
    for _, hit in found:
        if (hit.code, hit.params) in told or hit.code == "X112":
            gone.append(hit)
        told.add((hit.code, hit.params))
    causes = [hit for _, hit in found if hit.code in _CAUSES]
    refusals = [hit for _, hit in found if hit.code in _REFUSALS]
    tables = [hit for layer, hit in found if layer is Layer.CODES and hit.code != "C410"]
    rules = [hit for layer, hit in found if layer is Layer.RULES and (numeric(hit) or tables)]
    _yield_to(causes, [*refusals, *tables, *rules], grave, gone)
    _yield_to(tables, [*refusals, *rules], grave, gone)
    _yield_to(refusals, rules, grave, gone)
    if any(layer is Layer.RULES for layer, _ in found):
        gone += [hit for hit in causes if hit.code == "T208" and not str(hit.value).strip()]
    if causes or refusals or tables or rules:
        gone += [hit for _, hit in found if hit.code == "T211"]
    return gone


def _yield_to(telling: list[Hit], others: list[Hit], grave: Grave, gone: list[Hit]) -> None:
    """Of two groups that see one fault the telling one stays, unless the other is graver."""
    left = [hit for hit in telling if hit not in gone]
    rest = [hit for hit in others if hit not in gone]
    if left and rest:
        graver = max(map(grave, rest)) > max(map(grave, left))
        gone += left if graver else rest
