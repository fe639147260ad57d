"""The policy of the machine: ``policy.toml``, written by the IT staff, read-only for users.

``[hospital] institution_code`` (10 digits) and ``doctor_list`` (a CSV file ``code,name,valid_from,
valid_to``, its path relative to policy.toml) let rules compare documents with the hospital's own data.
``[packs] trusted_keys`` (fingerprints), ``signed_only`` and ``allowed`` (ids) say which packs may be used.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checktool import paths
from checktool.errors import SettingsError

FLAGS = {"signed_only": False, "allow_sample": True, "current_only": False}
POLICY = "policy.toml"


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
        raise SettingsError("G001", path=path.name, reason=type(fault).__name__) from None
    if unknown := set(table) - {"hospital", "packs"}:
        raise SettingsError("G002", key=min(unknown))
    return Policy(_hospital(table.get("hospital", {}), path.parent), _packs(table.get("packs", {})))


def _packs(table: dict[str, Any]) -> Packs:
    keys, allowed = table.get("trusted_keys", []), table.get("allowed", [])
    flags = {name: table.get(name, usual) for name, usual in FLAGS.items()}
    lists = all(
        isinstance(part, list) and all(isinstance(one, str) for one in part) for part in (keys, allowed)
    )
    if (
        not set(table) <= {"trusted_keys", "allowed", *FLAGS}
        or not lists
        or not all(type(flag) is bool for flag in flags.values())
    ):
        raise SettingsError("G002", key="packs")
    plain = tuple("".join(key.replace(":", " ").split()).lower() for key in keys)
    return Packs(plain, allowed=tuple(allowed), **flags)


def _hospital(table: dict[str, Any], folder: Path) -> Hospital:
    code, doctors = table.get("institution_code", ""), table.get("doctor_list", "")
    known = set(table) <= {"institution_code", "doctor_list"}
    if not known or not isinstance(code, str) or not isinstance(doctors, str):
        raise SettingsError("G002", key="hospital")
    return Hospital(code, folder / doctors if doctors else None)
