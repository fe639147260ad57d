"""Loops over the rows of repeated elements: which columns they run through, and which rows they spare.

``for r5 in R3`` runs through the different rows of the third repeated element, ``O3`` through all of them
in order; ``r5_1`` is the value in column 1. A row of which nothing else of the document has a part is
judged once; of others those are spared that one of their columns alone already clears.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

_LOOP = re.compile(r"\bfor (r\d+) in (?:([RO])(\d+)|(new))\b")
_COLUMN = re.compile(r"\b(r\d+)_(\d+)\b")
_ROWS = re.compile(r"\b([ONR])(\d+)(?:_(r\d+|\d+))?\b")
_ANY_ROW = re.compile(r"\br\d+")
_WHOLE = re.compile(r"\{\(([^(){}]+)\) for \1 in (zip\([^()]+\))\}")
_OF_DOCUMENT = re.compile(r"\b[vekRO]\d+")
_REMEMBERED = 4_096
_Row = TypeVar("_Row")


def remember(known: set[_Row], rows: set[_Row]) -> None:
    """Note rows that nothing fires at."""
    if len(known) > _REMEMBERED:
        known.clear()
    known |= rows


def ordered(rows: str) -> str:
    """All rows in their order, where it matters how often the same stands there, or which comes first."""
    return rows.replace("R", "O")


class RowTests:
    """All that is asked of the rows of repeated elements, gathered so that one loop asks it at once."""

    def __init__(self) -> None:
        """Begin without any."""
        self._alone: dict[tuple[str, str], list[tuple[int, str, str]]] = {}
        self._lines: list[str] = []

    def add(
        self, number: int, loop: str, rows: str, guard: str, where: str, fails: Sequence[Sequence[str]]
    ) -> None:
        """In pattern ``number`` a row fails if ``where`` holds and all of one of ``fails``.

        It is asked if ``guard`` holds.
        """
        said = f"{where} and {_either(fails)}" if where else _either(fails)
        if not _OF_DOCUMENT.search(said):
            self._alone.setdefault((rows, guard), []).append((number, loop, said))
            return
        self._lines.append(f"if {guard or 'True'}:")
        self._lines += (f"    {line}" for line in _judging(number, loop, rows, said, where, fails))

    def lines(self, known: Callable[[], str]) -> list[str]:
        """Code that notes the patterns of rows that fail; ``known`` names sets for rows that do not."""
        found = list(self._lines)
        for (rows, guard), tests in self._alone.items():
            (_, loop, _), name = tests[0], known()
            said = " or ".join(f"({_renamed(one, other, loop)})" for _, other, one in tests)
            numbers = ", ".join(str(number) for number, _, _ in tests)
            found.append(f"if {guard or 'True'}:")
            found.append(f"    new = N{rows[1:]}_{loop} - {name}")
            found.append(f"    for {loop} in new:")
            found.append(f"        if {said}: hits.update(({numbers},)); break")
            found.append(f"    else: remember({name}, new)")
        return found


def _judging(
    number: int, loop: str, rows: str, said: str, where: str, fails: Sequence[Sequence[str]]
) -> Iterator[str]:
    column, alone = _alone(loop, where, fails)
    if not alone:
        yield f"for {loop} in {rows}:"
        yield f"    if {said}: hits.add({number}); break"
        return
    yield f"some = {{{loop}_{column} for {loop}_{column} in R{rows[1:]}_{column} if {alone}}}"
    yield "if some:"
    yield f"    for {loop} in {rows}:"
    yield f"        if {loop}_{column} in some and {said}: hits.add({number}); break"


def _renamed(code: str, loop: str, new: str) -> str:
    return re.sub(rf"\b{loop}_", f"{new}_", code)


def _either(fails: Sequence[Sequence[str]]) -> str:
    return "(" + " or ".join(f"({' and '.join(one)})" for one in fails) + ")"


def _alone(loop: str, where: str, fails: Sequence[Sequence[str]]) -> tuple[str, str]:
    """A column, and what of a row's failing can be told by it alone; empty where that is nothing."""
    terms = [where, *(term for one in fails for term in one)]
    often = Counter(column for term in terms if (column := _only(loop, term)))
    for column, _ in often.most_common(1):
        tests = [[term for term in one if _only(loop, term) == column] for one in fails]
        parts = [where] if _only(loop, where) == column else []
        if all(tests):
            parts.append(_either(tests))
        return column, " and ".join(parts)
    return "", ""


def _only(loop: str, term: str) -> str:
    """The one column that a condition asks for, empty where there are more, or none."""
    columns = {column for _, column in _COLUMN.findall(term)}
    loops = set(_ANY_ROW.findall(term))
    return columns.pop() if len(columns) == 1 and loops == {loop} else ""


def with_columns(text: str, taken: Mapping[str, str]) -> str:
    """Code in which each loop runs through the columns that it uses; ``taken`` says where they are."""
    used: dict[str, set[int]] = {}
    for loop, column in _COLUMN.findall(text):
        used.setdefault(loop, set()).add(int(column))
    distinct: dict[str, str] = {}

    def columns(loop: str) -> list[int]:
        return sorted(used.get(loop, {0}))

    def different(rows: str, numbers: Sequence[int]) -> str:
        found = [f"{taken[f'R{rows}']}[{number}]" for number in numbers]
        if len(found) > 1:
            return f"set(zip({', '.join(found)}))"
        return distinct.setdefault(found[0], f"d{len(distinct)}")

    def looping(hit: re.Match[str]) -> str:
        loop, order, rows, new = hit.groups()
        numbers = columns(loop)
        names = ", ".join(f"{loop}_{number}" for number in numbers)
        if new:
            return f"for {names} in new"
        if order == "R" and len(numbers) == 1:
            return f"for {names} in {different(rows, numbers)}"
        found = [f"{taken[f'R{rows}']}[{number}]" for number in numbers]
        return f"for {names} in " + (f"zip({', '.join(found)})" if len(found) > 1 else found[0])

    def plain(hit: re.Match[str]) -> str:
        kind, rows, which = hit.groups()
        if kind == "O":
            return f"{taken[f'R{rows}']}[0]"
        return different(rows, columns(which) if kind == "N" else [int(which)])

    text = _WHOLE.sub(r"set(\2)", _ROWS.sub(plain, _LOOP.sub(looping, text)))
    return "".join(f"    {name} = set({column})\n" for column, name in distinct.items()) + text
