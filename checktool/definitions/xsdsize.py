"""How large the content models of a schema set become when their groups are unfolded.

libxml2 unfolds them one by one: thirty groups that each hold the one before twice would take it for ever.
"""

from collections.abc import Iterable

from lxml import etree

from checktool.definitions.xsdlinks import XS

MOST = 300_000
_MODELS = (f"{XS}group", f"{XS}complexType")


def is_endless(roots: Iterable[etree._Element]) -> bool:
    """Whether any content model unfolds to more than ``MOST`` parts."""
    nodes = [node for root in roots for node in root.iter(*_MODELS)]
    groups: dict[str, list[etree._Element]] = {}
    for node in nodes:
        if node.get("name") and node.tag == f"{XS}group":
            groups.setdefault(str(node.get("name")), []).append(node)
    known: dict[etree._Element, int] = {}
    return any(_size(node, groups, known) > MOST for node in nodes if node.get("ref") is None)


def _size(
    node: etree._Element, groups: dict[str, list[etree._Element]], known: dict[etree._Element, int]
) -> int:
    """The parts of a group or type; a group inside itself counts once."""
    if node not in known:
        known[node] = 1
        parts = 1
        for part in node.iter(f"{XS}element", f"{XS}any", f"{XS}group"):
            name = part.get("ref", "").rpartition(":")[2] if part.tag == f"{XS}group" else ""
            parts += 1 + max((_size(group, groups, known) for group in groups.get(name, ())), default=0)
        known[node] = parts
    return known[node]
