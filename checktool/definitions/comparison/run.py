"""All differences of two packs in the order of a report."""

from checktool.definitions.comparison import covers, items, rules, tables
from checktool.definitions.comparison.change import Change
from checktool.model.definition import DefinitionPack


def compare(one: DefinitionPack, other: DefinitionPack) -> list[Change]:
    """What the other pack has, lacks or says differently. Raises PackError P004 to P011."""
    parts = (
        covers.edition, covers.forms, items.structure, items.items, tables.tables,
        rules.rules, covers.profiles, covers.limits, covers.encoding,
    )  # fmt: skip
    return [change for part in parts for change in part(one, other)]
