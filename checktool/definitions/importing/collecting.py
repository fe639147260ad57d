"""From files to tables and record definitions: every sheet read, every block put where it belongs."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from checktool.definitions.importing import records, tables
from checktool.definitions.importing.beside import TABLE
from checktool.definitions.importing.blocks import RECORD, Block, find_blocks
from checktool.definitions.importing.cells import Grid
from checktool.definitions.importing.delimited import read_csv
from checktool.definitions.importing.forms import FormDraft
from checktool.definitions.importing.lengths import fraction
from checktool.definitions.importing.mapping import Entry, ImportMap, place_of
from checktool.definitions.importing.matching import Places, match, score
from checktool.definitions.importing.previews import Row, SheetName, preview
from checktool.definitions.importing.records import Draft
from checktool.definitions.importing.sources import Delivery
from checktool.definitions.importing.tables import Table
from checktool.definitions.importing.unanswered import tell_of_places
from checktool.definitions.importing.understood import Sure, Understood
from checktool.definitions.importing.vocabulary import Vocabulary, contains, fold
from checktool.definitions.importing.workbook import read_workbook

FEWEST = 2
LEAST_SHARE = 0.3


@dataclass(slots=True)
class Collected:
    """The code tables, and the record definitions with the forms that they describe."""

    tables: list[Table] = field(default_factory=list)
    table_entries: list[Entry] = field(default_factory=list)
    record_entries: list[Entry] = field(default_factory=list)
    sheets: dict[SheetName, tuple[Row, ...]] = field(default_factory=dict)


def grids_of(delivery: Delivery, notes: Understood) -> Iterator[Grid]:
    """Every sheet of every workbook and CSV file. Raises PackError P023."""
    for piece in delivery.of("workbook"):
        if piece.path.suffix.lower() == ".xlsm":
            notes.understood("macros", file=piece.name)
        yield from read_workbook(piece.path, piece.name, notes)
    for piece in delivery.of("csv"):
        yield from read_csv(piece.path, piece.name, notes)


class Collector:
    """Reads the sheets of one delivery for forms that are known already."""

    def __init__(self, forms: list[FormDraft], given: ImportMap, notes: Understood) -> None:
        """``given`` is the MAP.toml, or an empty one."""
        self._forms, self._given, self._notes = forms, given, notes
        self._places = {form.id: Places(form.tree.nodes, form.local) for form in forms}
        self._drafts: dict[str, list[Draft]] = {form.id: [] for form in forms}
        self._found = Collected()
        self._seen: dict[tuple[str, str, str], int] = {}
        self._used: set[int] = set()

    def collect(self, delivery: Delivery) -> Collected:
        """Read everything; the forms get their items. Raises PackError P023, P024."""
        vocabulary = Vocabulary(self._given.headings)
        for grid in grids_of(delivery, self._notes):
            blocks = find_blocks(grid, vocabulary, self._given.fixed(grid))
            heads = [block.row for block in blocks]
            self._found.sheets[grid.file, grid.sheet] = preview(grid, heads)
            if not blocks:
                self._notes.unused("no_table", place=grid.place)
            for block in blocks:
                if block.kind == RECORD:
                    self._record(block)
                else:
                    self._tables(block)
        tell_of_places(self._given, self._found.sheets, self._used, self._notes)
        self._found.tables = _named(self._found.tables, self._notes)
        for form in self._forms:
            self._items(form)
        return self._found

    def _entry(self, kind: str, title: str, block: Block) -> Entry:
        """The entry of a MAP.toml that speaks of a block; the same title on a sheet counts on."""
        key = (kind, title, block.grid.sheet)
        self._seen[key] = self._seen.get(key, 0) + 1
        entries = [
            entry for entry in getattr(self._given, kind)
            if entry.get("heading") == title and entry.get("sheet", "") == block.grid.sheet
        ]  # fmt: skip
        found = entries[self._seen[key] - 1] if len(entries) >= self._seen[key] else {}
        self._used.add(id(found))
        return found

    def _tables(self, block: Block) -> None:
        for table in tables.tables_of(block, self._notes):
            heading = table.title
            given = self._entry(TABLE, heading, block)
            table.title = str(given.get("title") or table.title)
            table.id = str(given.get("id") or table.id)
            table.use, table.last = given.get("use", True) is True, given.get("duplicates") == "last"
            kept: Entry = {key: given[key] for key in ("use", "duplicates", "fixed") if key in given}
            entry: Entry = {
                "id": table.id,
                "title": table.title,
                **place_of(block),
                "heading": heading,
                **kept,
            }
            self._found.table_entries.append(entry)
            table.entry = entry
            if table.use:
                tables.settle(table, self._notes)
                self._found.tables.append(table)
            else:
                self._notes.understood("table_off", title=table.title)

    def _record(self, block: Block) -> None:
        title = records.title_of(block)
        given = self._entry(RECORD, title, block)
        drafts = records.drafts_of(block)
        if block.legend:
            self._notes.guessed("legend", Sure.ALMOST, place=block.place, signs=" ".join(block.legend))
        entry: Entry = {**place_of(block), "heading": title}
        entry.update({key: given[key] for key in ("use", "fixed") if key in given})
        self._found.record_entries.append(entry)
        if given.get("use") is False:
            self._notes.understood("record_off", title=title)
            return
        stated = given.get("forms")
        chosen = [form for form in self._forms if form.id in stated] if isinstance(stated, list) else None
        forms = self._described(block, drafts, title) if chosen is None else chosen
        entry["forms"] = [form.id for form in forms]
        for form in forms:
            self._drafts[form.id] += drafts
            self._notes.understood("record", place=block.place, form=form.id, count=len(drafts))

    def _described(self, block: Block, drafts: list[Draft], title: str) -> list[FormDraft]:
        """The form whose XSD has most of the names; of equals the one that the title speaks of."""
        scores = {form.id: score(drafts, self._places[form.id]) for form in self._forms}
        best = max(scores.values(), default=0)
        if best < FEWEST or best < LEAST_SHARE * len(drafts):
            self._notes.decide("record_unmatched", place=block.place, found=best, count=len(drafts))
            return []
        fitting = [form for form in self._forms if scores[form.id] == best]
        named = [form for form in fitting if _speaks_of(title, form)]
        if len(fitting) == 1:
            sure = Sure.ALMOST if best * 2 > len(drafts) else Sure.LIKELY
        else:
            fitting = named or fitting
            sure = Sure.LIKELY if len(named) == 1 or contains("titles", "common", title) else Sure.UNSURE
        for form in fitting:
            self._notes.guessed("record_form", sure, place=block.place, form=form.id, found=best,
                                count=len(drafts))  # fmt: skip
        return fitting

    def _items(self, form: FormDraft) -> None:
        places, drafts = self._places[form.id], self._drafts[form.id]
        answer = match(drafts, places, self._given.items.get(form.id, {}), form.id, self._notes)
        form.paths = answer.guessed
        form.items = [records.item_of(draft, node) for draft, node in answer.pairs]
        for draft, item in zip((draft for draft, _ in answer.pairs), form.items, strict=True):
            self._fraction(draft, item)
        if answer.lost:
            names = tables.some([draft.item for draft in answer.lost])
            self._notes.decide("items_lost", form=form.id, count=len(answer.lost), items=names)
        if answer.repeated:
            names = tables.some([draft.item for draft in answer.repeated])
            self._notes.decide("items_repeated", form=form.id, items=names)
        self._complete(form)

    def _fraction(self, draft: Draft, item: records.Item) -> None:
        """Say how digits with a fraction were read, and whether they are checked."""
        written = draft.text("max_len")
        if digits := fraction(written):
            key = "fraction" if item.columns["type"] in records.WITH_LENGTH else "fraction_number"
            self._notes.guessed(key, Sure.LIKELY, item=item.item, text=written, all=digits[0],
                                part=digits[1], most=digits[0] + 1)  # fmt: skip

    def _complete(self, form: FormDraft) -> None:
        """Add what only the XSD has, and give every item a name of its own."""
        known = {item.path for item in form.items}
        labels = {node.path: node.label for node in form.tree.nodes}
        for item in form.items:
            item.section = item.section or _section(item.path, form, labels)
        rest = [node for node in form.tree.nodes if node.leaf and node.path not in known]
        for node in rest:
            form.items.append(records.item_of_node(node, _section(node.path, form, labels)))
        if rest:
            key = "items_from_xsd" if known else "record_from_xsd"
            self._notes.guessed(key, Sure.ALMOST, form=form.id, count=len(rest))
        _parted(form, labels)


def _section(path: str, form: FormDraft, labels: dict[str, str]) -> str:
    """The name of the group below the root that holds an item; the form's for what stands alone."""
    top = path.partition("/")[0]
    return labels.get(top, form.name) if top != path else form.name


def _speaks_of(title: str, form: FormDraft) -> bool:
    folded = fold(title)
    return any(fold(name) in folded for name in (form.local, form.id, form.tree.label, form.name) if name)


def _parted(form: FormDraft, labels: dict[str, str]) -> None:
    """Put the names of the groups above before names that several items share."""
    for depth in (1, 2):
        counts: dict[str, int] = {}
        for item in form.items:
            counts[item.item] = counts.get(item.item, 0) + 1
        for item in form.items:
            steps = item.path.split("/")[:-depth]
            above = labels.get("/".join(steps), "") if steps else ""
            if counts[item.item] > 1 and above and not item.item.startswith(above):
                item.item = f"{above} {item.item}"
    used: dict[str, int] = {}
    for item in form.items:
        used[item.item] = used.get(item.item, 0) + 1
        if used[item.item] > 1:
            item.item = f"{item.item} ({used[item.item]})"


def _named(found: list[Table], notes: Understood) -> list[Table]:
    """Every table with an id of its own; the same table in two places becomes one."""
    kept: list[Table] = []
    for table in found:
        twin = next((other for other in kept if other.key == table.key), None)
        if twin is not None and [row.facts for row in twin.rows] == [row.facts for row in table.rows]:
            notes.understood("same_table", title=table.title, place=table.block.place)
            continue
        if not table.rows:
            notes.unused("table_empty", title=table.title, place=table.block.place)
            continue
        wanted = table.id or tables.safe_id(table.title)
        used = {other.id for other in kept}
        table.id = next(
            name for name in [wanted, *(f"{wanted}-{n}" for n in range(2, 1000))] if name not in used
        )
        table.entry["id"] = table.id
        if twin is not None:
            notes.decide("same_name", title=table.title, first=twin.id, second=table.id,
                         place=table.block.place)  # fmt: skip
        kept.append(table)
        notes.understood("table", title=table.title, id=table.id, count=len(table.rows),
                         place=table.block.place)  # fmt: skip
    return kept
