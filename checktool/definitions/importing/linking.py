"""Which code table an item means, and which item holds the day of a document."""

import re
import unicodedata
from dataclasses import dataclass

from checktool.definitions.importing import tables, titles
from checktool.definitions.importing.forms import FormDraft
from checktool.definitions.importing.mapping import ImportMap
from checktool.definitions.importing.records import Item
from checktool.definitions.importing.tables import Row, Table, link_key
from checktool.definitions.importing.understood import Sure, Understood
from checktool.definitions.importing.vocabulary import fold, words

_CHOICE = re.compile(r"([0-9A-Za-z]{1,6})\s*[:=.]\s*([^\s,\u3001/;]+(?: [^\s,\u3001/;0-9][^\s,\u3001/;]*)*)")
_NUMBER = re.compile(r"([0-9]+)")
MOST_ZEROS = 8
_LINKABLE = {"string", "code", "digits", "integer"}


@dataclass(frozen=True, slots=True)
class Link:
    """The table that a mention means, and how sure that is; None where it is written so."""

    table: Table
    sure: Sure | None


class Linker:
    """Links the items of all forms to the tables of the delivery."""

    def __init__(self, found: list[Table], given: ImportMap, notes: Understood) -> None:
        """``found`` grows by the tables that stand inside record definitions."""
        self._tables, self._given, self._notes = found, given, notes
        self.links: dict[str, str] = {}
        self._asked: set[str] = set()
        self._lost: dict[str, list[str]] = {}

    def link(self, forms: list[FormDraft]) -> None:
        """Give every coded item its table."""
        for form in forms:
            for item in form.items:
                self._item(form, item)
        self._tell_unlinked(forms)
        for mention, items in self._lost.items():
            self._notes.decide("link_lost", mention=mention, items=tables.some(list(dict.fromkeys(items))))

    def _tell_unlinked(self, forms: list[FormDraft]) -> None:
        items = [item for form in forms for item in form.items]
        linked = {item.columns.get("code_table", "").partition(":")[0] for item in items}
        rest = [table.title for table in self._tables if table.id not in linked]
        if rest:
            self._notes.unused("tables_unlinked", count=len(rest), tables=tables.some(rest))

    def _item(self, form: FormDraft, item: Item) -> None:
        if item.columns["type"] not in _LINKABLE:
            return
        mention = "" if fold(item.mention) in words()["items"]["nothing"] else item.mention
        stated = self._given.links.get(mention or item.item)
        if stated is not None:
            self._stated(form, item, mention or item.item, stated)
            return
        link = (self._meant(mention, item) if mention else None) or self._by_label(form, item)
        if link is None:
            if mention and not _is_remark(mention):
                self._lost.setdefault(mention, []).append(item.item)
            return
        self._restore(item, link.table)
        self._take(item, link.table)
        if link.sure is not None:
            self.links[mention or item.item] = link.table.id
            self._notes.guessed("link", link.sure, mention=mention or item.item, form=form.id,
                                item=item.item, table=link.table.id, title=link.table.title)  # fmt: skip

    def _stated(self, form: FormDraft, item: Item, key: str, stated: str) -> None:
        self.links[key] = stated
        wanted, _, path = stated.partition(":")
        table = next((table for table in self._tables if table.id == wanted), None)
        if table is not None:
            self._take(item, table)
            item.columns["code_table"] = stated if path else wanted
        elif stated:
            self._notes.decide("link_unknown", mention=key, table=stated, form=form.id, item=item.item)

    def _restore(self, item: Item, table: Table) -> None:
        """Give codes that Excel made numbers the width that the XSD demands, or ask about it."""
        numbers = [row.code for row in table.rows if tables.kind_of(table, row) == "number"]
        width = item.width or (int(item.columns["max_len"]) if item.columns["max_len"].isdigit() else 0)
        short = [code for code in numbers if len(code) < width]
        if not short or max(len(row.code) for row in table.rows) > width or table.id in self._asked:
            return
        self._asked.add(table.id)
        if item.width:
            tables.fill(table, width, self._notes)
        elif width <= MOST_ZEROS:
            self._notes.decide("zeros_lost", table=table.title, codes=tables.some(short), item=item.item,
                               width=width)  # fmt: skip

    @staticmethod
    def _take(item: Item, table: Table) -> None:
        item.columns["code_table"] = table.id
        item.columns["type"] = "code"

    def _meant(self, mention: str, item: Item) -> Link | None:
        inline = self._inline(mention, item)
        if inline is not None:
            return Link(inline, None)
        folded, key = fold(mention), link_key(mention)
        exact = [
            table for table in self._tables if folded in (table.id, fold(table.title)) or key == table.key
        ]
        if exact:
            return Link(exact[0], None if len(exact) == 1 else Sure.UNSURE)
        token = tables.token_of(mention)
        for fitting, sure in (
            ([table for table in self._tables if token and token == table.id], Sure.ALMOST),
            (
                [table for table in self._tables if table.block.alone and key == _sheet_key(table)],
                Sure.ALMOST,
            ),
            (self._contained(folded), Sure.LIKELY),
            (self._numbered(folded), Sure.LIKELY),
        ):
            if len(fitting) == 1:
                return Link(fitting[0], sure)
        return None

    def _contained(self, folded: str) -> list[Table]:
        inside = [table for table in self._tables if len(table.key) > 1 and table.key in folded]
        longest = max((len(table.key) for table in inside), default=0)
        return [table for table in inside if len(table.key) == longest]

    def _numbered(self, folded: str) -> list[Table]:
        number = _number(folded)
        rest = folded.replace(number, "", 1)
        for word in words()["titles"]["number_words"]:
            rest = rest.replace(word, "")
        if not number or rest.strip("0.-()"):
            return []
        titled = [table for table in self._tables if number == _number(table.block.title)]
        return titled or [table for table in self._tables if number == _number(table.block.grid.sheet)]

    def _by_label(self, form: FormDraft, item: Item) -> Link | None:
        node = next((node for node in form.tree.nodes if node.path == item.path), None)
        if node is None or node.simple.choices:
            return None
        key = link_key(item.item.rpartition(" ")[2])
        fitting = [table for table in self._tables if key and key == table.key]
        return Link(fitting[0], Sure.LIKELY) if len(fitting) == 1 else None

    def _inline(self, mention: str, item: Item) -> Table | None:
        """The table of a mention that lists its choices itself (``1:男 2:女``)."""
        choices = _CHOICE.findall(unicodedata.normalize("NFKC", mention))
        if len(choices) < 2 or item.block is None:
            return None
        rows = [Row(code, name.strip(), None, None, (), 0) for code, name in dict(choices).items()]
        made = Table(item.item, item.block, rows=rows)
        known = next((table for table in self._tables if table.key == made.key), None)
        if known is not None and [row.facts[:2] for row in known.rows] == [row.facts[:2] for row in rows]:
            return known
        used = {table.id for table in self._tables}
        wanted = tables.safe_id(item.item)
        made.id = next(
            name for name in [wanted, *(f"{wanted}-{n}" for n in range(2, 1000))] if name not in used
        )
        self._tables.append(made)
        self._notes.guessed("inline", Sure.ALMOST, item=item.item, id=made.id, count=len(rows))
        return made


def _is_remark(mention: str) -> bool:
    """Whether a text in the column of code tables is a sentence and no name of a table."""
    return len(mention) > 60 or titles.is_note(mention)


def _sheet_key(table: Table) -> str:
    return link_key(table.block.grid.sheet)


def _number(text: str) -> str:
    found = _NUMBER.search(fold(text))
    return found.group(1).lstrip("0") if found else ""


def find_dates(forms: list[FormDraft], notes: Understood) -> None:
    """The item that holds the day of a document: stated in MAP.toml, else by its name."""
    listed = [fold(word) for word in words()["items"]["written"]]
    for form in forms:
        if isinstance(form.entry.get("date"), str):
            form.date = form.entry["date"]
            continue
        hits = [
            (listed.index(word), item) for item in form.items for word in listed
            if fold(item.item).endswith(word) and item.columns["type"] in ("date", "string")
        ]  # fmt: skip
        if hits:
            item = min(hits, key=lambda hit: hit[0])[1]
            form.date = item.path
            notes.guessed("date", Sure.ALMOST, form=form.id, item=item.item, path=item.path)
        else:
            notes.decide("no_date", form=form.id)
