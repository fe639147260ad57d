"""Definition packs: one id found in three folders, ``rules/<id>/pack.toml`` is its cover sheet."""

import atexit
import hashlib
import shutil
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from checktool import paths
from checktool.definitions import active, archive, cover
from checktool.definitions.codetable import Tables
from checktool.errors import PackError
from checktool.model.definition import FIRST_DAY, LAST_DAY, DefinitionPack
from checktool.model.report import PackInfo

FOLDERS = ("rules", "xsd", "codetables")
COVER = "pack.toml"
SIGNATURE = "pack.sig"


def find_packs() -> list[Path]:
    """The cover sheets of all packs of this PC: built-in first, then machine, then user, sorted."""
    found = sorted(paths.data_root().glob(f"rules/*/{COVER}"))
    for base in (paths.machine_folder(), paths.user_folder()):
        for sheet in sorted(base.glob(f"packs/*/*/rules/*/{COVER}")):
            pack_id, edition = sheet.parents[3].name, sheet.parents[2].name
            if pack_id == sheet.parent.name and not edition.startswith("."):
                found.append(sheet)
    return found


def load(pack: str | None = None, profile: str | None = None) -> DefinitionPack:
    """The pack of an id (``id`` or ``id@edition``), of a folder or of a ZIP; None is the one in use.

    Code tables are read when first used. Raises PackError P001 to P013.
    """
    sheet = locate(pack)
    rules_folder = sheet.parent
    root = rules_folder.parent.parent
    table = cover.checked(cover.read(sheet))
    if table["id"] != rules_folder.name:
        raise PackError("P003", key="id")
    sums = sums_of(root, table["id"])
    _refuse_changed(sums, table)
    loaded = DefinitionPack(
        info=PackInfo(table["id"], table["edition"], table["title"], table["status"], digest(sums)),
        rules_folder=rules_folder,
        xsd_folder=root / "xsd" / table["id"],
        forms=tuple(cover.form(entry, rules_folder, root / "xsd" / table["id"]) for entry in table["form"]),
        tables=Tables(root / "codetables" / table["id"], cover.tables(table.get("tables", {}))),
        valid_from=table.get("valid_from", FIRST_DAY),
        valid_to=table.get("valid_to", LAST_DAY),
        replaces=table.get("replaces", ""),
        published_on=table.get("published_on"),
        grace_until=table.get("grace_until"),
        container=table.get("container", {}).get("root", ""),
        limits=cover.limits(table.get("limits", {})),
        encoding=cover.encoding(table.get("encoding", {})),
        off=frozenset(table.get("off", ())),
        locked=frozenset(table.get("locked", ())),
        placeholders=tuple(table.get("batch", {}).get("placeholders", ())),
    )
    if profile is None:
        return loaded
    return replace(loaded, profile=profile, overrides=cover.profile(rules_folder, profile))


def locate(pack: str | None) -> Path:
    """The cover sheet that an id or a path means. Raises PackError P001, P012, P013, P043.

    Of an id it is the edition in use; without a choice the built-in one, else the latest.
    """
    packs = find_packs()
    known = active.read()
    if pack is None:
        pack = known.get("default", {}).get("id", "")
        if not pack:
            if not packs:
                raise PackError("P001", id="")
            return packs[0]
    path = Path(pack)
    if path.is_dir() or path.is_file():
        return _sheet_in(path if path.is_dir() else _unpacked(path), path.name)
    pack_id, _, edition = pack.partition("@")
    named = _named(packs, pack_id)
    edition = edition or known.get(pack_id, {}).get("edition", "")
    if not edition:
        builtin = [sheet for sheet in named.values() if sheet.is_relative_to(paths.data_root())]
        return builtin[0] if builtin else named[max(named)]
    if edition not in named:
        raise PackError("P043", id=pack_id, edition=edition, available=" ".join(sorted(named)))
    return named[edition]


def _named(packs: list[Path], pack_id: str) -> dict[str, Path]:
    """The cover sheets of an id by edition. Raises PackError P001, P002 when none can be read."""
    named, fault = {}, PackError("P001", id=pack_id)
    for sheet in reversed(packs):
        if sheet.parent.name == pack_id:
            try:
                named[edition_of(sheet)] = sheet
            except PackError as unreadable:
                fault = unreadable
    if not named:
        raise fault
    return named


def names_one(pack: str | None) -> bool:
    """Whether a name of a pack means one edition alone: a path or ``id@edition``."""
    return pack is not None and ("@" in pack or Path(pack).exists())


def editions_of(pack_id: str) -> list[str]:
    """The editions of a pack on this PC in order, built-in ones too; what cannot be read is passed over."""
    with suppress(PackError):
        return sorted(_named(find_packs(), pack_id))
    return []


def edition_of(sheet: Path) -> str:
    """The edition that a cover sheet names, without judging the rest. Raises PackError P002."""
    return str(cover.read(sheet).get("edition", ""))


def is_builtin(pack: DefinitionPack) -> bool:
    """Whether a pack came with the tool."""
    return pack.rules_folder.parent.parent == paths.data_root()


def builtin_editions(pack_id: str) -> list[str]:
    """The editions of a pack that came with the tool."""
    own = (sheet for sheet in find_packs() if sheet.is_relative_to(paths.data_root()))
    return [edition_of(sheet) for sheet in own if sheet.parent.name == pack_id]


def _unpacked(path: Path) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="checktool-pack-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    archive.unpack(path, folder)
    return folder


def _sheet_in(folder: Path, given: str) -> Path:
    sheets = sorted(folder.glob(f"rules/*/{COVER}")) or sorted(folder.glob(f"*/rules/*/{COVER}"))
    if not sheets:
        raise PackError("P001", id=given, place=given)
    if len(sheets) > 1:
        raise PackError("P012", id=given)
    return sheets[0]


def files_of(root: Path, pack_id: str) -> dict[str, Path]:
    """Every file of a pack by its path from the folder that holds ``rules``, sorted.

    Raises PackError P008 for a link, P013 where there is too much.
    """
    found, size = {}, 0
    for top in FOLDERS:
        for path in (root / top / pack_id).rglob("*"):
            name = path.relative_to(root).as_posix()
            if path.is_symlink():
                raise PackError("P008", file=name, target=str(path.readlink()))
            if path.is_file() and "__pycache__" not in path.parts:
                found[name] = path
                size += path.stat().st_size
            if len(found) > archive.MOST_MEMBERS or size > archive.MOST_BYTES:
                raise PackError("P013", reason="members" if size <= archive.MOST_BYTES else "size")
    return dict(sorted(found.items()))


def sha256(path: Path) -> str:
    """The SHA-256 of a file (hex)."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def sums_of(root: Path, pack_id: str) -> dict[str, str]:
    """The SHA-256 of every file of a pack but its signature, by path."""
    files = files_of(root, pack_id)
    return {name: sha256(path) for name, path in files.items() if name != f"rules/{pack_id}/{SIGNATURE}"}


def digest(sums: dict[str, str]) -> str:
    """SHA-256 over the sorted lines ``sha256␠␠path`` of a pack's files (hex)."""
    lines = sorted(f"{value}  {name}\n" for name, value in sums.items())
    return hashlib.sha256("".join(lines).encode("utf-8")).hexdigest()


def _refuse_changed(sums: dict[str, str], table: dict[str, object]) -> None:
    """Raise PackError P009 where the files are not those that ``[files]`` lists."""
    listed = table.get("files")
    if not isinstance(listed, dict):
        return
    own = f"rules/{table['id']}/{COVER}"
    found = {name: value for name, value in sums.items() if name != own}
    for name in sorted({*found, *listed}):
        if found.get(name) != listed.get(name):
            raise PackError("P009", file=name)
