"""Packs from media: looked at before anything is applied, then installed. No Qt."""

import threading
from dataclasses import dataclass
from datetime import date

from checktool.definitions import pack as packs
from checktool.definitions.comparison.run import compare
from checktool.definitions.trust import state, store
from checktool.errors import CheckToolError, PackError
from checktool.gui.worker import Job, Tell
from checktool.model.definition import DefinitionPack
from checktool.reporting.pack_diff.content import Compared
from checktool.settings import policy


@dataclass(frozen=True, slots=True)
class Offer:
    """A pack that could be installed: whose it is, whether it applies, how it differs from the one in use.

    ``refused`` tells why it cannot be installed; ``there`` that the same is installed already.
    """

    source: str
    pack: DefinitionPack
    signature: str = ""
    key: str = ""
    validity: str = ""
    current: DefinitionPack | None = None
    compared: Compared | None = None
    there: bool = False
    refused: CheckToolError | None = None


def look_job(source: str, on: date) -> Job:
    """A job that looks at a folder or ZIP; its result is an Offer. What is no pack raises PackError."""

    def look(_tell: Tell, _stop: threading.Event) -> Offer:
        pack = packs.load(source)
        refused: CheckToolError | None = None
        signature, key = "", ""
        try:
            signature, key = state.signature_state(pack, policy())
            state.admit(pack, policy())
            from checktool.checking.check import CheckOptions  # not before the window is shown
            from checktool.checking.judge import Judge

            Judge(pack, CheckOptions(on=on))
        except PackError as fault:
            refused = fault
        current = _current(pack.info.id)
        compared = Compared(current.info, pack.info, compare(current, pack)) if current else None
        editions = state.installed(pack.info.id)
        there = any(each.info.sha256 == pack.info.sha256 for each in editions)
        validity = state.validity_state(pack, on, editions)
        return Offer(source, pack, signature, key, validity, current, compared, there, refused)

    return look


def _current(pack_id: str) -> DefinitionPack | None:
    try:
        return packs.load(pack_id)
    except PackError:
        return None


def install_job(source: str, use: bool) -> Job:
    """A job that installs a pack and, if wanted, lets checks use it; its result is the installed pack."""

    def install(_tell: Tell, _stop: threading.Event) -> DefinitionPack:
        installed, _ = store.install(source)
        if use:
            store.use(installed.info.id, installed.info.edition)
        return installed

    return install
