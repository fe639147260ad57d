"""The definition packs of this PC and what holds for them, as facts for lists."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from checktool import paths
from checktool.definitions import pack as packs
from checktool.definitions.trust import state
from checktool.errors import CheckToolError, PackError
from checktool.model.definition import FIRST_DAY, LAST_DAY, DefinitionPack
from checktool.model.period import period_of
from checktool.settings import Policy, policy


@dataclass(frozen=True, slots=True)
class Installed:
    """One edition; ``error`` is set, and most else empty, when it cannot be read.

    ``signature`` and ``validity`` are the words of ``trust.state``, ``key`` is the signer's fingerprint.
    ``refused`` tells why the policy keeps it from judging. ``chosen``: checks use it by default.
    """

    id: str
    edition: str = ""
    title: str = ""
    status: str = ""
    sha256: str = ""
    signature: str = ""
    key: str = ""
    validity: str = ""
    first: str = ""
    last: str = ""
    removable: bool = False
    chosen: bool = False
    refused: CheckToolError | None = None
    error: CheckToolError | None = None


def inventory(on: date, stopped: Callable[[], bool] = lambda: False) -> list[Installed]:
    """Every edition on this PC, what can be read first. Raises SettingsError for an unusable policy."""
    found: dict[str, DefinitionPack] = {}
    broken = []
    for sheet in packs.find_packs():
        if stopped():
            break
        try:
            name = f"{sheet.parent.name}@{packs.edition_of(sheet)}"
            found[name] = found.get(name) or packs.load(name)
        except CheckToolError as error:
            edition = "" if _is_builtin(sheet) else sheet.parents[2].name
            broken.append(Installed(sheet.parent.name, edition, removable=bool(edition), error=error))
    return [*_facts(list(found.values()), on, policy()), *broken]


def _facts(found: list[DefinitionPack], on: date, rules: Policy) -> Iterator[Installed]:
    chosen = _chosen()
    for pack in found:
        info, sheet = pack.info, pack.rules_folder / packs.COVER
        known = Installed(info.id, info.edition, info.title, info.status, info.sha256,
                          removable=not _is_builtin(sheet), chosen=sheet == chosen)  # fmt: skip
        refused: CheckToolError | None = None
        try:
            signature, key = state.signature_state(pack, rules)
            period = period_of(pack, found)
            refused = _refusal(pack, rules)
        except PackError as error:
            yield replace(known, error=error)
            continue
        yield replace(
            known,
            signature=signature,
            key=key,
            validity=period.on(on),
            first="" if period.first == FIRST_DAY else period.first.isoformat(),
            last="" if period.last == LAST_DAY else period.last.isoformat(),
            refused=refused,
        )


def _refusal(pack: DefinitionPack, rules: Policy) -> CheckToolError | None:
    try:
        state.admit(pack, rules)
    except PackError as error:
        if error.code == "P045":
            raise
        return error
    return None


def _chosen() -> Path | None:
    try:
        return packs.locate(None)
    except PackError:
        return None


def _is_builtin(sheet: Path) -> bool:
    return sheet.is_relative_to(paths.data_root())
