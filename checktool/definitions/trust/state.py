"""The state of a pack in a word: whose it is, whether it is whole, whether it applies."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import date

from checktool.definitions import pack as packs
from checktool.errors import PackError
from checktool.model.definition import DefinitionPack
from checktool.model.period import Validity, period_of
from checktool.settings import Policy, policy

BUILTIN, UNSIGNED, TRUSTED, UNKNOWN = "builtin", "unsigned", "trusted", "unknown"


def load(pack: str | None = None, profile: str | None = None, on: date | None = None) -> DefinitionPack:
    """As ``pack.load``, but only what the machine's policy lets in, with the other editions of the id.

    A path or ``id@edition`` means that edition alone. ``on`` is the day of the check (default: today).
    Raises PackError as ``pack.load`` and ``admit`` do and P049 for a pack that does not apply on that day,
    where the policy wants it; SettingsError for a policy that cannot be used.
    """
    rules = policy()
    loaded = packs.load(pack, profile)
    admit(loaded, rules)
    if not packs.names_one(pack):
        loaded = replace(loaded, editions=tuple(_others(loaded, rules)))
    validity = validity_state(loaded, on or date.today(), loaded.editions)
    if rules.packs.current_only and validity not in (Validity.VALID, Validity.GRACE):
        raise PackError("P049", id=loaded.info.id, edition=loaded.info.edition, state=validity.value)
    return loaded


def _others(chosen: DefinitionPack, rules: Policy) -> list[DefinitionPack]:
    """The other installed editions of an id, the latest first; what cannot be used judges nothing.

    A sample edition never stands beside others. The severities are those of the chosen edition's profile.
    """
    found = []
    for edition in packs.editions_of(chosen.info.id):
        if edition == chosen.info.edition:
            continue
        try:
            other = packs.load(f"{chosen.info.id}@{edition}")
            admit(other, rules)
        except PackError:
            continue
        if (other.info.status == "sample") == (chosen.info.status == "sample"):
            found.append(replace(other, profile=chosen.profile, overrides=chosen.overrides))
    return sorted(found, key=lambda each: (each.valid_from, each.info.edition), reverse=True)


def installed(pack_id: str) -> list[DefinitionPack]:
    """Every edition of an id on this PC that can be read."""
    found = []
    for edition in packs.editions_of(pack_id):
        with suppress(PackError):
            found.append(packs.load(f"{pack_id}@{edition}"))
    return found


def signature_state(pack: DefinitionPack, rules: Policy) -> tuple[str, str]:
    """(signature, fingerprint) of a pack. Raises PackError P045 for a signature that does not fit."""
    if packs.is_builtin(pack):
        return BUILTIN, ""
    from checktool.definitions.trust import signing

    key = signing.signer(pack.rules_folder.parent.parent, pack.info.id)
    if key is None:
        return UNSIGNED, ""
    return (TRUSTED if key in rules.packs.trusted_keys else UNKNOWN), key


def validity_state(pack: DefinitionPack, on: date, others: Iterable[DefinitionPack] = ()) -> Validity:
    """Whether a pack applies on a day, and whether another installed one replaces it."""
    return period_of(pack, others).on(on)


def admit(pack: DefinitionPack, rules: Policy) -> str:
    """The signature state of a pack that the policy lets in.

    Raises PackError P041 (the policy wants a trusted signature), P045 (the signature does not fit),
    P046 (the policy does not name this pack), P048 (the policy wants no samples).
    """
    signature, key = signature_state(pack, rules)
    allowed = rules.packs.allowed
    if allowed and pack.info.id not in allowed:
        raise PackError("P046", id=pack.info.id)
    if pack.info.status == "sample" and not rules.packs.allow_sample:
        raise PackError("P048", id=pack.info.id)
    if rules.packs.signed_only and signature not in (BUILTIN, TRUSTED):
        raise PackError("P041", id=pack.info.id, key=key)
    return signature
