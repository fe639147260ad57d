"""A pack opened for lint: as much of it as can be read, and remarks on what cannot."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from checktool.definitions import cover
from checktool.definitions.codetable import Tables
from checktool.definitions.contentmodel import ContentModel
from checktool.definitions.lint.remark import Remark, passed_on, remark
from checktool.definitions.pack import locate
from checktool.definitions.places import World
from checktool.definitions.xsdfiles import SchemaFiles
from checktool.errors import PackError
from checktool.model.definition import Form, Limits


@dataclass(slots=True)
class Opened:
    """The readable parts of a pack; ``entries`` are what the cover sheet says of each of ``forms``.

    ``models`` and ``sets`` hold the XSDs that libxml2 can build, by entry file.
    """

    sheet: Path
    table: dict[str, Any]
    forms: list[Form] = field(default_factory=list)
    entries: list[dict[str, Any]] = field(default_factory=list)
    limits: Limits = field(default_factory=Limits)
    models: dict[Path, ContentModel] = field(default_factory=dict)
    sets: dict[Path, SchemaFiles] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The id of the pack, that of its folder."""
        return self.sheet.parent.name

    @property
    def root(self) -> Path:
        """The folder that holds ``rules``, ``xsd`` and ``codetables``."""
        return self.sheet.parent.parent.parent

    @property
    def rules_folder(self) -> Path:
        """The folder of rules, records and profiles."""
        return self.sheet.parent

    @property
    def xsd_folder(self) -> Path:
        """The folder of the XSDs."""
        return self.root / "xsd" / self.id

    @property
    def tables(self) -> Tables:
        """The code tables."""
        return Tables(self.root / "codetables" / self.id, {})

    def world(self, form: Form) -> World | None:
        """The schema set of a form, or None where it has none that can be built."""
        entry = form.xsd.resolve() if form.xsd else None
        if entry is None or entry not in self.models:
            return None
        return World(self.models[entry], self.sets[entry])

    def name(self, path: Path) -> str:
        """The path of a file in the pack."""
        path, root = path.resolve(), self.root.resolve()
        return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name


def opened(target: str | None) -> tuple[Opened, list[Remark]]:
    """Open a pack by id or path. Raises PackError where there is no pack or no readable cover sheet."""
    sheet = locate(target)
    pack = Opened(sheet, cover.checked(cover.read(sheet)))
    remarks = []
    if pack.table["id"] != pack.id:
        remarks.append(remark("K507", "pack.toml", id=pack.table["id"], folder=pack.id))
    for entry in pack.table["form"]:
        try:
            pack.forms.append(cover.form(entry, pack.rules_folder, pack.xsd_folder))
            pack.entries.append(entry)
        except PackError as fault:
            remarks.append(passed_on(fault))
    for reading in (_limits, _encoding, _tables):
        try:
            reading(pack)
        except PackError as fault:
            remarks.append(passed_on(fault))
    return pack, remarks


def _limits(pack: Opened) -> None:
    pack.limits = cover.limits(pack.table.get("limits", {}))


def _encoding(pack: Opened) -> None:
    cover.encoding(pack.table.get("encoding", {}))


def _tables(pack: Opened) -> None:
    cover.tables(pack.table.get("tables", {}))
