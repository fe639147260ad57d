"""Definition packs: one id found in three folders, ``rules/<id>/pack.toml`` is its cover sheet."""

import hashlib
import tempfile
from dataclasses import replace
from pathlib import Path

from checktool import paths
from checktool.definitions import archive, cover
from checktool.definitions.codetable import Tables
from checktool.errors import PackError
from checktool.model.definition import FIRST_DAY, LAST_DAY, DefinitionPack
from checktool.model.report import PackInfo

FOLDERS = ("rules", "xsd", "codetables")
COVER = "pack.toml"
SIGNATURE = "pack.sig"
_UNPACKED: list[tempfile.TemporaryDirectory[str]] = []


def find_packs() -> list[Path]:
    """The cover sheets of all packs of this PC: built-in first, then machine, then user, sorted."""
    found = sorted(paths.data_root().glob(f"rules/*/{COVER}"))
    for base in (paths.machine_folder(), paths.user_folder()):
        found += sorted(base.glob(f"packs/*/*/rules/*/{COVER}"))
    return found


def load(pack: str | None = None, profile: str | None = None) -> DefinitionPack:
    """The pack of an id, of a folder or of a ZIP; None is the first built-in one.

    Code tables are read when first used. Raises PackError P001 to P012.
    """
    sheet = locate(pack)
    rules_folder = sheet.parent
    root = rules_folder.parent.parent
    table = cover.checked(cover.read(sheet))
    if table["id"] != rules_folder.name:
        raise PackError("P003", key="id")
    loaded = DefinitionPack(
        info=PackInfo(
            table["id"], table["edition"], table["title"], table["status"], digest(root, table["id"])
        ),
        rules_folder=rules_folder,
        xsd_folder=root / "xsd" / table["id"],
        forms=tuple(cover.form(entry, rules_folder, root / "xsd" / table["id"]) for entry in table["form"]),
        tables=Tables(root / "codetables" / table["id"], cover.known_until(table.get("tables", {}))),
        valid_from=table.get("valid_from", FIRST_DAY),
        valid_to=table.get("valid_to", LAST_DAY),
        replaces=table.get("replaces", ""),
        published_on=table.get("published_on"),
        grace_until=table.get("grace_until"),
        container=table.get("container", {}).get("root", ""),
        limits=cover.limits(table.get("limits", {})),
        encoding=cover.encoding(table.get("encoding", {})),
        off=frozenset(table.get("off", ())),
        placeholders=tuple(table.get("batch", {}).get("placeholders", ())),
    )
    if profile is None:
        return loaded
    return replace(loaded, profile=profile, overrides=cover.profile(rules_folder, profile))


def locate(pack: str | None) -> Path:
    """The cover sheet that an id or a path means. Raises PackError P001, P012, P013."""
    packs = find_packs()
    if pack is None:
        if not packs:
            raise PackError("P001", id="")
        return packs[0]
    path = Path(pack)
    if path.is_dir() or path.is_file():
        return _sheet_in(path if path.is_dir() else _unpacked(path))
    named = [sheet for sheet in packs if sheet.parent.name == pack]
    if not named:
        raise PackError("P001", id=pack)
    return named[-1]


def _unpacked(path: Path) -> Path:
    holder = tempfile.TemporaryDirectory(prefix="checktool-pack-")
    _UNPACKED.append(holder)
    archive.unpack(path, Path(holder.name))
    return Path(holder.name)


def _sheet_in(folder: Path) -> Path:
    sheets = sorted(folder.glob(f"rules/*/{COVER}")) or sorted(folder.glob(f"*/rules/*/{COVER}"))
    if len(sheets) != 1:
        raise PackError("P012" if sheets else "P001", id=folder.name)
    return sheets[0]


def files_of(root: Path, pack_id: str) -> dict[str, Path]:
    """Every file of a pack by its path from the folder that holds ``rules``, sorted."""
    found = {}
    for top in FOLDERS:
        for path in (root / top / pack_id).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                found[path.relative_to(root).as_posix()] = path
    return dict(sorted(found.items()))


def digest(root: Path, pack_id: str) -> str:
    """SHA-256 over the sorted lines ``sha256␠␠path`` of all files but the signature (hex)."""
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {name}\n"
        for name, path in files_of(root, pack_id).items()
        if path.name != SIGNATURE
    ]
    return hashlib.sha256("".join(sorted(lines)).encode("utf-8")).hexdigest()
