"""The cover sheet ``pack.toml`` and severity profiles, from TOML to the model (interfaces.md 3)."""

import tomllib
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from checktool.definitions import archive, record
from checktool.definitions.codetable import Facts
from checktool.errors import PackError
from checktool.model.definition import LAST_DAY, BatchKeys, Encoding, Form, Limits
from checktool.model.report import Override

STATUSES = ("sample", "provisional", "official")
REPERTOIRES = ("jisx0208", "jisx0213", "cp932", "unicode")
SEVERITY_WORDS = ("error", "warning", "info", "off")
KEYS: Mapping[str, type | tuple[type, ...]] = {
    "id": str, "edition": str, "title": str, "status": str, "valid_from": date, "valid_to": date,
    "replaces": str, "published_on": date, "grace_until": date, "form": list, "container": dict,
    "limits": dict, "encoding": dict, "files": dict, "tables": dict, "off": list, "locked": list,
    "batch": dict,
}  # fmt: skip
FORM_KEYS = {"id", "name", "root", "match", "version", "versions", "xsd", "record", "rules",
             "phase", "date", "batch", "list"}  # fmt: skip


def read(path: Path) -> dict[str, Any]:
    """A TOML file of a pack as plain data. Raises PackError P002."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise PackError("P002", path=path.name, reason=type(fault).__name__) from None


def checked(cover: dict[str, Any]) -> dict[str, Any]:
    """The cover sheet when every key is known and of its type. Raises PackError P003."""
    for key, value in cover.items():
        if key not in KEYS or not isinstance(value, KEYS[key]):
            raise PackError("P003", key=key)
    for key in ("id", "edition", "title", "status", "form"):
        if not cover.get(key):
            raise PackError("P003", key=key)
    for key in ("id", "edition"):
        if not archive.is_plain(cover[key]) or cover[key].startswith(".") or "@" in cover[key]:
            raise PackError("P003", key=key)
    if cover["status"] not in STATUSES:
        raise PackError("P003", key="status")
    return cover


def form(table: dict[str, Any], rules_folder: Path, xsd_folder: Path) -> Form:
    """One ``[[form]]`` with its record definition read. Raises PackError P003, P005, P008."""
    if unknown := set(table) - FORM_KEYS:
        raise PackError("P003", key=f"form.{min(unknown)}")
    if not table.get("id") or not table.get("name") or not (table.get("root") or table.get("match")):
        raise PackError("P003", key="form.id/name/root")
    xsd, definition = table.get("xsd"), table.get("record")
    try:
        return Form(
            id=table["id"],
            name=table["name"],
            root=table.get("root", ""),
            match=table.get("match", ""),
            version=table.get("version", ""),
            versions=tuple(table.get("versions", ())),
            xsd=inside(xsd_folder, xsd) if xsd else None,
            record=record.read(inside(rules_folder, definition)) if definition else None,
            rules=tuple(inside(rules_folder, name) for name in table.get("rules", ())),
            phase=table.get("phase", ""),
            date=table.get("date", ""),
            batch=_batch(table.get("batch", {})),
            **_listed(table.get("list", {})),
        )
    except (TypeError, AttributeError):
        raise PackError("P003", key=f"form.{table['id']}") from None


def inside(folder: Path, name: str) -> Path:
    """A file below a folder of the pack. Raises PackError P008 when the name leads out of it."""
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise PackError("P008", file="pack.toml", target=name)
    if not path.is_file():
        raise PackError("P003", key=name)
    return path


def _batch(table: dict[str, Any]) -> BatchKeys:
    known = {entry.name for entry in fields(BatchKeys)}
    if unknown := set(table) - known:
        raise PackError("P003", key=f"form.batch.{min(unknown)}")
    return BatchKeys(**{
        key: (value,) if isinstance(value, str) else tuple(value) for key, value in table.items()
    })  # fmt: skip


def _listed(table: dict[str, Any]) -> dict[str, str]:
    """``[form.list]``: the paths of the names that lists of documents show."""
    if unknown := set(table) - {"disease", "doctor"}:
        raise PackError("P003", key=f"form.list.{min(unknown)}")
    return table


def limits(table: dict[str, Any]) -> Limits:
    """``[limits]``; numbers must not be negative. Raises PackError P003."""
    kinds = {entry.name: entry.type for entry in fields(Limits)}
    for key, value in table.items():
        fits = isinstance(value, str) if kinds.get(key) is str else type(value) is int and value >= 0
        if key not in kinds or not fits:
            raise PackError("P003", key=f"limits.{key}")
    return Limits(**table)


def encoding(table: dict[str, Any]) -> Encoding:
    """``[encoding]``. Raises PackError P003."""
    known = {"accepted", "repertoire"}
    repertoire = table.get("repertoire", "unicode")
    if set(table) - known or repertoire not in REPERTOIRES:
        raise PackError("P003", key="encoding")
    return Encoding(tuple(table.get("accepted", ("UTF-8",))), repertoire)


def tables(given: dict[str, Any]) -> dict[str, Facts]:
    """``[tables.<id>]`` with ``known_until`` and ``title``. Raises PackError P003."""
    found = {}
    for key, table in given.items():
        if not isinstance(table, dict) or not table:
            raise PackError("P003", key=f"tables.{key}")
        day, title = table.get("known_until", LAST_DAY), table.get("title", "")
        if not isinstance(day, date) or not isinstance(title, str):
            raise PackError("P003", key=f"tables.{key}")
        found[key] = Facts(day, title)
    return found


def profile(rules_folder: Path, name: str) -> tuple[Override, ...]:
    """The overrides of ``profiles/<name>.toml``: ``[CODE] severity, reason``.

    Raises PackError P010 (no such profile), P011 (a severity or reason is missing or unknown).
    """
    folder = rules_folder / "profiles"
    names = sorted(path.stem for path in folder.glob("*.toml"))
    if name not in names:
        raise PackError("P010", name=name, available=" ".join(names))
    table = read(folder / f"{name}.toml")
    overrides = []
    for code, entry in sorted(table.items()):
        if code == "title":
            continue
        if not isinstance(entry, dict) or not entry.get("reason"):
            raise PackError("P011", file=f"{name}.toml", reason=code)
        if entry.get("severity") not in SEVERITY_WORDS:
            raise PackError("P011", file=f"{name}.toml", reason=code)
        overrides.append(Override(code, entry["severity"], entry["reason"]))
    return tuple(overrides)
