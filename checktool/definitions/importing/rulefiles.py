"""Schematron files of a delivery: which are entries, which forms they speak of."""

from collections.abc import Collection

from lxml import etree

from checktool.definitions import schematron
from checktool.definitions.importing.sources import Delivery, Piece
from checktool.definitions.importing.understood import Sure, Understood
from checktool.definitions.xsdlinks import parser
from checktool.errors import PackError


def usable(
    delivery: Delivery, off: Collection[str], notes: Understood
) -> tuple[dict[Piece, str], dict[Piece, frozenset[str]]]:
    """The rule files with their names in the pack, and the entries among them with the namespaces they name.

    ``off`` are the names of those that a person left out. Another one that cannot be judged raises
    PackError P007 or P008: nothing of it would be checked, and nobody would know.
    """
    pieces = [piece for piece in delivery.of("rules") if piece.name not in off]
    for name in sorted(off):
        known = any(piece.name == name for piece in delivery.of("rules"))
        (notes.understood if known else notes.decide)("rules_off" if known else "map_rules", file=name)
    roots = {piece: _root(piece) for piece in pieces}
    included = {
        (piece.path.parent / str(link.get("href"))).resolve()
        for piece, root in roots.items() if root is not None
        for link in root.iter(f"{{{schematron.NAMESPACE}}}include") if link.get("href")
    }  # fmt: skip
    found = {}
    for piece, root in roots.items():
        if piece.path in included:
            continue
        try:
            schematron.read(piece.path, delivery.folder)
        except PackError as fault:
            raise unusable(fault, piece.name) from None
        spaces = () if root is None else root.iter(f"{{{schematron.NAMESPACE}}}ns")
        found[piece] = frozenset(str(space.get("uri", "")) for space in spaces)
    return {piece: piece.name for piece in pieces}, found


def unusable(fault: PackError, name: str) -> PackError:
    """The fault of a rule file of a delivery, with how to go on without it."""
    return PackError(fault.code, **{**fault.params, "without": name})


def _root(piece: Piece) -> etree._Element | None:
    try:
        return etree.parse(str(piece.path), parser()).getroot()
    except (OSError, etree.XMLSyntaxError):
        return None


def assigned(
    found: dict[Piece, frozenset[str]], spaces: dict[str, str], notes: Understood
) -> dict[str, list[Piece]]:
    """Form → its rule files; ``spaces`` are the namespaces of the forms by form id."""
    answer: dict[str, list[Piece]] = {form: [] for form in spaces}
    for piece, named in found.items():
        fitting = [form for form, space in spaces.items() if space and space in named]
        forms = fitting or list(spaces)
        sure = Sure.ALMOST if fitting or len(spaces) == 1 else Sure.UNSURE
        for form in forms:
            answer[form].append(piece)
        notes.guessed("rules", sure, file=piece.name, forms="、".join(forms))
    return answer
