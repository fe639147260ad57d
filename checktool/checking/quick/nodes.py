"""Where location paths lead in the documents of a form, and code that asks what stands there."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from checktool.checking.quick.loops import ordered
from checktool.checking.quick.places import Place
from checktool.checking.quick.symbols import Symbols, UnclearError
from checktool.definitions.xpath_tree import ANY, Expression, Number, Step


class Branch(NamedTuple):
    """Nodes of one place; None is the document.

    A single one stands if ``guard`` holds. Of a repeated one ``loop`` runs through the rows of ``rows``
    (empty where a loop around does) for which ``where`` holds; ``only`` is the place whose values alone
    it runs through. ``here``: it is known to stand. ``first``: only the first of them is meant.
    """

    place: Place | None
    guard: str = ""
    loop: str = ""
    rows: str = ""
    where: str = ""
    only: Place | None = None
    here: bool = False
    first: bool = False

    def taken(self) -> "Branch":
        """One of the nodes, as the context."""
        return self._replace(guard="", rows="", where="", here=True)


Nodes = tuple[Branch, ...]
Truth = Callable[[Expression, Branch], str]
"""Code for the truth of a predicate at a node."""


def both(*conditions: str) -> str:
    """Code that is true where all of some conditions are; an empty one always is."""
    said = [one for one in conditions if one]
    return f"({' and '.join(said)})" if len(said) > 1 else "".join(said)


class Finder:
    """Follows location paths."""

    def __init__(self, root: Place, symbols: Symbols, spaces: Mapping[str, str]) -> None:
        self._root = root
        self._symbols = symbols
        self._spaces = spaces

    def steps(self, start: Nodes, steps: tuple[Step, ...], truth: Truth) -> Nodes:
        """Where some steps lead."""
        for step in steps:
            found = [one for branch in start for one in self._step(branch, step)]
            for predicate in step.predicates:
                found = [self._filtered(branch, predicate, truth) for branch in found]
            start = self.union(found)
        return start

    @staticmethod
    def union(nodes: Iterable[Branch]) -> Nodes:
        """Nodes of several kinds, none of which may be of two."""
        found = tuple(nodes)
        if len({branch.place for branch in found}) < len(found):
            raise UnclearError
        return found

    def filtered(self, start: Nodes, predicates: tuple[Expression, ...], truth: Truth) -> Nodes:
        """Nodes that meet predicates, none of which may be a number."""
        for predicate in predicates:
            if isinstance(predicate, Number):
                raise UnclearError
            start = tuple(self._filtered(branch, predicate, truth) for branch in start)
        return start

    def _filtered(self, branch: Branch, predicate: Expression, truth: Truth) -> Branch:
        if branch.first:
            raise UnclearError
        if isinstance(predicate, Number):
            if predicate.written != "1":
                raise UnclearError
            return branch._replace(first=bool(branch.rows))
        met = truth(predicate, branch.taken())
        if branch.rows or not met:
            return branch._replace(where=both(branch.where, met))
        return branch._replace(guard=both(branch.guard, self.stands(branch), met))

    def _step(self, branch: Branch, step: Step) -> list[Branch]:
        if branch.first:
            raise UnclearError
        if step.axis == "self" and step.test == ANY:
            return [branch]
        if step.axis == "parent" and step.test == ANY:
            return [self._parent(branch)]
        if step.axis == "child":
            return self._children(branch, step.test)
        if step.axis == "attribute" and branch.place is not None:
            return self._attributes(branch, branch.place, step.test)
        raise UnclearError

    def _attributes(self, branch: Branch, holder: Place, test: str) -> list[Branch]:
        if ":" in test or "(" in test or test == "*":
            raise UnclearError
        wanted = [place for place in holder.attributes if place.name == test]
        return [self._checked(branch._replace(place=place, here=False)) for place in wanted]

    def _parent(self, branch: Branch) -> Branch:
        place = branch.place
        if not branch.here or place is None or place.parent is None:
            raise UnclearError
        if branch.loop and not place.repeated:
            return branch._replace(place=place.parent)
        return Branch(place.parent, here=True)

    def _children(self, branch: Branch, test: str) -> list[Branch]:
        if branch.loop:
            return []
        known = [self._root] if branch.place is None else branch.place.children
        name = "*" if test == "*" else self._clark(test)
        return [self._child(branch, place) for place in known if name in ("*", place.name)]

    def _child(self, branch: Branch, place: Place) -> Branch:
        found = self._checked(branch._replace(place=place, here=place is self._root))
        if not place.repeated:
            return found
        return found._replace(loop=self._symbols.loop(), rows=self._symbols.rows_of(place))

    def _clark(self, test: str) -> str:
        prefix, colon, name = test.rpartition(":")
        if "(" in test or name == "*" or (colon and prefix not in self._spaces):
            raise UnclearError
        return f"{{{self._spaces[prefix]}}}{name}" if colon else name

    @staticmethod
    def _checked(branch: Branch) -> Branch:
        if branch.place is None or not branch.place.clear:
            raise UnclearError
        return branch

    def text(self, branch: Branch) -> str:
        """The text of a node, empty where there is none."""
        if branch.place is None or not branch.place.leaf:
            raise UnclearError
        if branch.loop:
            return self._column(branch)
        return self._symbols.kept(f"({self._symbols.value(branch.place)} or {self._symbols.constant('')})")

    def _column(self, branch: Branch) -> str:
        place = branch.place
        if place is None or branch.only not in (None, place):
            raise UnclearError
        row = place if place.repeated else place.parent
        if row is None or not row.repeated:
            raise UnclearError
        if branch.only is place:
            return branch.loop
        index = len(row.attributes) if place is row else row.attributes.index(place)
        return f"{branch.loop}_{index}"

    def stands(self, branch: Branch) -> str:
        """Code for whether the node is there at all; empty where it always is."""
        place = branch.place
        if place is None or branch.here or place.always or branch.only is place:
            return ""
        if branch.loop:
            return "" if place.repeated else f"sure({self._column(branch)})"
        name = self._symbols.value(place) if self.is_attribute(place) else self._symbols.mark(place)
        return f"({name} is not None)"

    @staticmethod
    def is_attribute(place: Place) -> bool:
        """Whether a place is that of an attribute."""
        return place.parent is not None and place in place.parent.attributes

    def some(self, branch: Branch, met: str) -> str:
        """Code for whether there is a node at which something is met (empty: is there one at all)."""
        if not branch.rows:
            return both(branch.guard, met) or "True"
        if branch.first and met:
            raise UnclearError
        each = both(branch.where, met) or "True"
        return both(branch.guard, f"any({each} for {branch.loop} in {branch.rows})")

    def first_text(self, nodes: Nodes) -> str:
        """Code for the text of the first node in document order, empty where there is none."""
        empty = self._symbols.constant("")
        if not nodes:
            return empty
        if len(nodes) > 1:
            raise UnclearError
        branch = nodes[0]
        text = self.text(branch)
        if branch.rows:
            if branch.only:
                raise UnclearError
            wanted = both(branch.where, self.stands(branch)) or "True"
            text = f"next(({text} for {branch.loop} in {ordered(branch.rows)} if {wanted}), {empty})"
        return f"({text} if {branch.guard} else {empty})" if branch.guard else text

    def count(self, nodes: Nodes) -> str:
        """Code for how many nodes there are."""
        return f"({' + '.join(map(self._number, nodes)) or '0'})"

    def _number(self, branch: Branch) -> str:
        if branch.first:
            raise UnclearError
        standing = self.stands(branch)
        if not branch.rows:
            return f"(1 if {both(branch.guard, standing) or 'True'} else 0)"
        wanted = both(branch.where, standing)
        rows = branch.rows if branch.only else ordered(branch.rows)
        many = f"sum(1 for {branch.loop} in {rows} if {wanted})" if wanted else f"len({rows})"
        return f"({many} if {branch.guard} else 0)" if branch.guard else many

    def distinct(self, nodes: Nodes) -> Nodes:
        """Nodes without those whose text an earlier one has; nothing but their text may be asked then."""
        found = []
        for branch in nodes:
            if not branch.rows or branch.first or branch.only or len(nodes) > 1:
                raise UnclearError
            wanted = both(branch.where, self.stands(branch))
            each = f"{self.text(branch)} for {branch.loop} in {branch.rows}"
            values = self._symbols.all_of(f"{{{each}{f' if {wanted}' if wanted else ''}}}")
            loop = self._symbols.loop()
            found.append(Branch(branch.place, branch.guard, loop, values, only=branch.place))
        return tuple(found)
