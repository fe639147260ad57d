"""The rows of a repeated element, column by column: few values are new, so that most need no look."""

import re
from collections.abc import Sequence

from checktool.checking.elements import BLANK
from checktool.checking.grammar import PREFIX, Rows
from checktool.checking.quick.loops import remember

_NAMES = re.compile(r'([\w.\-]+)="')
_ORDERS = 8

Columns = Sequence[Sequence[str]]


class RowReader:
    """Takes the values out of a stretch of like elements, if all of them are ordinary."""

    def __init__(self, rows: Rows, prefix: str) -> None:
        """``prefix`` is how that of the form's namespace is spelled, as a pattern."""
        self._head = f"<{rows.name.replace(PREFIX, prefix)}"
        self._names = [re.escape(column.name) for column in rows.columns if column.name]
        self._must = rows.must
        self._ordinary = [
            (re.compile(column.value + column.spelling.end), column.spelling.end) for column in rows.columns
        ]
        self._known: list[set[object]] = [set() for _ in rows.columns]
        self._any_order = self._compiled(
            f"(?:{BLANK}++(?:{'|'.join(map(self._value, self._names))}))*{BLANK}*+"
            if self._names
            else f"{BLANK}*+"
        )
        self._by_order: dict[tuple[str, ...], re.Pattern[str]] = {}

    @staticmethod
    def _value(name: str) -> str:
        return f'{name}="([^"]*)"'

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
            new = set[object](column) - known
            if not all(pattern.fullmatch(f"{value}{end}") for value in new):
                return None
            remember(known, new)
        return found

    def _fill(self, texts: Sequence[str], attributes: Columns) -> bool:
        """Whether all that may not be empty hold something: a text, or at least an attribute."""
        if self._must or "" not in texts:
            return True
        return all(text or any(others) for text, *others in zip(texts, *attributes, strict=True))

    def _rows(self, stretch: str) -> list[Sequence[str]] | None:
        """The columns; most documents have all attributes in the order of the first row.

        No value of an attribute has ``<`` in it, so that each begins where the pattern says.
        """
        order = tuple(map(re.escape, _NAMES.findall(stretch, 0, stretch.find(">"))))
        if "/>" not in stretch and sorted(order) == sorted(self._names):
            found = self._in(order).findall(stretch)
            if found and stretch.count("<") == 2 * len(found):
                *attributes, texts = zip(*found, strict=True) if order else (found,)
                return [*(attributes[order.index(name)] for name in self._names), texts]
        return self._in_any_order(stretch)

    def _in(self, order: tuple[str, ...]) -> re.Pattern[str]:
        known = self._by_order.get(order)
        if known is None:
            if len(self._by_order) >= _ORDERS:
                self._by_order.clear()
            attributes = "".join(f" {self._value(name)}" for name in order)
            known = self._by_order[order] = self._compiled(attributes, "")
        return known

    def _in_any_order(self, stretch: str) -> list[Sequence[str]] | None:
        found = self._any_order.findall(stretch)
        if not found:
            return None
        *columns, closed, texts = zip(*found, strict=True)
        if stretch.count("<") != 2 * len(found) - closed.count("/"):
            return None
        return [*columns, tuple("" if end else text for end, text in zip(closed, texts, strict=True))]
