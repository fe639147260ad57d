"""Definition packs as data: forms, record items, code tables, rules, limits."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from checktool.model.finding import Layer, Severity
from checktool.model.report import Override, PackInfo

FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class RecordItem:
    """One row of a record definition (ファイルレコード定義), see docs/record-definition.md.

    ``path`` is relative to the form's root (``Patient/Name/Family``, ``@kind``); lengths count
    characters, 0 = no bound; ``lines`` bounds the lines of a free text, 0 = no bound.
    """

    no: str
    section: str
    item: str
    path: str
    type: str
    min_len: int = 0
    max_len: int = 0
    lines: int = 0
    charset: str = ""
    code_table: str = ""
    key_path: str = ""
    required: str = "no"
    personal: bool = False
    past: bool = False
    unit: str = ""
    code: str = ""
    note: str = ""

    @property
    def quotable(self) -> bool:
        """Whether its value may stand in a redacted report: neither personal nor free text."""
        return not self.personal and self.type != "freetext"


class CodeEntry(NamedTuple):
    """One dated row of a code table; ``values`` are those of the columns beyond the first four."""

    name: str
    valid_from: date = FIRST_DAY
    valid_to: date = LAST_DAY
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeTable:
    """A code table: the dated rows of each code, and the day up to which it is known."""

    id: str
    entries: Mapping[str, tuple[CodeEntry, ...]]
    columns: tuple[str, ...] = ()
    known_until: date = LAST_DAY
    title: str = ""

    def on(self, code: str, day: date | None) -> CodeEntry | None:
        """The row of a code that applies on a day (no day: the last row), or None."""
        rows = self.entries.get(code, ())
        if day is None:
            return rows[-1] if rows else None
        for row in rows:
            if row.valid_from <= day <= row.valid_to:
                return row
        return None

    def field(self, entry: CodeEntry, column: str) -> str:
        """The value of a further column in a row, empty when the table has no such column."""
        return entry.values[self.columns.index(column)] if column in self.columns else ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of the rule registry, built-in or of the pack.

    ``title``, ``message`` and ``fix`` are templates for ``str.format_map``; ``severity`` None = off.
    ``refused`` marks faults of reading and form: an error by which a file stays unchecked. A pack may
    word one code in several ways: ``others`` are the further messages, chosen by param ``wording``.
    """

    code: str
    layer: Layer
    severity: Severity | None
    title: str
    message: str
    fix: str
    forms: tuple[str, ...] = ()
    condition: str = ""
    xpath: str = ""
    source: str = ""
    locked: bool = False
    refused: bool = False
    who: str = ""
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BatchKeys:
    """XPaths by which documents of a run are compared; an empty one switches its rules off."""

    patient: tuple[str, ...] = ()
    disease: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    sex: tuple[str, ...] = ()
    number: tuple[str, ...] = ()
    doctor: tuple[str, ...] = ()
    birth: tuple[str, ...] = ()
    name: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a pack: how it is known and what judges it; a None leaves that layer ABSENT.

    ``disease`` and ``doctor`` are the paths of the names that lists of documents show.
    """

    id: str
    name: str
    root: str = ""
    match: str = ""
    version: str = ""
    versions: tuple[str, ...] = ()
    xsd: Path | None = None
    record: tuple[RecordItem, ...] | None = None
    rules: tuple[Path, ...] = ()
    phase: str = ""
    date: str = ""
    batch: BatchKeys = BatchKeys()
    disease: str = ""
    doctor: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one run; bytes, counts and seconds. A pack may tighten or widen them."""

    file_bytes: int = 0
    records_per_file: int = 0
    package_bytes: int = 0
    file_name: str = ""
    depth: int = 256
    text_bytes: int = 10_000_000
    document_bytes: int = 64_000_000
    attributes: int = 2_000
    elements: int = 500_000
    seconds_per_file: int = 60
    max_age_days: int = 0
    forms_per_doctor_day: int = 0
    zip_members: int = 20_000
    zip_ratio: int = 200
    zip_bytes: int = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Encoding:
    """What the pack wants of bytes and characters."""

    accepted: tuple[str, ...] = ("UTF-8",)
    repertoire: str = "unicode"


@dataclass(frozen=True, slots=True)
class DefinitionPack:
    """A loaded definition pack; ``parts`` keeps what was read of it once, such as its rule files.

    ``editions`` are other editions of its id, the latest first, that judge documents of their own days.
    """

    info: PackInfo
    rules_folder: Path
    xsd_folder: Path
    forms: tuple[Form, ...]
    tables: Mapping[str, CodeTable]
    valid_from: date = FIRST_DAY
    valid_to: date = LAST_DAY
    replaces: str = ""
    published_on: date | None = None
    grace_until: date | None = None
    container: str = ""
    limits: Limits = Limits()
    encoding: Encoding = Encoding()
    off: frozenset[str] = frozenset()
    locked: frozenset[str] = frozenset()
    placeholders: tuple[str, ...] = ()
    profile: str | None = None
    overrides: tuple[Override, ...] = ()
    editions: tuple["DefinitionPack", ...] = ()
    parts: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def containers(self) -> frozenset[str]:
        """The roots of multi-record files, those of other editions too."""
        return frozenset(pack.container for pack in (self, *self.editions) if pack.container)
