"""A draft as files: the three folders of a pack with its cover sheet, put in place when it is whole.

Formats: interfaces of packs in docs/packs.md, columns in docs/record-definition.md.
"""

import csv
import hashlib
import io
import secrets
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from checktool.definitions import pack as packs
from checktool.definitions import record, registry
from checktool.definitions.codetable import LEADING, Tables
from checktool.definitions.importing.draft import PackDraft
from checktool.definitions.importing.forms import FormDraft
from checktool.definitions.importing.mapping import toml, written
from checktool.definitions.importing.rulefiles import unusable
from checktool.definitions.importing.tables import Table
from checktool.errors import HandoffError, PackError
from checktool.model.definition import DefinitionPack
from checktool.wording import Wording

MAP = "MAP.toml"
_EPOCH = (1980, 1, 1, 0, 0, 0)


class Staged:
    """A pack as files in a folder, not yet at its place."""

    def __init__(self, draft: PackDraft, folder: Path, wording: Wording) -> None:
        """Write every file of the draft below ``folder``."""
        self._draft, self._folder, self._wording = draft, folder, wording
        for name, path in draft.files.items():
            self.add(name, path.read_bytes())
        for table in draft.tables:
            self.add(f"codetables/{draft.id}/{table.id}.csv", _table(table).encode("utf-8"))
        for form in draft.forms:
            if form.items:
                self.add(f"rules/{draft.id}/{_record_name(form)}", _record(form).encode("utf-8"))
        for demands in draft.demands.values():
            self.add(f"rules/{draft.id}/{demands.file}", demands.text(wording).encode("utf-8"))
        self.add(f"codetables/{draft.id}/SOURCES.md", _sources(draft, wording).encode("utf-8"))
        self._cover()

    def add(self, name: str, data: bytes) -> None:
        """Put a file into the pack."""
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def load(self) -> DefinitionPack:
        """The pack as a check loads it, every table and rule read. Raises PackError."""
        loaded = packs.load(str(self._folder))
        for table in loaded.tables.ids if isinstance(loaded.tables, Tables) else ():
            loaded.tables[table]
        registry.rules_of(loaded)
        return loaded

    def unusable(self, fault: PackError) -> PackError:
        """The fault of a rule file, named as in the delivery; others as they are."""
        prefix = f"rules/{self._draft.id}/"
        names = (name.removeprefix(prefix) for name in self._draft.files if name.startswith(prefix))
        file = str(fault.params.get("file", ""))
        name = next((name for name in names if Path(name).name == file), "")
        return unusable(fault, name) if name else fault

    def _cover(self) -> None:
        name = f"rules/{self._draft.id}/{packs.COVER}"
        files = packs.files_of(self._folder, self._draft.id)
        sums = {
            key: hashlib.sha256(path.read_bytes()).hexdigest() for key, path in files.items() if key != name
        }
        self.add(name, _cover(self._draft, sums).encode("utf-8"))

    def finish(self) -> None:
        """Write the cover sheet anew, and MAP.toml beside the pack's folders."""
        self._cover()
        self.add(MAP, written(self._draft.map, self._wording).encode("utf-8"))


def map_path_of(target: Path) -> Path:
    """Where the MAP.toml of a pack lies: in its folder, or beside its ZIP."""
    return target.with_suffix(f".{MAP}") if target.suffix.lower() == ".zip" else target / MAP


def save(folder: Path, target: Path) -> Path:
    """Put a finished pack at its place, a folder or a ZIP, whole or not at all; answers its MAP.toml.

    Raises HandoffError P027 when the target exists, A007 when it cannot be written.
    """
    refuse_existing(target)
    place = target.resolve()
    working = place.with_name(f".checktool-{secrets.token_hex(8)}.tmp")
    try:
        working.mkdir(parents=True)
        if target.suffix.lower() == ".zip":
            _pack(folder, working / place.name)
            shutil.copyfile(folder / MAP, map_path_of(place))
            (working / place.name).rename(place)
        else:
            shutil.copytree(folder, working, dirs_exist_ok=True)
            working.rename(place)
    except OSError as fault:
        raise HandoffError("A007", path=str(target), reason=type(fault).__name__) from fault
    finally:
        shutil.rmtree(working, ignore_errors=True)
    return map_path_of(target)


def refuse_existing(target: Path) -> None:
    """Raise HandoffError P027 when something lies where the pack or its MAP.toml is to go."""
    for path in (target, map_path_of(target)):
        if path.exists() or path.is_symlink():
            raise HandoffError("P027", path=str(path))


def _pack(folder: Path, target: Path) -> None:
    with zipfile.ZipFile(target, "x", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / MAP):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, path.read_bytes())


def _csv(rows: Iterable[Iterable[object]]) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def _table(table: Table) -> str:
    columns: list[str] = []
    for name in table.columns:
        columns.append(next(one for one in _numbered(name) if one not in (*LEADING, *columns)))
    days = ((row.valid_from, row.valid_to) for row in table.rows)
    bounds = [[day.isoformat() if day else "" for day in pair] for pair in days]
    rows = [[row.code, row.name, *bound, *row.values] for row, bound in zip(table.rows, bounds, strict=True)]
    return _csv([[*LEADING, *columns], *rows])


def _numbered(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}-{number}" for number in range(2, 1000))


def _record_name(form: FormDraft) -> str:
    return f"records/{form.id}.csv"


def _record(form: FormDraft) -> str:
    rows = []
    for number, item in enumerate(form.items, 1):
        known = {**item.columns, "no": str(number), "section": item.section, "item": item.item,
                 "path": item.path}  # fmt: skip
        rows.append([known.get(column, "") for column in record.COLUMNS])
    return _csv([record.COLUMNS, *rows])


def _sources(draft: PackDraft, wording: Wording) -> str:
    lines = [f"# {wording.say('import.sources.title', title=draft.title)}", ""]
    lines += [wording.say("import.sources.head"), "|---|---|---|---|"]
    for table in sorted(draft.tables, key=lambda table: table.id):
        cells = (f"`{table.id}`", table.title, table.block.place, str(len(table.rows)))
        lines.append("| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def _cover(draft: PackDraft, sums: dict[str, str]) -> str:
    lines = [f"{key} = {toml(getattr(draft, key))}" for key in ("id", "edition", "title", "status")]
    lines += [f"{key} = {toml(day) if key == 'replaces' else day}" for key, day in draft.dated.items()]
    for form in draft.forms:
        lines += ["", "[[form]]", *(f"{key} = {toml(value)}" for key, value in _form(form).items() if value)]
        batch = form.entry.get("batch")
        if isinstance(batch, dict) and batch:
            lines += ["", "[form.batch]", *(f"{key} = {toml(value)}" for key, value in batch.items())]
    if draft.container:
        lines += ["", "[container]", f"root = {toml(draft.container)}"]
    for table in sorted(draft.tables, key=lambda table: table.id):
        if table.title != table.id:
            lines += ["", f"[tables.{toml(table.id)}]", f"title = {toml(table.title)}"]
    lines += ["", "[encoding]", f"accepted = {toml(draft.accepted)}"]
    lines += ["", "[files]", *(f"{toml(name)} = {toml(digest)}" for name, digest in sums.items())]
    return "\n".join(lines) + "\n"


def _form(form: FormDraft) -> dict[str, object]:
    return {
        "id": form.id,
        "name": form.name,
        "root": form.root,
        "version": form.entry.get("version", form.version),
        "versions": form.entry.get("versions", form.versions),
        "xsd": form.xsd,
        "record": _record_name(form) if form.items else "",
        "rules": form.rules,
        "phase": form.entry.get("phase", ""),
        "date": form.date,
    }
