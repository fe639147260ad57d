"""What a MAP.toml says and nothing of the delivery answers: told, for it is a slip or of an older edition."""

from collections.abc import Collection

from checktool.definitions.importing.forms import FormDraft
from checktool.definitions.importing.mapping import Entry, ImportMap
from checktool.definitions.importing.previews import SheetName
from checktool.definitions.importing.understood import Understood


def tell_of_places(
    given: ImportMap, sheets: Collection[SheetName], used: Collection[int], notes: Understood
) -> None:
    """Entries of tables and record definitions; ``used`` are the ids of those that were followed."""
    for kind in ("table", "record"):
        for entry in getattr(given, kind):
            facts = {"kind": kind, "place": f"{entry.get('file', '')} [{entry.get('sheet', '')}]".strip()}
            if not any(_names(entry, sheet) for sheet in sheets):
                notes.decide("map_sheet", **facts)
            elif entry.get("fixed") is not True and id(entry) not in used:
                notes.decide("map_heading", heading=str(entry.get("heading", "")), **facts)


def _names(entry: Entry, sheet: SheetName) -> bool:
    return (entry.get("file", sheet[0]), entry.get("sheet", "")) == sheet


def tell_of_forms(given: ImportMap, forms: list[FormDraft], off: list[Entry], notes: Understood) -> None:
    """Entries of forms that no root of an XSD has, and places of items of a form that is not there."""
    known = [form.entry for form in forms] + off
    for entry in given.form:
        if not any(entry is one for one in known):
            notes.decide("map_form", root=str(entry.get("root", "")), xsd=str(entry.get("xsd", "")))
    for form in given.items.keys() - {form.id for form in forms}:
        notes.decide("map_items", form=form)
