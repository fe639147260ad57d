"""Recipes ``rules/<pack>/samples/<form>.toml``: how the value of each item of a form is made.

The keys of ``[items]`` are the paths of the record definition; ``[full]`` holds what full documents have
in addition or instead. Keys of ``[facts]`` begin with ``$`` and stand in no document. ``use`` names a
generator (``checktool.samples.values`` and ``people``), ``when`` demands values of others, the rest are
its arguments; a text alone is short for ``use = "fixed"``. The format is described in docs/samples.md.
"""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from checktool.errors import PackError, UsageError


@dataclass(frozen=True, slots=True)
class Step:
    """How one value is made; ``when`` maps other paths to the values that they must have."""

    use: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recipe:
    """The steps of a form by path; ``full`` are those that only full documents take."""

    form: str
    steps: Mapping[str, Step]
    full: Mapping[str, Step] = field(default_factory=dict)

    def cut(self, variant: str, include: Collection[str] = ()) -> "Recipe":
        """The recipe of a variant; ``include`` names paths that ``min`` takes as full, with all below."""
        below = tuple(f"{path}/" for path in include)
        taken = {
            path: step
            for path, step in self.full.items()
            if variant == "full" or path in include or path.startswith(below)
        }
        return replace(self, steps={**self.steps, **taken}, full={})

    def changed(self, steps: Mapping[str, Any]) -> "Recipe":
        """The recipe with some steps replaced or added; everything that depends on them follows."""
        return replace(self, steps={**self.steps, **_steps(steps)})


def read(folder: Path, form: str) -> Recipe:
    """The recipe of a form in a pack's ``samples``. Raises UsageError A009, PackError P014."""
    path = folder / f"{form}.toml"
    if not path.is_file():
        raise UsageError("A009", form=form)
    tables = read_toml(path)
    return Recipe(
        form,
        steps=_steps({**tables.get("facts", {}), **tables.get("items", {})}),
        full=_steps(tables.get("full", {})),
    )


def read_toml(path: Path) -> dict[str, Any]:
    """A TOML file of the samples. Raises PackError P014 when it cannot be read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise PackError("P014", file=path.name, reason=str(fault)) from None


def _steps(tables: Mapping[str, Any]) -> dict[str, Step]:
    return {path: _step(path, table) for path, table in tables.items()}


def _step(path: str, table: Mapping[str, Any] | str) -> Step:
    if isinstance(table, str):
        return Step("fixed", {"value": table})
    if "use" not in table:
        raise PackError("P014", file=path, reason="use")
    given = dict(table)
    when = {
        other: tuple(values) if isinstance(values, list) else (str(values),)
        for other, values in given.pop("when", {}).items()
    }
    return Step(given.pop("use"), given, when)
