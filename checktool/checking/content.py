"""Why the children of an element do not fit its content model: what is missing, what is too much.

The model is walked once with the children in order; after a fault it goes on, so that all faults of
one element are told together. Repetition and choice follow XML Schema 1.0 part 1, section 3.8.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from checktool.definitions.contentmodel import Particle, leaves

MOST_MISSING = 50
TRIED_STRANGERS = 20
"""So many children are left out one by one; a walk that is stuck after that leaves out all that follow."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A required child that is not there (Clark name)."""

    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Unexpected:
    """A child that may not stand where it stands; ``expected`` are Clark names that must come first."""

    node: etree._Element
    expected: tuple[str, ...]


class Reading(NamedTuple):
    """The faults of an element's children, and how the children would stand without them.

    ``mended`` has those that may stay, in the order of the model; a name stands for one that is missing.
    """

    faults: list[Missing | Unexpected]
    mended: list[etree._Element | str]


def reading(content: Particle | None, holder: etree._Element) -> Reading | None:
    """The children of an element held against its content model; None where wildcards decide."""
    children = list(holder.iterchildren(etree.Element))
    if content is None:
        return Reading([Unexpected(child, ()) for child in children], [])
    if any(part.kind == "any" for part in _all(content)):
        return None
    strangers: list[Unexpected] = []
    walk = _walked(content, children)
    while walk.at < len(walk.children) and len(strangers) < TRIED_STRANGERS:
        strange = _stranger(content, walk)
        strangers.append(Unexpected(strange, ()))
        children = [child for child in children if child is not strange]
        walk = _walked(content, children)
    left = [Unexpected(child, ()) for child in walk.children[walk.at :]]
    return Reading([*walk.faults, *strangers, *left], walk.mended)


def _walked(content: Particle, children: list[etree._Element]) -> "_Walk":
    walk = _Walk(list(children), {leaf.name for leaf in leaves(content)})
    walk.part(content)
    return walk


def _stranger(content: Particle, walk: "_Walk") -> etree._Element:
    """The child to leave out when a walk is stuck: the next one, or the one before it if that helps more."""
    stuck = walk.children[walk.at]
    before = walk.children[walk.at - 1] if walk.at else stuck
    left = {}
    for child in (stuck, before):
        rest = [other for other in walk.children if other is not child]
        tried = _walked(content, rest)
        left[child] = len(rest) - tried.at + len(tried.faults)
    return before if left[before] < left[stuck] else stuck


def _all(part: Particle) -> Iterator[Particle]:
    yield part
    for inner in part.parts:
        yield from _all(inner)


class _Walk:
    """One pass over a model; ``at`` is the next child that no part of it has taken."""

    def __init__(self, children: list[etree._Element], known: set[str]) -> None:
        self.children = children
        self.known = known
        self.at = 0
        self.faults: list[Missing | Unexpected] = []
        self.told: list[etree._Element] = []
        self.mended: list[etree._Element | str] = []

    def ahead(self, names: set[str]) -> bool:
        return self.at < len(self.children) and self.children[self.at].tag in names

    def part(self, part: Particle) -> None:
        """Take as many occurrences of a particle as there are, and say if there are too few."""
        if part.kind == "all":
            self.any_order(part)
            return
        taken = 0
        names = {leaf.name for leaf in leaves(part)}
        low = 0 if _emptiable(part) else part.low
        while taken < part.high and self.reach(part, names, wanted=taken < low):
            before = self.at
            self.once(part)
            taken += 1
            if self.at == before:
                break
        if taken < low:
            self.missing(part, low - taken)

    def reach(self, part: Particle, names: set[str], wanted: bool) -> bool:
        """Whether an occurrence begins here.

        Strangers before a wanted one are told and passed; a wanted one that comes after several of
        its later siblings is itself the one out of place.
        """
        self.pass_unknown(part, wanted)
        if self.ahead(names):
            return True
        if not wanted:
            return False
        rest = self.children[self.at :]
        later = next((index for index, child in enumerate(rest) if child.tag in names), None)
        if later is None:
            return False
        expected = tuple(leaf.name for leaf in leaves(part))[:1]
        if later > 1 and all(child.tag in self.known for child in rest[:later]):
            late = self.children.pop(self.at + later)
            self.children.insert(self.at, late)
            self.faults.append(Unexpected(late, ()))
            return True
        self.faults += [Unexpected(child, expected) for child in rest[:later]]
        self.told += rest[:later]
        self.at += later
        return True

    def pass_unknown(self, part: Particle, wanted: bool) -> None:
        """Tell children whose names the model does not know at all; what follows is judged by itself."""
        expected = tuple(leaf.name for leaf in leaves(part))[:1] if wanted else ()
        while self.at < len(self.children) and self.children[self.at].tag not in self.known:
            self.faults.append(Unexpected(self.children[self.at], expected))
            self.at += 1

    def once(self, part: Particle) -> None:
        if part.kind == "element":
            self.take()
        elif part.kind == "sequence":
            for inner in part.parts:
                self.part(inner)
        else:
            for inner in part.parts:
                if self.ahead({leaf.name for leaf in leaves(inner)}):
                    self.part(inner)
                    return

    def take(self) -> None:
        """The next child may stand where it stands."""
        self.mended.append(self.children[self.at])
        self.at += 1

    def any_order(self, part: Particle) -> None:
        names = {inner.name: inner for inner in part.parts}
        while self.ahead(set(names)):
            names.pop(str(self.children[self.at].tag))
            self.take()
        if self.at or part.low:
            for inner in names.values():
                if inner.low:
                    self.missing(inner)

    def missing(self, part: Particle, times: int = 1) -> None:
        """Occurrences of a particle are missing: those that were told to stand elsewhere fill in first."""
        self.tell(part)
        elsewhere = list(self.told)
        for name in _least(part) * min(times, MOST_MISSING):
            moved = next((child for child in elsewhere if child.tag == name), None)
            self.mended.append(name if moved is None else moved)
            if moved is not None:
                elsewhere.remove(moved)

    def tell(self, part: Particle) -> None:
        """Say once of each element of a particle that it is missing, unless it stands in another place."""
        if part.kind == "element":
            if not any(child.tag == part.name for child in self.told):
                self.faults.append(Missing(part.name))
        elif part.kind == "sequence":
            for inner in part.parts:
                if inner.low and not _emptiable(inner):
                    self.tell(inner)
        else:
            first = next(leaves(part), None)
            if first is not None:
                self.faults.append(Missing(first.name))


def allowed(content: Particle | None, name: str) -> int:
    """How many children of a name (Clark notation) one element may have at most."""
    if content is None:
        return 0
    inner = [allowed(part, name) for part in content.parts] or [int(content.name == name)]
    return content.high * (max(inner) if content.kind == "choice" else sum(inner))


def _least(part: Particle) -> list[etree._Element | str]:
    """The names of one occurrence of a particle with as few elements as there may be."""
    if part.kind == "element":
        return [part.name]
    wanted = part.parts if part.kind in ("sequence", "all") else part.parts[:1]
    return [name for one in wanted for _ in range(min(one.low, MOST_MISSING)) for name in _least(one)]


def _emptiable(part: Particle) -> bool:
    if part.low == 0:
        return True
    if part.kind == "element":
        return False
    inner = [_emptiable(one) for one in part.parts]
    return all(inner) if part.kind in ("sequence", "all") else any(inner) or not inner
