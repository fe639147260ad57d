"""One import from sources to a whole draft of a pack; nothing is written here."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from checktool.definitions import pack as packs
from checktool.definitions.cover import STATUSES
from checktool.definitions.importing import examples, linking, personal, rulefiles
from checktool.definitions.importing.collecting import Collected, Collector
from checktool.definitions.importing.dates import day_of
from checktool.definitions.importing.demands import Demands
from checktool.definitions.importing.examples import Example
from checktool.definitions.importing.forms import FormDraft, FormMaker, Forms, slug
from checktool.definitions.importing.mapping import Entry, ImportMap
from checktool.definitions.importing.previews import Row, SheetName
from checktool.definitions.importing.sources import Delivery, gather
from checktool.definitions.importing.tables import Table
from checktool.definitions.importing.unanswered import tell_of_forms
from checktool.definitions.importing.understood import Sure, Understood
from checktool.errors import PackError

_ID = re.compile(r"[a-z0-9][a-z0-9._\-]{0,63}")
_EDITION = re.compile(r"[^\s/\\:*?\"<>|]{1,40}")
_DAY = re.compile(r"(?<![0-9])(20[0-9]{2})[-_.]?(0[1-9]|1[0-2])(?:[-_.]?([0-3][0-9]))?(?![0-9])")
_VERSION = re.compile(r"(?<![a-z])(?:v|ver\.?|version)[ _]?([0-9]+(?:[._][0-9]+)*)", re.IGNORECASE)
DEFAULT_STATUS = "provisional"
DAYS = ("valid_from", "valid_to", "grace_until")
STATED = ("id", "edition", "title", "status", *DAYS, "replaces")


@dataclass(slots=True)
class PackDraft:
    """Everything that will be written; ``files`` are path in the pack → file to copy.

    ``dated`` holds ``valid_from``, ``valid_to`` and ``grace_until`` as far as they are known, and
    ``replaces``; ``sheets`` show a person the columns of every sheet.
    """

    id: str
    edition: str
    title: str
    status: str
    forms: list[FormDraft]
    tables: list[Table]
    container: str
    accepted: tuple[str, ...]
    files: Mapping[str, Path]
    examples: list[Example]
    map: ImportMap
    dated: Mapping[str, str] = field(default_factory=dict)
    sheets: Mapping[SheetName, tuple[Row, ...]] = field(default_factory=dict)
    notes: Understood = field(default_factory=Understood)
    demands: Mapping[str, Demands] = field(default_factory=dict)


def make(
    sources: list[str], given: ImportMap, stated: Mapping[str, str], folder: Path, notes: Understood
) -> PackDraft:
    """Read a delivery; ``stated`` (see STATED) comes before MAP.toml and guesses.

    ``folder`` is an empty one into which the delivery is unpacked. Raises PackError P008, P013,
    P020 to P028.
    """
    delivery = gather(sources, folder, notes)
    read = [examples.read_example(piece, notes) for piece in delivery.of("xml")]
    shown = [example for example in read if example is not None]
    made = FormMaker(delivery, shown, given, notes).make()
    tell_of_forms(given, made.forms, made.off, notes)
    collector = Collector(made.forms, given, notes)
    collected = collector.collect(delivery)
    linker = linking.Linker(collected.tables, given, notes)
    linker.link(made.forms)
    linking.find_dates(made.forms, notes)
    personal.mark(made.forms, notes)
    identity = _identity(delivery, given, stated, notes)
    dated = _dated(given, stated)
    files = {f"xsd/{identity['id']}/{name}": path for name, path in made.files.items()}
    files |= _rules(delivery, made, identity["id"], given, notes)
    demands = {form.id: _demanded(form, shown, notes) for form in made.forms}
    return PackDraft(
        **identity,
        forms=made.forms,
        tables=collected.tables,
        container=made.container,
        accepted=tuple(dict.fromkeys(["UTF-8", *sorted(example.encoding for example in shown)])),
        files=files,
        examples=_of_forms(shown, made, notes),
        map=_map({**identity, **dated}, made, collected, {**given.links, **linker.links}, given),
        dated=dated,
        sheets=collected.sheets,
        notes=notes,
        demands={form: found for form, found in demands.items() if found.file},
    )


def _demanded(form: FormDraft, shown: list[Example], notes: Understood) -> Demands:
    paths = [one.piece.path for one in shown if form.root in (one.root, *one.children)]
    demands = Demands(form, paths, notes)
    form.rules = [*form.rules, *filter(None, [demands.file])]
    return demands


def _map(
    pack: dict[str, str], made: Forms, collected: Collected, links: Mapping[str, str], given: ImportMap
) -> ImportMap:
    """All that was taken for granted, so that it can be adjusted and repeated."""
    return ImportMap(
        pack=pack,
        form=[_form_entry(form) for form in made.forms] + made.off,
        table=collected.table_entries,
        record=collected.record_entries,
        rules=given.rules,
        items={form.id: form.paths for form in made.forms if form.paths},
        links=dict(sorted(links.items())),
        headings=given.headings,
    )


def _form_entry(form: FormDraft) -> Entry:
    kept: Entry = {
        key: form.entry[key]
        for key in ("version", "versions", "phase", "batch", "required", personal.OPEN)
        if key in form.entry
    }
    return {"id": form.id, "name": form.name, "root": form.root, "xsd": form.xsd, "date": form.date, **kept}


def _of_forms(shown: list[Example], made: Forms, notes: Understood) -> list[Example]:
    roots = {form.root for form in made.forms} | {made.container}
    for example in shown:
        if example.root not in roots:
            notes.unused("example_root", file=example.piece.name, root=example.root.rpartition("}")[2])
    return [example for example in shown if example.root in roots]


def _rules(
    delivery: Delivery, made: Forms, pack_id: str, given: ImportMap, notes: Understood
) -> dict[str, Path]:
    off = {str(entry.get("file", "")) for entry in given.rules if entry.get("use") is False}
    names, usable = rulefiles.usable(delivery, off, notes)
    forms = rulefiles.assigned(usable, {form.id: form.space for form in made.forms}, notes)
    for form in made.forms:
        form.rules = [names[piece] for piece in forms[form.id]]
    needed = names if usable else {}
    return {f"rules/{pack_id}/{name}": piece.path for piece, name in needed.items()}


def _identity(
    delivery: Delivery, given: ImportMap, stated: Mapping[str, str], notes: Understood
) -> dict[str, str]:
    """Id, edition, title and status. Raises PackError P024, P028 for one that cannot be used."""
    guessed = {
        "id": slug(unicodedata.normalize("NFKC", delivery.title), "pack")[:64],
        "edition": _edition(delivery),
        "title": delivery.title,
        "status": DEFAULT_STATUS,
    }
    if packs.builtin_editions(guessed["id"]):
        guessed["id"] += "-2"
    found = {}
    for key, guess in guessed.items():
        found[key] = stated.get(key) or given.pack.get(key, "")
        if not found[key]:
            found[key] = guess
            if key != "status":
                notes.guessed(f"pack_{key}", Sure.UNSURE if guess == "1" else Sure.LIKELY, value=guess)
    good = {"id": _ID, "edition": _EDITION}
    for key, pattern in good.items():
        if not pattern.fullmatch(found[key]) or found[key].endswith("."):
            raise PackError("P024", key=f"pack.{key}")
    if packs.builtin_editions(found["id"]):
        raise PackError("P028", id=found["id"])
    if found["status"] not in STATUSES:
        raise PackError("P024", key="pack.status")
    return found


def _dated(given: ImportMap, stated: Mapping[str, str]) -> dict[str, str]:
    """The period of the pack and the edition that it replaces, as far as given. Raises PackError P024.

    Those of a map do not hold for another edition than its own.
    """
    found = {}
    edition = given.pack.get("edition", "")
    again = stated.get("edition", edition) == edition
    for key in (*DAYS, "replaces"):
        value = stated.get(key) or (given.pack.get(key, "") if again else "")
        if value:
            found[key] = value
    try:
        days = [date.fromisoformat(found[key]) for key in DAYS if key in found]
    except ValueError:
        raise PackError("P024", key="pack." + " / ".join(DAYS)) from None
    if days != sorted(days):
        raise PackError("P024", key="pack." + " / ".join(DAYS))
    return found


def _edition(delivery: Delivery) -> str:
    """A day or a number of an edition that the names of the delivery carry, else 1."""
    names = [delivery.title, *(piece.name for piece in delivery.pieces)]
    for name in (unicodedata.normalize("NFKC", name) for name in names):
        if found := _DAY.search(name):
            return "-".join(part for part in found.groups() if part)
        for part in re.split(r"[\s_()\[\]/]+", name):
            day = day_of(part)
            if day is not None and not part.isdigit():
                return day.isoformat()[:7]
    for name in names:
        if found := _VERSION.search(unicodedata.normalize("NFKC", name)):
            return found.group(1).replace("_", ".")
    return "1"
