"""MAP.toml: what an import took for granted, written so that it can be adjusted and repeated."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from checktool.definitions.importing.blocks import Block, Fixed
from checktool.definitions.importing.cells import Grid, column_of, letters
from checktool.definitions.importing.vocabulary import line
from checktool.errors import PackError
from checktool.wording import Wording

_PLACE = ("file", "sheet", "row", "columns", "heading", "use", "fixed")
_KEYS = {
    "form": ("id", "name", "root", "xsd", "date", "version", "versions", "phase", "batch", "required",
             "not_personal", "use"),
    "table": ("id", "title", "duplicates", *_PLACE),
    "record": ("forms", *_PLACE),
    "rules": ("file", "use"),
}  # fmt: skip
_SWITCHES = ("use", "fixed", "required")
LISTS = tuple(_KEYS)
GROUPS = ("pack", "items", "links", "headings")
_PACK = ("id", "edition", "title", "status", "valid_from", "valid_to", "grace_until", "replaces")

Entry = dict[str, Any]


@dataclass(slots=True)
class ImportMap:
    """A MAP.toml as read: every part may be empty."""

    pack: dict[str, str] = field(default_factory=dict)
    form: list[Entry] = field(default_factory=list)
    table: list[Entry] = field(default_factory=list)
    record: list[Entry] = field(default_factory=list)
    rules: list[Entry] = field(default_factory=list)
    items: dict[str, dict[str, str]] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    headings: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    def entry(self, kind: str, **facts: str) -> Entry:
        """The first entry of a list that has these facts, empty when there is none."""
        entries: list[Entry] = getattr(self, kind)
        fitting = (one for one in entries if all(one.get(key, "") == value for key, value in facts.items()))
        return next(fitting, {})

    def fixed(self, grid: Grid) -> list[Fixed]:
        """The heads that are stated for a sheet (``fixed = true``)."""
        found = []
        for kind in ("table", "record"):
            for entry in getattr(self, kind):
                here = entry.get("file") == grid.file and entry.get("sheet", "") == grid.sheet
                if entry.get("fixed") is True and here:
                    found.append(_fixed(kind, entry))
        return found


def _fixed(kind: str, entry: Entry) -> Fixed:
    row, columns = entry.get("row"), entry.get("columns")
    if type(row) is not int or not isinstance(columns, dict):
        raise PackError("P024", key=f"{kind}.row / {kind}.columns")
    numbers = {name: column_of(str(letter)) for name, letter in columns.items()}
    needed = {"code", "name"} if kind == "table" else {"item"}
    if not all(numbers.values()) or not needed <= set(numbers):
        raise PackError("P024", key=f"{kind}.columns")
    return Fixed(kind, row, numbers)


def read(path: Path) -> ImportMap:
    """Read a MAP.toml. Raises PackError P002 (unreadable), P024 (a key that cannot be meant)."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as fault:
        raise PackError("P002", path=path.name, reason=type(fault).__name__) from None
    for key, value in data.items():
        if not _is_part(key, value):
            raise PackError("P024", key=key)
    for kind in LISTS:
        _demand_known(kind, data.get(kind, []))
    if "pack" in data:
        data["pack"] = {key: str(day) if isinstance(day, date) else day for key, day in data["pack"].items()}
    _demand_texts("pack", data.get("pack", {}))
    _demand_texts("links", data.get("links", {}))
    for form, paths in data.get("items", {}).items():
        _demand_texts(f"items.{form}", paths)
    for kind, fields in data.get("headings", {}).items():
        for name, listed in fields.items() if isinstance(fields, dict) else ():
            if kind not in ("table", "record") or not _texts(listed):
                raise PackError("P024", key=f"headings.{kind}.{name}")
    return ImportMap(**data)


def _is_part(key: str, value: object) -> bool:
    """Whether a key of the whole map and its value are what they have to be."""
    if key in LISTS:
        return isinstance(value, list) and all(isinstance(entry, dict) for entry in value)
    return isinstance(value, dict) and key in GROUPS


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(part, str) for part in value)


def _demand_known(kind: str, entries: Iterable[Entry]) -> None:
    """Refuse a key that nothing reads, and a switch that is neither true nor false."""
    for key, value in (pair for entry in entries for pair in entry.items()):
        if key not in _KEYS[kind] or (key in _SWITCHES and not isinstance(value, bool)):
            raise PackError("P024", key=f"{kind}.{key}")


def _demand_texts(key: str, table: object) -> None:
    if not isinstance(table, dict):
        raise PackError("P024", key=key)
    for name, value in table.items():
        if not isinstance(value, str) or (key == "pack" and name not in _PACK):
            raise PackError("P024", key=f"{key}.{name}")


def written(mapping: ImportMap, wording: Wording) -> str:
    """The text of a MAP.toml; reading it again gives the same."""
    lines = [f"# {text}" for text in wording.say("import.map.head").splitlines()]
    lines += ["", "[pack]", *_pairs(mapping.pack)]
    for kind in LISTS:
        entries: list[Entry] = getattr(mapping, kind)
        if entries:
            lines += ["", f"# {wording.say(f'import.map.{kind}')}"]
        for entry in entries:
            lines += [f"[[{kind}]]", *_pairs(entry), ""]
    for form, paths in mapping.items.items():
        lines += ["", f"# {wording.say('import.map.items')}", f"[items.{toml(form)}]", *_pairs(paths)]
    lines += ["", f"# {wording.say('import.map.links')}", "[links]", *_pairs(mapping.links)]
    lines += ["", f"# {wording.say('import.map.headings')}"]
    for kind, fields in mapping.headings.items():
        lines += [f"[headings.{kind}]", *_pairs(fields)]
    return "\n".join(lines).replace("\n\n\n", "\n\n").rstrip() + "\n"


def _pairs(table: Mapping[str, Any]) -> Iterable[str]:
    return (f"{_key(name)} = {toml(value)}" for name, value in table.items())


def _key(name: str) -> str:
    bare = name.isascii() and name.replace("_", "").replace("-", "").isalnum()
    return name if bare else toml(name)


def toml(value: object) -> str:
    """A value as TOML writes it on one line: texts, numbers, booleans, lists, tables."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(str(key))} = {toml(part)}" for key, part in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(toml(part) for part in value) + "]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return json.dumps(value)


def place_of(block: Block) -> Entry:
    """Where a block stands, as an entry has it."""
    return {
        "file": block.grid.file,
        "sheet": block.grid.sheet,
        "row": block.row,
        "columns": {name: letters(column) for name, column in block.columns.items()},
        "heading": line(block.title),
    }
