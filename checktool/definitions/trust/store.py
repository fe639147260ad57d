"""Installed packs: ``packs/<id>/<edition>/{rules,xsd,codetables}/<id>`` below a user's or machine's folder.

``packs/active.toml`` names the pack that a check uses by default and, of each pack, the edition in use and
the one before it. A pack is copied under a temporary name and renamed when it is whole.
"""

import secrets
import shutil

from checktool.definitions import active
from checktool.definitions import pack as packs
from checktool.errors import PackError
from checktool.model.definition import DefinitionPack


def install(source: str, machine: bool = False) -> tuple[DefinitionPack, bool]:
    """Copy a pack from a folder or ZIP among the installed ones; (the installed pack, whether it is new).

    Raises PackError P009, P042 (that edition is there with other contents), P047 (cannot be written)
    and what ``pack.load`` raises.
    """
    given = packs.load(source)
    root = given.rules_folder.parent.parent
    target = active.home(machine) / given.info.id / given.info.edition
    if given.info.edition in installed(given.info.id):
        there = packs.load(f"{given.info.id}@{given.info.edition}")
        if there.info.sha256 != given.info.sha256:
            raise PackError("P042", id=given.info.id, edition=given.info.edition)
        return there, False
    staging = target.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        for name, path in packs.files_of(root, given.info.id).items():
            place = staging / name
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)
        if packs.load(str(staging)).info.sha256 != given.info.sha256:
            raise PackError("P009", file=given.info.id)
        staging.rename(target)
    except OSError as fault:
        raise PackError("P047", path=str(target), reason=type(fault).__name__) from None
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return packs.load(str(target)), True


def use(pack_id: str, edition: str = "") -> str:
    """Let checks use a pack by default, of it an edition (none: the latest); answers the edition.

    Raises PackError P001, P043 (that edition is not installed).
    """
    editions = installed(pack_id)
    if not editions:
        raise PackError("P001", id=pack_id)
    chosen = edition or editions[-1]
    if chosen not in editions:
        raise PackError("P043", id=pack_id, edition=edition, available=" ".join(editions))
    known = active.read()
    entry = known.setdefault(pack_id, {})
    before = entry.get("edition") or packs.edition_of(packs.locate(pack_id))
    if before != chosen:
        entry["before"] = before
    entry["edition"] = chosen
    known["default"] = {"id": pack_id}
    active.write(known)
    return chosen


def back(pack_id: str) -> str:
    """Go back to the edition that was in use before; answers it. Raises PackError P043."""
    before = active.read().get(pack_id, {}).get("before", "")
    if before not in installed(pack_id):
        raise PackError("P043", id=pack_id, edition=before, available=" ".join(installed(pack_id)))
    return use(pack_id, before)


def remove(pack_id: str, edition: str) -> None:
    """Take an installed edition away; the one in use falls back to the latest that is left.

    Raises PackError P043 (not installed here; built-in packs cannot be removed), P047.
    """
    for machine in (False, True):
        folder = active.home(machine) / pack_id / edition
        if folder.is_dir():
            break
    else:
        raise PackError("P043", id=pack_id, edition=edition, available=" ".join(installed(pack_id)))
    gone = folder.with_name(f".{secrets.token_hex(8)}.gone")
    try:
        folder.rename(gone)
        shutil.rmtree(gone)
    except OSError as fault:
        raise PackError("P047", path=str(folder), reason=type(fault).__name__) from None
    known = active.read()
    if known.get(pack_id, {}).get("edition") == edition:
        known.pop(pack_id)
        if not installed(pack_id) and known.get("default") == {"id": pack_id}:
            known.pop("default")
        active.write(known)


def installed(pack_id: str) -> list[str]:
    """The editions of a pack on this PC, built-in ones included, in order."""
    return sorted({packs.edition_of(sheet) for sheet in packs.find_packs() if sheet.parent.name == pack_id})
