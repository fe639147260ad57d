"""Schematron files of a delivery: which are entries, which forms they speak of."""

from pathlib import Path

from lxml import etree

from checktool.definitions import schematron
from checktool.definitions.importing.sources import Delivery, Piece
from checktool.definitions.importing.understood import Sure, Understood
from checktool.definitions.xsdlinks import parser
from checktool.errors import PackError
from checktool.wording import Wording


def usable(delivery: Delivery, notes: Understood) -> dict[Piece, frozenset[str]]:
    """The entry rule files that can be judged, each with the namespaces that it names.

    One that this tool cannot judge is left out and told of: nothing of it would be checked.
    """
    pieces = delivery.of("rules")
    roots = {piece: _root(piece) for piece in pieces}
    included = {
        (piece.path.parent / str(link.get("href"))).resolve()
        for piece, root in roots.items() if root is not None
        for link in root.iter(f"{{{schematron.NAMESPACE}}}include") if link.get("href")
    }  # fmt: skip
    found = {}
    for piece, root in roots.items():
        if root is None:
            notes.decide("rules_refused", file=piece.name, reason="XML")
        elif piece.path not in included:
            reason = _refused(piece.path, delivery.folder)
            if reason:
                notes.decide("rules_refused", file=piece.name, reason=reason)
            else:
                spaces = root.iter(f"{{{schematron.NAMESPACE}}}ns")
                found[piece] = frozenset(str(space.get("uri", "")) for space in spaces)
    return found


def _root(piece: Piece) -> etree._Element | None:
    try:
        return etree.parse(str(piece.path), parser()).getroot()
    except (OSError, etree.XMLSyntaxError):
        return None


def _refused(path: Path, folder: Path) -> str:
    try:
        schematron.read(path, folder)
    except PackError as fault:
        return reason_of(fault)
    return ""


def reason_of(fault: PackError) -> str:
    """Why a rule file is refused, as a clause."""
    return Wording().error(fault).message.rstrip("\u3002")


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
