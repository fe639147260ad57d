"""The definition packs of this PC and what holds for them, as facts for the page 管理. No Qt."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from checktool.definitions import pack as packs
from checktool.definitions.trust import state
from checktool.errors import CheckToolError
from checktool.gui.worker import Job, Tell
from checktool.model.definition import FIRST_DAY, LAST_DAY, DefinitionPack
from checktool.settings import policy


@dataclass(frozen=True, slots=True)
class Installed:
    """One pack; ``error`` is set, and most else empty, when it cannot be used.

    ``signature`` and ``validity`` are the words of ``definitions.trust.state``.
    """

    id: str
    edition: str = ""
    title: str = ""
    status: str = ""
    sha256: str = ""
    signature: str = ""
    validity: str = ""
    first: str = ""
    last: str = ""
    error: CheckToolError | None = None


def inventory_job() -> Job:
    """A job that looks at every pack; its result is a list of ``Installed``."""

    def look(_tell: Tell, stop: threading.Event) -> list[Installed]:
        found: dict[str, DefinitionPack] = {}
        broken = []
        for sheet in packs.find_packs():
            if stop.is_set():
                break
            try:
                name = f"{sheet.parent.name}@{packs.edition_of(sheet)}"
                found[name] = found.get(name) or packs.load(name)
            except CheckToolError as error:
                broken.append(Installed(sheet.parent.name, error=error))
        return [*_facts(list(found.values())), *broken]

    return look


def _facts(found: list[DefinitionPack]) -> Iterator[Installed]:
    rules = policy()
    for pack in found:
        info = pack.info
        try:
            signature, _ = state.signature_state(pack, rules)
        except CheckToolError as error:
            yield Installed(info.id, info.edition, info.title, info.status, info.sha256, error=error)
            continue
        yield Installed(
            info.id,
            info.edition,
            info.title,
            info.status,
            info.sha256,
            signature,
            state.validity_state(pack, date.today(), found),
            "" if pack.valid_from == FIRST_DAY else pack.valid_from.isoformat(),
            "" if pack.valid_to == LAST_DAY else pack.valid_to.isoformat(),
        )
