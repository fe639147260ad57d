"""Installed packs: ``packs/<id>/<edition>/{rules,xsd,codetables}/<id>`` below a user's or machine's folder.

``packs/active.toml`` names the pack that a check uses by default and, of each pack, the edition in use and
the one before it. A pack is copied under a hidden name, flushed to the disk, read again, and renamed when it
is whole. What a stopped installation or removal left behind is hidden, never used, and goes the day after.
"""

import os
import secrets
import shutil
import time
from contextlib import suppress
from pathlib import Path

from checktool.definitions import active, archive
from checktool.definitions import pack as packs
from checktool.definitions.trust.state import admit
from checktool.errors import PackError
from checktool.model.definition import DefinitionPack
from checktool.settings import policy

_OLD = 24 * 60 * 60


def install(source: str, machine: bool = False) -> tuple[DefinitionPack, bool]:
    """Copy a pack from a folder or ZIP among the installed ones; (the installed pack, whether it is new).

    Raises PackError P009, P042 (that edition is there with other contents), P047 (cannot be written)
    and what ``pack.load`` and ``admit`` raise.
    """
    given = packs.load(source)
    admit(given, policy())
    root = given.rules_folder.parent.parent
    names = packs.files_of(root, given.info.id)
    archive.refuse_names(names)
    there = _same_edition(given)
    if there is not None:
        return there, False
    target = active.home(machine) / given.info.id / given.info.edition
    staging = target.with_name(f".{secrets.token_hex(8)}.tmp")
    _sweep(target.parent)
    try:
        for name in names:
            _copy(root / name, staging / name)
        _flush_folders(staging)
        if packs.load(str(staging)).info.sha256 != given.info.sha256:
            raise PackError("P009", file=given.info.id)
        staging.rename(target)
        _flush(target.parent)
    except OSError as fault:
        if there := _same_edition(given):
            return there, False
        raise PackError("P047", path=str(target), reason=type(fault).__name__) from None
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return packs.load(str(target)), True


def use(pack_id: str, edition: str = "") -> str:
    """Let checks use a pack by default, of it an edition (none: the latest); answers the edition.

    Raises PackError P001, P043 (that edition is not installed), and what ``pack.load`` and ``admit`` raise.
    """
    editions = packs.editions_of(pack_id)
    if not editions:
        raise PackError("P001", id=pack_id)
    chosen = edition or editions[-1]
    _demand(pack_id, chosen)
    admit(packs.load(f"{pack_id}@{chosen}"), policy())
    known = active.read()
    entry = known.setdefault(pack_id, {})
    before = entry.get("edition") or packs.edition_of(packs.locate(pack_id))
    if before != chosen:
        entry["before"] = before
    entry["edition"] = chosen
    known["default"] = {"id": pack_id}
    active.write(known)
    return chosen


def before(pack_id: str) -> str:
    """The edition that was in use before, empty when there is none, it is gone or cannot be known."""
    edition = ""
    with suppress(PackError):
        edition = active.read().get(pack_id, {}).get("before", "")
    return edition if edition in packs.editions_of(pack_id) else ""


def back(pack_id: str) -> str:
    """Go back to the edition that was in use before; answers it. Raises PackError P043."""
    edition = before(pack_id)
    _demand(pack_id, edition)
    return use(pack_id, edition)


def remove(pack_id: str, edition: str) -> str:
    """Take an installed edition away; answers the edition that checks of this pack use from now on.

    Without the one in use that is the latest that is left, empty when none is. Raises PackError P043 (not
    installed here), P047, P050 (it came with the tool).
    """
    held = {sheet.parents[2] for sheet in packs.find_packs() if sheet.parent.name == pack_id}
    homes = (active.home(), active.home(machine=True))
    folder = next((home / pack_id / edition for home in homes if home / pack_id / edition in held), None)
    if folder is None and edition in packs.builtin_editions(pack_id):
        raise PackError("P050", id=pack_id, edition=edition)
    if folder is None:
        raise PackError("P043", id=pack_id, edition=edition, available=" ".join(packs.editions_of(pack_id)))
    gone = folder.with_name(f".{secrets.token_hex(8)}.gone")
    try:
        folder.rename(gone)
        shutil.rmtree(gone)
    except OSError as fault:
        raise PackError("P047", path=str(folder), reason=type(fault).__name__) from None
    left = packs.editions_of(pack_id)
    known = active.read()
    if known.get(pack_id, {}).get("edition") == edition and edition not in left:
        known.pop(pack_id)
        if not left and known.get("default") == {"id": pack_id}:
            known.pop("default")
        active.write(known)
    return packs.edition_of(packs.locate(pack_id)) if left else ""


def _demand(pack_id: str, edition: str) -> None:
    editions = packs.editions_of(pack_id)
    if edition not in editions:
        raise PackError("P043", id=pack_id, edition=edition, available=" ".join(editions))


def _same_edition(given: DefinitionPack) -> DefinitionPack | None:
    """The same pack where it is installed already. Raises PackError P042 where it has other contents."""
    if given.info.edition not in packs.editions_of(given.info.id):
        return None
    there = packs.load(f"{given.info.id}@{given.info.edition}")
    if there.info.sha256 != given.info.sha256 or _signature(there) != _signature(given):
        raise PackError("P042", id=given.info.id, edition=given.info.edition)
    return there


def _signature(pack: DefinitionPack) -> bytes:
    path = pack.rules_folder / packs.SIGNATURE
    return path.read_bytes() if path.is_file() else b""


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as reader, target.open("xb") as writer:
        shutil.copyfileobj(reader, writer, 1 << 20)
        writer.flush()
        os.fsync(writer.fileno())


def _flush_folders(folder: Path) -> None:
    for path in (*(path for path in folder.rglob("*") if path.is_dir()), folder, folder.parent):
        _flush(path)


def _flush(folder: Path) -> None:
    """Make the names in a folder last; Windows does so by itself and has no way to ask."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sweep(folder: Path) -> None:
    """Remove what installations and removals that were cut off left here some time ago."""
    with suppress(OSError):
        for path in [*folder.glob(".*.tmp"), *folder.glob(".*.gone")]:
            if time.time() - path.stat().st_mtime > _OLD:
                shutil.rmtree(path, ignore_errors=True)
