"""Which rows of a long list are visible, in which order: filter, search and sort without a proxy model.

Measured with 1,000,000 rows in benchmarks/window_index.py.
"""

from collections.abc import Container, Hashable, Iterable, Mapping, Sequence
from itertools import chain, compress, repeat
from operator import and_, contains
from typing import Any

EVERY_STATE = frozenset(range(4))


class Index:
    """Rows by number, each with a state (0 to 3) and a folded text to search in.

    ``visible`` holds the numbers of the rows that pass, in the order wanted.
    """

    def __init__(self) -> None:
        self._states = bytearray()
        self._texts: list[str] = []
        self._wanted: Container[int] = EVERY_STATE
        self._needle = ""
        self._order: list[int] | None = None
        self.visible: list[int] = []

    def __len__(self) -> int:
        return len(self._states)

    def state(self, row: int) -> int:
        """The state of a row."""
        return self._states[row]

    def emptied(self) -> "Index":
        """An index without rows that shows the same states and the same search."""
        fresh = Index()
        fresh._wanted, fresh._needle = self._wanted, self._needle
        return fresh

    def adding(self, rows: Sequence[tuple[int, str]]) -> list[int]:
        """Take rows in (state, text); the answer are those to append to ``visible``, unsorted."""
        first = len(self._states)
        self._states.extend(state for state, _ in rows)
        self._texts.extend(text for _, text in rows)
        return [row for row in range(first, len(self._states)) if self._passes(row)]

    def change(self, changed: Mapping[int, tuple[int, str]]) -> None:
        """Give rows another state and text; ``renew`` then shows it."""
        for row, (state, text) in changed.items():
            self._states[row] = state
            self._texts[row] = text

    def narrow(self, wanted: Container[int], needle: str) -> None:
        """Show rows of these states whose text holds ``needle`` (folded)."""
        self._wanted, self._needle = wanted, needle
        self.renew()

    def sort(self, keys: Sequence[Any] | None, descending: bool = False) -> None:
        """Order by a key for each row, rows of one key as they came; None: all as they came."""
        self._order = None if keys is None else ordered(keys, descending)
        self.renew()

    def renew(self) -> None:
        """Work out ``visible`` anew, in one pass over all rows."""
        passing = self._mask()
        if self._order is None:
            self.visible = list(compress(range(len(passing)), passing))
            return
        order = self._order + list(range(len(self._order), len(self._states)))
        self.visible = list(compress(order, map(passing.__getitem__, order)))

    def _mask(self) -> bytes:
        table = bytes(state in self._wanted for state in range(256))
        mask = bytes(self._states.translate(table))
        if not self._needle:
            return mask
        return bytes(map(and_, mask, map(contains, self._texts, repeat(self._needle))))

    def _passes(self, row: int) -> bool:
        return self._states[row] in self._wanted and self._needle in self._texts[row]


def ordered(keys: Iterable[Hashable], descending: bool = False) -> list[int]:
    """The places of keys in the order of the keys; equal ones stay as they came, either way.

    With few distinct keys, which is the rule, places are gathered by key and only the keys are sorted.
    """
    places: dict[Any, list[int]] = {}
    for place, key in enumerate(keys):
        found = places.get(key)
        if found is None:
            places[key] = [place]
        else:
            found.append(place)
    distinct = sorted(places, reverse=descending)
    return list(chain.from_iterable(map(places.__getitem__, distinct)))
