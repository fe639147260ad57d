"""Record definitions of a delivery: from blocks of cells to items with our columns.

The columns that come out are those of docs/record-definition.md.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from checktool.definitions.importing import lengths, titles
from checktool.definitions.importing.blocks import Block
from checktool.definitions.importing.tree import Node
from checktool.definitions.importing.vocabulary import contains, fold, line, meaning, words

_TAG = re.compile(r"[^\W\d][\w.\-]*")
_STEP = re.compile(r"\[[^\]]*\]|text\(\)|[^/@:]+:(?=[^/])")
_PATTERN_DIGITS = re.compile(r"[0-9dD\[\]\\{},|()?+*\-]*(?:\\d|\[0-9\])[0-9dD\[\]\\{},|()?+*\-]*")
_EXACT = re.compile(r"(?:\\d|\[0-9\])\{([0-9]+)\}")
WITH_LENGTH = {"name", "string", "freetext", "code", "digits"}


@dataclass(slots=True)
class Draft:
    """One row of a record definition as it stood: texts as written, and the tag or path it names."""

    item: str
    section: str
    tag: str = ""
    path: str = ""
    block: Block | None = None
    row: int = 0

    def text(self, name: str) -> str:
        """The text of a field, empty when there is no such column."""
        return self.block.text(self.row, name) if self.block is not None else ""

    @property
    def place(self) -> str:
        """Where it stands, for people."""
        return f"{self.block.place.rpartition(' ')[0]} {self.row}" if self.block is not None else ""


@dataclass(slots=True)
class Item:
    """One row of a record definition as it will be written."""

    path: str
    item: str
    section: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    mention: str = ""
    block: Block | None = None
    width: int = 0


def drafts_of(block: Block) -> list[Draft]:
    """The rows of a record definition in order; rows that name nothing only begin a section."""
    found: list[Draft] = []
    section = ""
    steps: list[str] = []
    nested = _holds_tags(block)
    for row in block.body:
        levels = _levels(block, row)
        tag, path = clean_tag(block.text(row, "tag")), clean_path(block.text(row, "path"))
        item = line(block.text(row, "item"))
        if nested:
            steps = _nested(steps, levels)
            path = path or "/".join(step for step in steps if step)
        elif block.levels:
            steps = _nested(steps, levels)
            section = line(steps[0]) or section
            item = item or line(next((text for text in reversed(levels) if text), ""))
        section = line(block.text(row, "section")) or section
        if not item and not tag and not path:
            continue
        if not _is_item(block, row, tag, path):
            section = item or section
            continue
        found.append(Draft(item or tag, section, tag, path, block, row))
    return found


def _levels(block: Block, row: int) -> list[str]:
    cells = [block.grid.at(row, column) for column in block.levels]
    return ["" if cell.spread == "right" else cell.text for cell in cells]


def _holds_tags(block: Block) -> bool:
    """Whether the columns of levels hold tags, one step a column, and not names for people."""
    texts = [text.strip("<>@/ ") for row in block.body for text in _levels(block, row) if text]
    alone = "tag" not in block.columns and "path" not in block.columns
    return alone and bool(texts) and all(text.isascii() and _TAG.fullmatch(text) for text in texts)


def _nested(before: list[str], levels: list[str]) -> list[str]:
    """The steps down to a row of a staircase: what a row leaves blank in front is that of the row above."""
    first = next((place for place, text in enumerate(levels) if text), 0)
    above = [*before, *[""] * len(levels)][:first]
    return [*above, *(text.strip("<>/ ") for text in levels[first:])]


def _is_item(block: Block, row: int, tag: str, path: str) -> bool:
    """Whether a row describes something, and is not a heading or a note between the rows."""
    if tag or path:
        return True
    item = block.text(row, "item")
    described = any(block.text(row, name) for name in ("type", "max_len", "bytes", "required", "code_table"))
    return described and not titles.is_note(item)


def clean_tag(text: str) -> str:
    """A tag name without brackets and prefix (``<n:Name>`` → ``Name``), empty for what is none."""
    folded = unicodedata.normalize("NFKC", text).strip().strip("<>/ ")
    if "/" in folded:
        return clean_path(folded)
    bare = folded.rpartition(":")[2].lstrip("@")
    return bare if _TAG.fullmatch(bare) else ""


def clean_path(text: str) -> str:
    """A path without prefixes, positions and blanks; its root may still stand in front."""
    folded = unicodedata.normalize("NFKC", text).replace(" ", "").replace(">", "/").replace("\\", "/")
    return _STEP.sub("", folded).strip("/")


def item_of(draft: Draft, node: Node) -> Item:
    """An item with everything that the delivery says about it, the XSD where the record is silent."""
    words_of_type = draft.text("type")
    kind = _kind(meaning("types", words_of_type), _kind_of(node))
    mention = line(draft.text("code_table"))
    mention = "" if fold(mention) in words()["items"]["nothing"] else mention
    columns = _common(draft.item, node, kind)
    if mention and columns["type"] in ("string", "digits", "integer"):
        columns["type"] = "code"
    low, high = lengths.lengths(draft.text("min_len"), draft.text("max_len"))
    if columns["type"] in WITH_LENGTH:
        columns["max_len"] = high or columns["max_len"]
        columns["min_len"] = low or (columns["min_len"] if not high else "")
    charset = meaning("charsets", draft.text("charset")) or meaning("charsets", words_of_type)
    if charset and columns["type"] not in ("date", "month"):
        columns["charset"] = charset
    columns["required"] = _demanded(draft) or columns["required"]
    columns["unit"] = line(draft.text("unit"))
    columns["note"] = line(draft.text("note"))
    columns["personal"] = _said_personal(draft, columns["note"])
    return Item(node.path, draft.item, draft.section, columns, mention, draft.block, _width(node))


def _said_personal(draft: Draft, note: str) -> str:
    """Whether the delivery itself says that an item identifies a person; empty where it says nothing."""
    sign = meaning("required", draft.text("personal"))
    if contains("items", "personal_notes", note) or sign == "always":
        return "yes"
    return "no" if draft.block is not None and "personal" in draft.block.columns else ""


def _kind(written: str, of_xsd: str) -> str:
    """The kind of an item: what is written, unless the XSD has numbers or days where it says texts."""
    plain = written in ("", "string", "digits", "integer", "name")
    return of_xsd if not written or (plain and of_xsd in ("decimal", "integer", "date", "month")) else written


def _demanded(draft: Draft) -> str:
    """When an item has to be filled in, by its sign and the legend of the sheet, or by its occurrence."""
    if draft.block is None or not {"required", "occurs"} & draft.block.columns.keys():
        return ""
    sign = draft.text("required")
    if sign or "required" in draft.block.columns:
        return draft.block.legend.get(fold(sign), "") or meaning("required", sign) or "no"
    return "always" if re.match("[1-9]", fold(draft.text("occurs"))) else "no"


def _width(node: Node) -> int:
    """The number of characters that the XSD demands of a value, 0 where it leaves that open."""
    widths = {len(choice) for choice in node.simple.choices}
    exact = node.simple.bounds.get("length", "")
    pattern = _EXACT.fullmatch(node.simple.bounds.get("pattern", ""))
    if exact.isdigit() or pattern:
        return int(exact if exact.isdigit() else str(pattern and pattern.group(1)))
    return widths.pop() if len(widths) == 1 else 0


def item_of_node(node: Node, section: str) -> Item:
    """An item of which only the XSD speaks."""
    return Item(node.path, node.label, section, _common(node.label, node, _kind_of(node)))


def _common(label: str, node: Node, kind: str) -> dict[str, str]:
    low, high = _bounds(node)
    listed: dict[str, Any] = dict(words()["items"])
    if kind in ("string", "") and high and int(high) >= int(listed["long_text"]):
        kind = "freetext"
    if kind == "string" and fold(node.name) in listed["name_parts"]:
        kind = "name"
    past = kind in ("date", "month") and contains("items", "past", label)
    long = kind in WITH_LENGTH
    return {
        "type": kind or "string",
        "min_len": low if long else "",
        "max_len": high if long else "",
        "charset": "",
        "required": "always" if node.required else "no",
        "personal": "",
        "past": "yes" if past else "",
    }


def _kind_of(node: Node) -> str:
    base, bounds = node.simple.base, node.simple.bounds
    if node.simple.choices:
        return "code"
    if base in ("date", "dateTime"):
        return "date"
    if base == "gYearMonth":
        return "month"
    if base in ("decimal", "float", "double"):
        return "decimal"
    if base.lower().endswith(("integer", "int", "short", "long", "byte")):
        return "integer"
    pattern = bounds.get("pattern", "")
    return "digits" if pattern and _PATTERN_DIGITS.fullmatch(pattern) and "-" not in pattern else "string"


def _bounds(node: Node) -> tuple[str, str]:
    bounds = node.simple.bounds
    low, high = (bounds.get("length") or bounds.get(name, "") for name in ("minLength", "maxLength"))
    return (low if low.isdigit() and int(low) > 1 else ""), (high if high.isdigit() else "")


def title_of(block: Block) -> str:
    """What a record definition is called: the text above it and its sheet."""
    return line(f"{titles.tidy(block.title)} {titles.tidy(block.grid.sheet or block.grid.file)}")
