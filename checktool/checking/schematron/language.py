"""What the rule layer asks of a query language, whichever version of XPath it is."""

from collections.abc import Callable, Hashable
from typing import Any, Protocol

from lxml import etree

from checktool.checking.schematron.nodekinds import Place
from checktool.definitions.schematron_lets import Let


class UnusableError(ValueError):
    """An expression that cannot run in its language; the argument says what of it."""


class Variables(Protocol):
    """Values by name."""

    def __getitem__(self, name: str, /) -> Any:
        """The value of a variable. Raises KeyError where there is none of that name."""
        ...

    def __contains__(self, name: object, /) -> bool:
        """Whether there is a variable of that name."""
        ...


class Language(Protocol):
    """Evaluates the expressions of one rule file. Nodes are its own affair."""

    errors: tuple[type[Exception], ...]

    def check(self, expression: str, names: frozenset[str]) -> None:
        """Raise UnusableError unless the expression can run with variables of these names."""
        ...

    def reads(self, expression: str, contexts: list[str]) -> frozenset[str]:
        """The item paths that an expression reads at contexts of these item paths."""
        ...

    def contexts(self, pattern: str) -> list[tuple[str, str]]:
        """Each branch of a rule's context as (absolute expression, item path)."""
        ...

    def start(self, root: etree._Element) -> Any:
        """The document node of a document."""
        ...

    def select(self, document: Any, expression: str, variables: Variables) -> list[Any]:
        """The nodes of a document that the context of a rule selects."""
        ...

    def holds(self, node: Any, expression: str, variables: Variables) -> bool:
        """Whether an expression is true at a node."""
        ...

    def at(self, node: Any, expression: str, variables: Variables) -> Any:
        """The value of an expression at a node."""
        ...

    def value(self, node: Any, let: Let, variables: Variables) -> Any:
        """The value of a variable."""
        ...

    def text(self, value: Any, copied: bool = False) -> str:
        """A value as text; ``copied`` asks for its nodes as XML."""
        ...

    def strings(self, value: Any) -> list[str]:
        """A value as the strings of its items."""
        ...

    def first(self, value: Any) -> Any:
        """The first node of a value, None without one."""
        ...

    def identity(self, node: Any) -> Hashable:
        """What tells a node from every other of its document."""
        ...

    def order(self, document: Any) -> Callable[[Any], Any]:
        """A key that sorts the nodes of a document in its order."""
        ...

    def place(self, node: Any) -> Place:
        """What a node stands for in the document."""
        ...

    def location(self, node: Any) -> str:
        """The absolute XPath of a node."""
        ...


def content_of(let: Let, known: dict[str, Any]) -> Any:
    """The content of a variable's element: its elements, or its text where it has none."""
    if let.content not in known:
        holder = etree.fromstring(let.content)
        elements = [child for child in holder if isinstance(child.tag, str)]
        known[let.content] = elements or "".join(map(str, holder.itertext()))
    return known[let.content]
