"""The state of a pack in a word: whose it is, whether it is whole, whether it applies."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from checktool.definitions import pack as packs
from checktool.errors import PackError
from checktool.model.definition import DefinitionPack
from checktool.settings import Policy, policy

BUILTIN, UNSIGNED, TRUSTED, UNKNOWN = "builtin", "unsigned", "trusted", "unknown"
VALID, GRACE, EXPIRED, FUTURE, REPLACED = "valid", "grace", "expired", "future", "replaced"


@dataclass(frozen=True, slots=True)
class PackState:
    """``signature`` is builtin, unsigned, trusted or unknown (a key that nobody trusted here);
    ``validity`` is valid, grace, expired, future or replaced; ``key`` the signer's fingerprint."""

    signature: str
    validity: str
    key: str = ""


def load(pack: str | None = None, profile: str | None = None) -> DefinitionPack:
    """As ``pack.load``, but only what the machine's policy lets in.

    Raises PackError as ``pack.load`` and ``admit`` do, SettingsError for a policy that cannot be used.
    """
    loaded = packs.load(pack, profile)
    admit(loaded, policy())
    return loaded


def signature_state(pack: DefinitionPack, rules: Policy) -> tuple[str, str]:
    """(signature, fingerprint) of a pack. Raises PackError P045 for a signature that does not fit."""
    if packs.is_builtin(pack):
        return BUILTIN, ""
    from checktool.definitions.trust import signing

    key = signing.signer(pack.rules_folder.parent.parent, pack.info.id)
    if key is None:
        return UNSIGNED, ""
    return (TRUSTED if key in rules.packs.trusted_keys else UNKNOWN), key


def validity_state(pack: DefinitionPack, on: date, others: Iterable[DefinitionPack] = ()) -> str:
    """Whether a pack applies on a day, and whether another installed one replaces it."""
    if on < pack.valid_from:
        return FUTURE
    if on > pack.valid_to:
        return GRACE if pack.grace_until and on <= pack.grace_until else EXPIRED
    if any(other.info.id == pack.info.id and other.replaces == pack.info.edition for other in others):
        return REPLACED
    return VALID


def admit(pack: DefinitionPack, rules: Policy) -> str:
    """The signature state of a pack that the policy lets in.

    Raises PackError P041 (the policy wants a trusted signature), P045 (the signature does not fit),
    P046 (the policy does not name this pack).
    """
    signature, key = signature_state(pack, rules)
    allowed = rules.packs.allowed
    if allowed and pack.info.id not in allowed:
        raise PackError("P046", id=pack.info.id)
    if rules.packs.signed_only and signature not in (BUILTIN, TRUSTED):
        raise PackError("P041", id=pack.info.id, key=key)
    return signature
