"""What quick rules ask the quick look to take out of a document, and where it then stands."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Needs(NamedTuple):
    """Item paths: of values, of elements that may be missing, of repeated elements."""

    values: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    rows: frozenset[str] = frozenset()


class Slots(NamedTuple):
    """Where in ``Taken`` each of these stands, by item path."""

    values: Mapping[str, int]
    marks: Mapping[str, int]
    rows: Mapping[str, int]


class Taken(NamedTuple):
    """The groups that matched in a document, and the columns of its repeated elements.

    A column holds the values of one attribute, empty where it is missing; the last one holds the texts.
    """

    groups: Sequence[str | None]
    rows: Sequence[Sequence[Sequence[str]]]


NOTHING = Needs()
