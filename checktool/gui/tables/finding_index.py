"""Which findings of a whole run are visible, in which order, and how often each code was found.

A finding is a number: the findings of the first document, then those of the second, and so on. Findings of
one code, item and state are of one kind; there are few kinds, so filter and sort work on kinds and on runs
of documents, and a million findings cost four bytes each, twice.
"""

from array import array
from bisect import bisect_right
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any, NamedTuple

from checktool.gui.rows import AnyFinding, item_of
from checktool.gui.tables.index import EVERY_STATE


class Kind(NamedTuple):
    """What findings have in common; ``state`` is the severity (0 to 2), or 3 for one that ends the check."""

    code: str
    item: str
    state: int


@dataclass(slots=True)
class Tally:
    """How often a code was found, in how many documents, and its gravest state."""

    code: str
    state: int
    findings: int = 0
    files: int = 0


class FindingIndex:
    """The findings of a run by number; ``visible`` holds those that pass, in the order wanted."""

    def __init__(self, text_of: Callable[[Kind], str]) -> None:
        """``text_of`` gives the folded text of a kind to search in."""
        self._text_of = text_of
        self.kinds: list[Kind] = []
        self._number: dict[Kind, int] = {}
        self._texts: list[str] = []
        self._of = array("I")
        self._states = bytearray()
        self._places: list[array[int]] = []
        self._starts = array("I")
        self._rows = array("I")
        self._bases = array("I")
        self._names: list[str] = []
        self.tallies: dict[str, Tally] = {}
        self.visible: Sequence[int] = array("I")
        self._narrowed: tuple[Container[int], str, str] = (EVERY_STATE, "", "")
        self._sorted: tuple[Callable[[Kind], Any] | None, bool] | None = None

    def __len__(self) -> int:
        return len(self._of)

    def emptied(self) -> "FindingIndex":
        """An index without findings that shows the same states, search and order."""
        fresh = FindingIndex(self._text_of)
        fresh._narrowed, fresh._sorted = self._narrowed, self._sorted
        return fresh

    def add(self, row: int, name: str, findings: Sequence[AnyFinding], refused: bool, base: int = 0) -> None:
        """Take in findings of the document in ``row``, whose folded name is ``name``.

        ``refused`` says that they ended its check; ``base`` is the place of the first among all findings
        of the document. ``renew`` then shows them.
        """
        if not findings:
            return
        self._starts.append(len(self._of))
        self._rows.append(row)
        self._bases.append(base)
        self._names.append(name)
        for finding in findings:
            self._take(finding, refused)
        for code in {finding.code for finding in findings}:
            self.tallies[code].files += 1

    def place(self, number: int) -> tuple[int, int]:
        """The row of the document of a finding, and its place among the findings there."""
        run = bisect_right(self._starts, number) - 1
        return self._rows[run], self._bases[run] + number - self._starts[run]

    def kind(self, number: int) -> Kind:
        """The kind of a finding."""
        return self.kinds[self._of[number]]

    def narrow(self, states: Container[int], needle: str = "", code: str = "") -> None:
        """Show findings of these states that hold ``needle`` (folded) and, if given, of one code."""
        self._narrowed = states, needle, code
        self.renew()

    def sort_by_kind(self, key: Callable[[Kind], Any], descending: bool = False) -> None:
        """Order by something of the kind; then as they came."""
        self._sorted = key, descending
        self.renew()

    def sort_by_input(self) -> None:
        """Order as they came."""
        self._sorted = None
        self.renew()

    def sort_by_document(self, descending: bool = False) -> None:
        """Order by the name of the document."""
        self._sorted = None, descending
        self.renew()

    def renew(self) -> None:
        """Work out ``visible`` anew."""
        states, needle, code = self._narrowed
        fitting = [kind.state in states and code in ("", kind.code) for kind in self.kinds]
        if self._sorted is not None and self._sorted[0] is not None:
            self.visible = self._by_kind(fitting, needle, self._sorted[0], self._sorted[1])
            return
        mask = self._mask(fitting, needle) if needle or code else self._mask_of_states()
        if self._sorted is None:
            self.visible = array("I", compress(range(len(mask)), mask))
            return
        runs = sorted(range(len(self._names)), key=self._names.__getitem__, reverse=self._sorted[1])
        found = array("I")
        bounds = [*self._starts, len(self._of)]
        for run in runs:
            start, end = bounds[run], bounds[run + 1]
            found.extend(compress(range(start, end), mask[start:end]))
        self.visible = found

    def count_by_code(self, states: Container[int], needle: str) -> list[Tally]:
        """The codes of these states that the search meets, most frequent first.

        A code is met by its own text or by an item; names of documents do not count here.
        """
        met = {
            kind.code
            for kind, text in zip(self.kinds, self._texts, strict=True)
            if kind.state in states and needle in text
        }
        tallies = [tally for code, tally in self.tallies.items() if code in met]
        return sorted(tallies, key=lambda tally: (-tally.findings, tally.code))

    def _take(self, finding: AnyFinding, refused: bool) -> None:
        kind = Kind(finding.code, item_of(finding), 3 if refused else int(finding.severity))
        number = self._number.get(kind)
        if number is None:
            number = self._number[kind] = len(self.kinds)
            self.kinds.append(kind)
            self._texts.append(self._text_of(kind))
            self._places.append(array("I"))
            self.tallies.setdefault(kind.code, Tally(kind.code, kind.state))
        tally = self.tallies[kind.code]
        tally.findings += 1
        tally.state = max(tally.state, kind.state)
        self._places[number].append(len(self._of))
        self._of.append(number)
        self._states.append(kind.state)

    def _run(self, run: int) -> tuple[int, int]:
        end = self._starts[run + 1] if run + 1 < len(self._starts) else len(self._of)
        return self._starts[run], end

    def _mask_of_states(self) -> bytes:
        wanted = self._narrowed[0]
        return bytes(self._states.translate(bytes(state in wanted for state in range(256))))

    def _met(self, needle: str) -> list[int]:
        """The runs of documents whose name the search meets."""
        return [run for run, name in enumerate(self._names) if needle in name]

    def _mask(self, fitting: Sequence[bool], needle: str) -> bytes:
        """One byte a finding: whether it passes."""
        met = self._met(needle) if needle else []
        if not needle or len(met) == len(self._names):
            return bytes(map(fitting.__getitem__, self._of))
        said = [fits and needle in text for fits, text in zip(fitting, self._texts, strict=True)]
        mask = bytearray(map(said.__getitem__, self._of)) if any(said) else bytearray(len(self._of))
        for run in met:
            start, end = self._run(run)
            mask[start:end] = bytes(map(fitting.__getitem__, self._of[start:end]))
        return bytes(mask)

    def _by_kind(
        self, fitting: Sequence[bool], needle: str, key: Callable[[Kind], Any], descending: bool
    ) -> Sequence[int]:
        numbers = [number for number, fits in enumerate(fitting) if fits]
        numbers.sort(key=lambda number: key(self.kinds[number]), reverse=descending)
        met = self._met(needle) if needle else []
        all_met = not needle or len(met) == len(self._names)
        mask = bytearray(len(self._of))
        for run in () if all_met else met:
            start, end = self._run(run)
            mask[start:end] = b"\1" * (end - start)
        found = array("I")
        for number in numbers:
            places = self._places[number]
            if all_met or needle in self._texts[number]:
                found.extend(places)
            elif met:
                found.extend(compress(places, map(mask.__getitem__, places)))
        return found
