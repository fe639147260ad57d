"""A test case of a pack: documents, what is to be found in them, and under which settings."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any

from checktool.errors import PackError
from checktool.model.definition import Limits
from checktool.model.finding import Severity

OPTIONS = "options.toml"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A code that is to be found; ``severity`` and ``count`` None leave these open."""

    code: str
    severity: Severity | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a case expects. Of the codes in ``scope`` (None: all) none but the wanted ones may be found."""

    wanted: tuple[Wanted, ...] = ()
    scope: frozenset[str] | None = None
    ignored: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Settings:
    """Under which settings a case is judged; ``structure`` is False to leave the XSD aside."""

    on: date
    off: frozenset[str] | None = None
    limits: tuple[tuple[str, Any], ...] = ()
    max_findings: int = 1000
    institution: str = ""
    doctors: Path | None = None
    last_days: tuple[tuple[str, date], ...] = ()
    structure: bool = True


@dataclass(frozen=True, slots=True)
class Case:
    """One case: a file or folder (``path``), or one document as bytes.

    ``passes`` and ``fails`` are the codes of which it shows that they stay silent, or speak.
    """

    name: str
    expectation: Expectation
    settings: Settings
    path: Path | None = None
    document: bytes = b""
    passes: frozenset[str] = frozenset()
    fails: frozenset[str] = frozenset()


@dataclass(slots=True)
class Options:
    """The keys of ``options.toml`` or ``<case>.toml`` (docs/packs-test.md), not yet of their types."""

    table: Mapping[str, Any] = field(default_factory=dict)
    file: str = OPTIONS

    @property
    def also(self) -> frozenset[str]:
        """Codes that come along by the nature of the case."""
        return frozenset(map(str, self.table.get("also", ())))

    def settings(self, today: date, folder: Path) -> Settings:
        """The settings; paths are relative to the folder of the tests. Raises PackError P031."""
        hospital = self._typed("hospital", dict, {})
        doctors = hospital.get("doctor_list")
        off = self._typed("off", list, None)
        limits = self._typed("limits", dict, {})
        if unknown := set(limits) - {entry.name for entry in fields(Limits)}:
            raise PackError("P031", file=self.file, reason=f"limits.{min(unknown)}")
        return Settings(
            on=self._typed("on", date, today),
            off=None if off is None else frozenset(map(str, off)),
            limits=tuple(sorted(limits.items())),
            max_findings=self._typed("max_findings", int, 1000),
            institution=str(hospital.get("institution_code", "")),
            doctors=folder / str(doctors) if doctors else None,
            last_days=tuple(sorted(self._typed("last_day", dict, {}).items())),
        )

    def _typed(self, key: str, kind: type, default: Any) -> Any:
        value = self.table.get(key, default)
        if kind is date and isinstance(value, str):
            try:
                value = date.fromisoformat(value)
            except ValueError:
                value = None
        if key in self.table and not isinstance(value, kind):
            raise PackError("P031", file=self.file, reason=key)
        return value


KEYS = {"on", "off", "limits", "max_findings", "hospital", "last_day", "also"}


def options_of(path: Path, tests: Path) -> Options:
    """The options for a file: beside it, in its folder or in those above. Raises PackError P031."""
    places = [path.with_name(f"{path.stem}.toml")] if path.suffix != ".toml" else []
    folder = path.parent
    while folder.is_relative_to(tests):
        places.append(folder / OPTIONS)
        folder = folder.parent
    for place in places:
        if place.is_file():
            return _read(place, tests)
    return Options()


def _read(path: Path, tests: Path) -> Options:
    name = path.relative_to(tests).as_posix()
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise PackError("P031", file=name, reason=type(fault).__name__) from None
    if unknown := set(table) - KEYS:
        raise PackError("P031", file=name, reason=min(unknown))
    days = table.get("last_day", {})
    try:
        table["last_day"] = {key: date.fromisoformat(str(day)) for key, day in days.items()}
    except (ValueError, AttributeError):
        raise PackError("P031", file=name, reason="last_day") from None
    return Options(table, name)
