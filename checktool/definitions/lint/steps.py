"""The location paths of an XPath 1.0 expression followed through the XSDs, to find names they lack.

Where a path cannot be followed (behind a variable or a function, from a wildcard on) a name is only
looked for anywhere in the schema set, so that what is said of a name holds.
"""

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from checktool.definitions.places import Place, World, local
from checktool.definitions.xpath import Token, tokens

_FREE_SPACES = ("http://www.w3.org/XML/1998/namespace", "http://www.w3.org/2001/XMLSchema-instance")
_UP = {"ancestor", "ancestor-or-self", "following", "preceding"}
_BESIDE = {"following-sibling", "preceding-sibling"}


@dataclass(frozen=True, slots=True)
class State:
    """Where a path has come to: some places, or (``lost``) anywhere; ``silent`` asks no more of names."""

    places: tuple[Place, ...] = ()
    lost: bool = False
    silent: bool = False


ANYWHERE = State((), True)
NOWHERE = State((), True, True)

Tell = Callable[[str, str, str], None]


class Follower:
    """Follows expressions of one rule file; ``tell`` gets name as written, a near one, and the place."""

    def __init__(
        self, worlds: Iterable[World], document: Place, namespaces: Mapping[str, str], tell: Tell
    ) -> None:
        self.worlds, self.document = tuple(worlds), State((document,))
        self.namespaces, self.tell = {"xml": _FREE_SPACES[0], **namespaces}, tell
        self.elements = {name for world in self.worlds for name in world.elements}
        self.spelled = {name for world in self.worlds for name in world.spelled}
        self.attributes = {name for world in self.worlds for name in world.attributes}
        self.any_attribute = any(world.any_attribute for world in self.worlds)
        self.loose = document.open or any(world.loose for world in self.worlds)

    def follow(self, expression: str, at: State) -> State:
        """Where an expression leads to, every name on its way checked."""
        return _Walk(self, tokens(expression), at).expression(at)

    def clark(self, written: str, attribute: bool = False) -> str:
        """A name as written in Clark notation; an attribute's begins with ``@``."""
        prefix, _, name = written.rpartition(":")
        space = self.namespaces.get(prefix, "") if prefix else ""
        return ("@" if attribute else "") + (f"{{{space}}}{name}" if space else name)

    def child(self, state: State, written: str, attribute: bool = False) -> State:
        """The step to a child or attribute of a name."""
        if state.silent:
            return state
        if written.endswith("*"):
            return self._all(state, attribute)
        wanted = self.clark(written, attribute)
        if state.lost:
            return self._somewhere(written, wanted, attribute)
        near = [one for place in state.places for one in (place.attributes if attribute else place.children)]
        hits = tuple(one for one in near if one.name == wanted)
        if hits:
            return State(hits)
        if self._excused(state, wanted, attribute):
            return NOWHERE
        self._tell(written, near, state)
        return NOWHERE

    def _all(self, state: State, attribute: bool) -> State:
        if state.lost or any(place.open for place in state.places):
            return ANYWHERE
        return State(tuple(one for place in state.places
                           for one in (place.attributes if attribute else place.children)))  # fmt: skip

    def _excused(self, state: State, wanted: str, attribute: bool) -> bool:
        """Whether the XSDs leave open what may stand here."""
        if attribute:
            free = wanted[2:].partition("}")[0] in _FREE_SPACES
            return free or self.any_attribute or any(place.world is None for place in state.places)
        opened = any(place.open for place in state.places)
        return opened or (self.loose and wanted in self.spelled)

    def _somewhere(self, written: str, wanted: str, attribute: bool) -> State:
        known = self.attributes if attribute else self.elements
        free = wanted[2:].partition("}")[0] in _FREE_SPACES or (attribute and self.any_attribute)
        if local(wanted.removeprefix("@")) in known or free or self.document.places[0].open:
            return ANYWHERE
        self.tell(("@" if attribute else "") + written, _nearest(written, known), "")
        return NOWHERE

    def _tell(self, written: str, near: list[Place], state: State) -> None:
        names = {one.step.removeprefix("@") for one in near}
        attribute = bool(near) and near[0].name.startswith("@")
        mark = "@" if attribute else ""
        best = _nearest(written, names) or _nearest(written, self.attributes if attribute else self.elements)
        self.tell(mark + written, mark + best if best else "", state.places[0].path if state.places else "")


def _nearest(written: str, names: Iterable[str]) -> str:
    prefix, colon, name = written.rpartition(":")
    hits = difflib.get_close_matches(name, sorted(names), 1, 0.6)
    best = f"{prefix}{colon}{hits[0]}" if hits else ""
    return best if best != written else ""


class _Walk:
    """One pass over the tokens of an expression; ``context`` is what ``current()`` means."""

    def __init__(self, follower: Follower, units: list[Token], context: State) -> None:
        self.follower, self.units, self.context = follower, units, context
        self.at = 0

    def peek(self) -> Token:
        return self.units[self.at] if self.at < len(self.units) else Token("end", "")

    def expression(self, context: State) -> State:
        """Everything up to a closing bracket, a comma or the end; the places that its paths select."""
        found: list[Place] = []
        lost = silent = False
        while self.peek().text not in (")", "]", ",") and self.peek().kind != "end":
            state = self.operand(context)
            if state is not None:
                lost, silent = lost or state.lost, silent or state.silent
                found += state.places
        return State((), True, silent) if lost else State(tuple(dict.fromkeys(found)))

    def operand(self, context: State) -> State | None:
        token = self.peek()
        if token.kind in ("name", "axis", "type") or token.text in ("/", "//", ".", "..", "@"):
            return self.path(context)
        self.at += 1
        if token.kind == "function":
            self.at += 1
            self.group(context)
            return self.trailing(self.context if token.text == "current" else ANYWHERE)
        if token.text == "(":
            return self.trailing(self.group(context))
        if token.kind == "variable":
            return self.trailing(ANYWHERE)
        return None

    def group(self, context: State) -> State:
        """A bracketed list of expressions, from behind its opening bracket on; where the first leads."""
        first: State | None = None
        while self.peek().kind != "end":
            state = self.expression(context)
            first = state if first is None else first
            closing = self.peek().text != ","
            self.at += 1
            if closing:
                break
        return first or ANYWHERE

    def trailing(self, state: State) -> State:
        return self.path(state, True) if self.peek().text in ("[", "/", "//") else state

    def path(self, context: State, continued: bool = False) -> State:
        """One location path, or what stands behind a bracketed expression."""
        state, first = context, not continued
        while True:
            token = self.peek()
            if token.text in ("/", "//"):
                state = self.follower.document if first else state
                self.at += 1
                state = self.within(state) if token.text == "//" else state
            elif token.text == "[":
                self.at += 1
                self.group(state)
            elif token.kind in ("name", "axis", "type") or token.text in (".", "..", "@"):
                state = self.step(state)
                if self.peek().text not in ("/", "//", "["):
                    return state
            else:
                return state
            first = False

    @staticmethod
    def within(state: State) -> State:
        if state.lost or any(place.open for place in state.places):
            return ANYWHERE if not state.silent else state
        below = tuple(one for place in state.places for one in place.within)
        return State((*state.places, *below))

    def step(self, state: State) -> State:
        token = self.peek()
        self.at += 1
        if token.text == ".":
            return state
        if token.text == "..":
            return _above(state)
        if token.text == "@":
            return self.follower.child(state, self.name(), True)
        if token.kind == "type":
            self.at += 1
            self.group(state)
            return state
        if token.kind == "axis":
            self.at += 1
            return self.axis(token.text, state)
        return self.follower.child(state, token.text)

    def name(self) -> str:
        text = self.peek().text
        self.at += 1
        return text

    def axis(self, axis: str, state: State) -> State:
        if self.peek().kind == "type":
            self.at += 2
            self.group(state)
            written = "*"
        else:
            written = self.name()
        if axis == "self":
            return state
        if axis == "parent":
            return _above(state)
        if axis in _UP:
            return self.follower.child(ANYWHERE, written)
        if axis in _BESIDE:
            state = _above(state)
        elif axis.startswith("descendant"):
            state = self.within(state)
        return self.follower.child(state, written, axis == "attribute")


def _above(state: State) -> State:
    if state.lost:
        return state
    above = [place.parent for place in state.places]
    known = tuple(dict.fromkeys(place for place in above if place is not None))
    return State(known) if len(above) and None not in above else ANYWHERE
