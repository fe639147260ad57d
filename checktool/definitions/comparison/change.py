"""One difference between two packs, as a key of the wording and its arguments."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from checktool.model.finding import Param

Thing = TypeVar("Thing")


class Section(StrEnum):
    """What part of a pack differs, in the order of a report."""

    EDITION = "edition"
    FORMS = "forms"
    STRUCTURE = "structure"
    ITEMS = "items"
    CODES = "codes"
    RULES = "rules"
    PROFILES = "profiles"
    LIMITS = "limits"
    ENCODING = "encoding"


class Kind(StrEnum):
    """How it differs."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. ``subject`` is what it is about (an id, a label, a code); ``key`` chooses the words.

    The arguments ``before`` and ``after`` are empty where there is nothing; they may be word keys.
    """

    section: Section
    kind: Kind
    subject: str
    key: str
    params: tuple[Param, ...] = ()

    def param(self, name: str) -> str:
        """An argument of the words, empty when there is none of that name."""
        return str(dict(self.params).get(name, ""))


def differing(
    section: Section, subject: str, one: Mapping[str, object], other: Mapping[str, object], **params: str
) -> Iterator[Change]:
    """The changed facts of a thing that both packs have; each fact is a word key."""
    for key in one:
        before, after = _text(one[key]), _text(other[key])
        if before != after:
            given = {**params, "before": before, "after": after}
            yield Change(section, Kind.CHANGED, subject, key, tuple(given.items()))


def _text(value: object) -> str:
    return "" if value is None else str(value)


def parted(
    one: Mapping[str, Thing], other: Mapping[str, Thing]
) -> tuple[list[str], list[str], list[tuple[str, Thing, Thing]]]:
    """Keys that the other adds, keys that it lacks, and what both have."""
    both = [(key, thing, other[key]) for key, thing in one.items() if key in other]
    return [key for key in other if key not in one], [key for key in one if key not in other], both
