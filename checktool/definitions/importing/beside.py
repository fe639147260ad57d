"""Tables beside each other under one row of headings, and what names them."""

from collections.abc import Iterator
from itertools import pairwise

from checktool.definitions.importing.vocabulary import Vocabulary, fold, heading, line, words

TABLE = "table"


def tables_beside(headings: dict[int, str], vocabulary: Vocabulary) -> Iterator[dict[int, str]]:
    """Cut a header row where the headings of code and name come again, or beyond a gap another pair."""
    parted = list(_beyond_gaps(headings, vocabulary))
    if len(parted) > 1:
        for part in parted:
            yield from tables_beside(part, vocabulary)
        return
    fields = vocabulary.fields(TABLE, headings)
    code, name = (headings.get(fields.get(key, 0), "") for key in ("code", "name"))
    starts = [column for column, text in headings.items() if text == code]
    names = [column for column, text in headings.items() if text == name]
    if len(starts) < 2 or len(names) < 2 or not code:
        yield headings
        return
    bounds = [0, *starts[1:], 1 << 20]
    for low, high in pairwise(bounds):
        yield {column: text for column, text in headings.items() if low <= column < high}


def _beyond_gaps(headings: dict[int, str], vocabulary: Vocabulary) -> Iterator[dict[int, str]]:
    """The stretches of headings without a gap; one that is no table of its own belongs to that before."""
    kept: dict[int, str] = {}
    last = 0
    for column in headings:
        rest = {other: text for other, text in headings.items() if other >= column}
        if last and column > last + 1 and is_pair(kept, vocabulary) and is_pair(rest, vocabulary):
            yield kept
            kept = {}
        kept[column] = headings[column]
        last = column
    yield kept


def is_pair(part: dict[int, str], vocabulary: Vocabulary) -> bool:
    """Whether some headings have those of a code table: a code and a name that speak of one thing."""
    fields = vocabulary.fields(TABLE, part)
    pair = [part[fields[name]] for name in ("code", "name") if name in fields]
    return len(pair) == 2 and (any(vocabulary.knows(TABLE, text) for text in pair) or _akin(*pair))


def _akin(code: str, name: str) -> bool:
    """Whether two headings speak of one thing, as in a code and a name of the same word."""
    return len(code) > 2 and len(name) > 1 and code[:2] == name[:2]


def stem(code: str) -> str:
    """What a heading such as "kind code" speaks of, empty for one that says code alone."""
    suffix = str(words()["titles"]["code_suffix"])
    return line(code).removesuffix(suffix) if heading(code).endswith(fold(suffix)) else ""
