"""Variables of rules, worked out when they are first used.

A variable that no rule asks for on a document cannot break its judgement. Each may use those before it
at its own level and those further out, and hides one of its name there.
"""

from collections.abc import Callable
from typing import Any

from checktool.checking.schematron.language import Language, Variables
from checktool.definitions.schematron_lets import Let, Lets


class Frame:
    """One variable on top of those further out."""

    __slots__ = ("_found", "_language", "_let", "_node", "_outer")

    def __init__(self, outer: Variables, let: Let, node: Any, language: Language) -> None:
        self._outer = outer
        self._let = let
        self._node = node
        self._language = language
        self._found: list[Any] = []

    def __getitem__(self, name: str) -> Any:
        """The value of a variable, kept once it is worked out."""
        if name != self._let.name:
            return self._outer[name]
        if not self._found:
            self._found.append(self._language.value(self._node, self._let, self._outer))
        return self._found[0]

    def __contains__(self, name: object) -> bool:
        """Whether there is a variable of that name."""
        return name == self._let.name or name in self._outer


class With:
    """One value on top of variables."""

    __slots__ = ("_name", "_outer", "_value")

    def __init__(self, outer: Variables, name: str, value: Any) -> None:
        self._outer = outer
        self._name = name
        self._value = value

    def __getitem__(self, name: str) -> Any:
        """The value of a variable."""
        return self._value if name == self._name else self._outer[name]

    def __contains__(self, name: object) -> bool:
        """Whether there is a variable of that name."""
        return name == self._name or name in self._outer


class Later:
    """A value on top of variables that is worked out when it is first asked for."""

    __slots__ = ("_found", "_made", "_name", "_outer")

    def __init__(self, outer: Variables, name: str, made: Callable[[], Any]) -> None:
        self._outer = outer
        self._name = name
        self._made = made
        self._found: list[Any] = []

    def __getitem__(self, name: str) -> Any:
        """The value of a variable."""
        if name != self._name:
            return self._outer[name]
        if not self._found:
            self._found.append(self._made())
        return self._found[0]

    def __contains__(self, name: object) -> bool:
        """Whether there is a variable of that name."""
        return name == self._name or name in self._outer


class Lazy(dict[str, Any]):
    """Variables as a dictionary that takes each from ``outer`` when it is asked for."""

    def __init__(self, outer: Variables) -> None:
        super().__init__()
        self._outer = outer

    def __missing__(self, name: str) -> Any:
        """The value of a variable that has not been asked for. Raises KeyError."""
        self[name] = self._outer[name]
        return self[name]

    def copy(self) -> "Lazy":
        """The same variables, to which others may be added."""
        made = Lazy(self._outer)
        made.update(self)
        return made


def framed(outer: Variables, lets: Lets, node: Any, language: Language) -> Variables:
    """The variables of a level at a node, on top of those further out."""
    for let in lets:
        outer = Frame(outer, let, node, language)
    return outer
