"""One document's story: its values, each made when first asked for, so that they fit together."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from checktool.errors import PackError
from checktool.model.definition import Form
from checktool.samples.dates import shifted
from checktool.samples.recipe import Recipe
from checktool.samples.stock import Row, Stock

Value = str | Row | list[Row] | None
Generator = Callable[..., Value]

BLOCK = 4096
OVERFLOW = 101

_PLACEHOLDER = re.compile(r"\{([^{}]+?)(?:\.(\w+))?(?:([+-]\d+)([dmy]))?\}")


@dataclass(frozen=True, slots=True)
class Frame:
    """What the documents of a run share."""

    stock: Stock
    form: Form
    recipe: Recipe
    generators: Mapping[str, Generator]
    on: date
    names: str = "plain"


def serial_of(slot: int, index: int) -> int:
    """A number for the index-th document of a slot that no other slot uses, up to 4096 documents each."""
    return (slot + OVERFLOW * (index // BLOCK)) * BLOCK + index % BLOCK


class Story:
    """The values of one document.

    ``serial`` decides who it is about and all that is drawn; ``index`` counts within a run.
    """

    def __init__(self, frame: Frame, serial: int, index: int) -> None:
        self.frame = frame
        self.stock = frame.stock
        self.on = frame.on
        self.serial = serial
        self.index = index
        self._random = Random(f"{frame.form.id}:{serial}").random
        self._values: dict[str, Value] = {"on": frame.on.isoformat()}

    def value(self, path: str) -> Value:
        """The value of an item or fact; None when it stays out of this document."""
        if path not in self._values:
            self._values[path] = self._make(path)
        return self._values[path]

    def _make(self, path: str) -> Value:
        step = self.frame.recipe.steps.get(path)
        if step is None or any(self.text(other) not in values for other, values in step.when.items()):
            return None
        try:
            return self.frame.generators[step.use](self, **step.arguments)
        except (KeyError, TypeError, ValueError) as fault:
            place = f"{self.frame.recipe.form}.toml: {path}"
            raise PackError("P014", file=place, reason=str(fault)) from fault

    def text(self, path: str) -> str:
        """A value as text, empty when it stays out."""
        found = self.value(path)
        return found if isinstance(found, str) else ""

    def row(self, path: str) -> Row:
        """A fact that has several fields."""
        found = self.value(path)
        if isinstance(found, Mapping):
            return found
        raise ValueError(path)

    def day(self, path: str) -> date:
        """A value that is a date."""
        return date.fromisoformat(self.text(path))

    def drawn(self, size: int) -> int:
        """A number from 0 to size - 1, the next of this document's chance."""
        return int(self._random() * size)

    def fill(self, template: str) -> str:
        """A template with ``{path}``, ``{$fact.field}`` and dates like ``{path+3d}`` filled in."""
        return _PLACEHOLDER.sub(self._filled, template) if "{" in template else template

    def _filled(self, match: re.Match[str]) -> str:
        path, key, count, unit = match.groups()
        text = self.row(path)[key] if key else self.text(path)
        return shifted(text, int(count), unit) if count else text
