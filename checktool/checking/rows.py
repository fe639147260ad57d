"""The rows of a repeated element, column by column: few values are new, so that most need no look."""

import re
from collections.abc import Sequence

from checktool.checking.elements import BLANK
from checktool.checking.grammar import PREFIX, Rows
from checktool.checking.quick.loops import remember

_NAMES = re.compile(r'([\w.\-]+)="')

Columns = Sequence[Sequence[str]]


class RowReader:
    """Takes the values out of a stretch of like elements, if all of them are ordinary."""

    def __init__(self, rows: Rows, prefix: str) -> None:
        """``prefix`` is how that of the form's namespace is spelled, as a pattern."""
        self._head = f"<{rows.name.replace(PREFIX, prefix)}"
        self._names = [column.name for column in rows.columns if column.name]
        self._must = rows.must
        self._ordinary = [
            (re.compile(column.value + column.spelling.end), column.spelling.end) for column in rows.columns
        ]
        self._known: list[set[str]] = [set() for _ in rows.columns]
        any_name = "|".join(map(self._value, self._names))
        self._any_order = self._compiled(
            f"(?:{BLANK}++(?:{any_name}))*{BLANK}*+" if any_name else f"{BLANK}*+"
        )
        self._set_order(tuple(self._names))

    @staticmethod
    def _value(name: str) -> str:
        return f'{re.escape(name)}="([^"]*)"'

    def _compiled(self, attributes: str, end: str = "(/?)") -> re.Pattern[str]:
        return re.compile(f"{self._head}{attributes}{end}>([^<]*)")

    def columns(self, stretch: str | None) -> Columns | None:
        """The values of each attribute, and the texts; None where one is not ordinary."""
        if not stretch:
            return [()] * len(self._known)
        found = self._rows(stretch)
        if found is None or not self._fill(found[-1], found[:-1]):
            return None
        for column, known, (pattern, end) in zip(found, self._known, self._ordinary, strict=True):
            new = set(column) - known
            if new:
                if not all(map(pattern.fullmatch, [value + end for value in new])):
                    return None
                remember(known, new)
        return found

    def _fill(self, texts: Sequence[str], attributes: Columns) -> bool:
        """Whether all that may not be empty hold something: a text, or at least an attribute."""
        if self._must or "" not in texts:
            return True
        return all(text or any(others) for text, *others in zip(texts, *attributes, strict=True))

    def _rows(self, stretch: str) -> list[Sequence[str]] | None:
        """The columns; most documents have all attributes in one order, that of their first row.

        No value of an attribute has ``<`` in it, so that each begins where the pattern says.
        """
        if "/>" in stretch:
            return self._in_any_order(stretch)
        found = self._in_order(stretch)
        if found is None:
            order = tuple(_NAMES.findall(stretch, 0, stretch.find(">")))
            if sorted(order) != sorted(self._names) or order == self._order:
                return self._in_any_order(stretch)
            self._set_order(order)
            found = self._in_order(stretch)
        return found or self._in_any_order(stretch)

    def _set_order(self, order: tuple[str, ...]) -> None:
        self._order = order
        self._places = [order.index(name) for name in self._names]
        self._usual = self._compiled("".join(f" {self._value(name)}" for name in order), "")

    def _in_order(self, stretch: str) -> list[Sequence[str]] | None:
        found = self._usual.findall(stretch)
        if not found or stretch.count("<") != 2 * len(found):
            return None
        if not self._names:
            return [found]
        columns = list(zip(*found, strict=True))
        return [*(columns[place] for place in self._places), columns[-1]]

    def _in_any_order(self, stretch: str) -> list[Sequence[str]] | None:
        found = self._any_order.findall(stretch)
        if not found:
            return None
        *columns, closed, texts = zip(*found, strict=True)
        if stretch.count("<") != 2 * len(found) - closed.count("/"):
            return None
        return [*columns, tuple("" if end else text for end, text in zip(closed, texts, strict=True))]
