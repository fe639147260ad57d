"""Functions of whole node sets as code: what they make of all their nodes, in document order."""

from checktool.checking.quick import values
from checktool.checking.quick.loops import ordered
from checktool.checking.quick.nodes import Branch, Finder, Nodes, both
from checktool.checking.quick.symbols import Symbols, UnclearError

_CODE = "code"


class Aggregates:
    """Makes code of such functions. Raises UnclearError for what has none."""

    def __init__(self, finder: Finder, symbols: Symbols) -> None:
        self._finder = finder
        self._symbols = symbols
        symbols.namespace["total"] = values.total

    def sum(self, nodes: Nodes) -> str:
        """Code of the sum of all nodes as numbers."""
        listed = [self._list(branch, f"number({self._finder.text(branch)})") for branch in _one(nodes)]
        return f"total({' + '.join(listed) or '()'})"

    def joined(self, nodes: Nodes) -> str:
        """Code of all their texts as one."""
        empty = self._symbols.constant("")
        listed = [
            self._shared(branch, self._list(branch, self._finder.text(branch))) for branch in _one(nodes)
        ]
        return f"{empty}.join({' + '.join(listed) or '()'})"

    def pairs(self, nodes: Nodes) -> str:
        """Code of a set of what stands at ``@code`` of each element, and in it."""
        found = []
        for branch in nodes:
            place = branch.place
            if place is None:
                raise UnclearError
            for attribute in (one for one in place.attributes if one.name == _CODE):
                code = self._finder.text(branch._replace(place=attribute, only=None))
                pair = f"({code}, {self._finder.text(branch)})"
                plain = branch.rows and not (branch.where or branch.first or branch.guard)
                whole = f"{{{pair} for {branch.loop} in {branch.rows}}}"
                found.append(self._shared(branch, whole if plain else f"set({self._list(branch, pair)})"))
        return f"({' | '.join(found) or 'set()'})"

    def _list(self, branch: Branch, each: str) -> str:
        """A list of something for each node of one kind."""
        if branch.only:
            raise UnclearError
        wanted = both(branch.where, self._finder.stands(branch))
        if branch.rows:
            condition = f" if {wanted}" if wanted else ""
            listed = f"[{each} for {branch.loop} in {ordered(branch.rows)}{condition}]"
            listed += "[:1]" if branch.first else ""
        else:
            listed = f"([{each}] if {wanted} else [])" if wanted else f"[{each}]"
        return f"({listed} if {branch.guard} else [])" if branch.guard else listed

    def _shared(self, branch: Branch, code: str) -> str:
        """Of all rows it is worked out once for all tests; of some only where it is asked."""
        whole = branch.rows and not branch.where and self._symbols.is_closed(code)
        return self._symbols.all_of(code) if whole else code


def _one(nodes: Nodes) -> Nodes:
    """Nodes of one kind; of several it is not known which comes first."""
    if len(nodes) > 1:
        raise UnclearError
    return nodes
