"""The policy of the machine: ``policy.toml``, written by the IT staff, read-only for users.

``[hospital] institution_code`` (10 digits) and ``doctor_list`` (a CSV file ``code,name,valid_from,
valid_to``, its path relative to policy.toml) let rules compare documents with the hospital's own data.
``[packs] trusted_keys`` (fingerprints), ``signed_only`` and ``allowed`` (ids) say which packs may be used.
"""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checktool import paths
from checktool.errors import SettingsError

POLICY = "policy.toml"
FLAGS = ("signed_only", "allow_sample", "current_only")
_LINE = re.compile(r"at line ([0-9]+)")


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


KNOWN: dict[str, dict[str, Callable[[Any], bool]]] = {
    "hospital": {"institution_code": _is_text, "doctor_list": _is_text},
    "packs": {"trusted_keys": _are_texts, "allowed": _are_texts, **dict.fromkeys(FLAGS, _is_flag)},
}
"""The sections of the policy, their keys, and what fits as a value."""


@dataclass(frozen=True, slots=True)
class Hospital:
    """What the policy says of the hospital; empty where it says nothing."""

    institution_code: str = ""
    doctor_list: Path | None = None


@dataclass(frozen=True, slots=True)
class Packs:
    """What the policy says of definition packs: fingerprints of trusted keys, whether only signed ones
    may be used, the ids allowed (none named: all), whether samples may be used, and whether only a pack
    that applies on the day of a check."""

    trusted_keys: tuple[str, ...] = ()
    signed_only: bool = False
    allowed: tuple[str, ...] = ()
    allow_sample: bool = True
    current_only: bool = False


@dataclass(frozen=True, slots=True)
class Policy:
    """The settings of the machine."""

    hospital: Hospital = Hospital()
    packs: Packs = Packs()


def policy(path: Path | None = None) -> Policy:
    """The policy in a file (default: that of the machine); without a file all is default.

    Raises SettingsError G001 (unreadable), G002 (a key or value is not known).
    """
    path = path or paths.machine_folder() / POLICY
    if not path.is_file():
        return Policy()
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        line = _LINE.search(str(fault)) if isinstance(fault, tomllib.TOMLDecodeError) else None
        reason = type(fault).__name__
        raise SettingsError("G001", path=path.name, reason=reason, line=int(line[1]) if line else 0) from None
    if unknown := set(table) - set(KNOWN):
        raise SettingsError("G002", key=min(unknown))
    sections = {name: _checked(name, table.get(name, {})) for name in KNOWN}
    return Policy(_hospital(sections["hospital"], path.parent), _packs(sections["packs"]))


def _checked(section: str, table: Any) -> dict[str, Any]:
    """A section whose keys and values are all known. Raises SettingsError G002 with the dotted key."""
    if not isinstance(table, dict):
        raise SettingsError("G002", key=section)
    for name, value in table.items():
        fits = KNOWN[section].get(name)
        if fits is None or not fits(value):
            raise SettingsError("G002", key=f"{section}.{name}")
    return table


def _packs(table: dict[str, Any]) -> Packs:
    plain = tuple("".join(key.replace(":", " ").split()).lower() for key in table.get("trusted_keys", []))
    flags = {name: table[name] for name in FLAGS if name in table}
    return Packs(plain, allowed=tuple(table.get("allowed", [])), **flags)


def _hospital(table: dict[str, Any], folder: Path) -> Hospital:
    doctors = table.get("doctor_list", "")
    return Hospital(table.get("institution_code", ""), folder / doctors if doctors else None)
