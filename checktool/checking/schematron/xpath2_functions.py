"""The functions that rule files of XPath 2 and later may call beyond the language itself.

Those of XSLT (``current document key`` …), those of the checks (``urn:checktool:functions``), and those
that a rule file defines by ``xsl:function``.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from elementpath.xpath_nodes import XPathNode

from checktool.checking.schematron.evaluate import Extensions
from checktool.checking.schematron.formatting import format_number
from checktool.checking.schematron.language import UnusableError
from checktool.checking.schematron.xpath2_deepequal import deep_equal
from checktool.checking.schematron.xpath2_parser import Call, Parser, Sequence
from checktool.checking.schematron.xpath2_types import Types
from checktool.checking.schematron.xslt_bodies import Bodies, fault_of
from checktool.definitions.schematron import Schema
from checktool.definitions.xslt import Function

if TYPE_CHECKING:
    from checktool.checking.schematron.xpath2 import XPath2

_ARGUMENTS: dict[str, int | tuple[int, int]] = {
    "luhn": 1, "municipality-check": 1, "is-date": 1, "fold": 1, "today": 0,
    "code-exists": (2, 3), "code-name": (2, 3), "code-field": 3,
}  # fmt: skip


class Functions:
    """Registers the functions of one rule file in its parser."""

    def __init__(self, schema: Schema, parser: Parser, language: "XPath2") -> None:
        self._schema = schema
        self._parser = parser
        self._language = language
        self._types = Types(parser)
        self._bodies = Bodies(language, self._types, (let.name for let in schema.globals))

    def register(self, extensions: Extensions) -> None:
        """Register all of them. Raises PackError P007 for one that cannot be."""
        add = self._parser.add
        add("current", None, 0, lambda context, _: [context.current])
        add("key", None, (2, 3), self._key)
        add("document", None, 1, lambda _, given: self._documents(given[0]))
        add("doc", None, 1, lambda _, given: self._documents(given[0]))
        add("doc-available", None, 1, lambda _, given: [self._has(given[0])])
        add("deep-equal", None, 2, lambda _, given: [deep_equal(*given)])
        add("format-number", None, 2, self._format)
        if not self._parser.knows("generate-id"):
            add("generate-id", None, (0, 1), self._generate)
        for (uri, name), call in extensions.items():
            made = self._of_elements(call) if name == "out-of-range" else self._plain(call)
            self._add(name, uri, _ARGUMENTS.get(name, 2), made)
        self._declare()

    def _add(self, name: str, uri: str, count: int | tuple[int, int], call: Call) -> None:
        prefixes = [prefix for prefix, known in self._schema.namespaces.items() if known == uri]
        if prefixes:
            self._parser.add(name, prefixes[0], count, call)

    def _declare(self) -> None:
        """The functions of the rule file; those of one name are told apart by their arguments."""
        groups: dict[tuple[str, str], dict[int, Function]] = {}
        for function in self._schema.functions:
            known = groups.setdefault((function.name, function.namespace), {})
            if len(function.params) in known:
                raise fault_of(function, UnusableError(function.name))
            known[len(function.params)] = function
        for (name, uri), known in groups.items():
            try:
                self._add(name, uri, (min(known), max(known)), self._bodies.dispatch(known))
            except UnusableError as fault:
                raise fault_of(next(iter(known.values())), fault) from None
        for function in self._schema.functions:
            self._bodies.check(function)

    def _plain(self, call: Callable[..., object]) -> Call:
        """A function that takes values as XPath 1.0 has them."""

        def called(_: Any, given: list[Sequence]) -> Sequence:
            return [call(None, *map(self._first, given))]

        return called

    def _of_elements(self, call: Callable[..., object]) -> Call:
        """A function that takes a text and elements."""

        def called(_: Any, given: list[Sequence]) -> Sequence:
            return [call(None, self._first(given[0]), [getattr(one, "value", one) for one in given[1]])]

        return called

    def _first(self, value: Sequence) -> object:
        """The first item of a sequence; a node as its string."""
        if not value:
            return ""
        item = value[0]
        return item if isinstance(item, bool) else self._language.strings([item])[0]

    def _documents(self, names: Sequence) -> Sequence:
        return [self._language.document(name) for name in dict.fromkeys(self._language.strings(names))]

    def _has(self, names: Sequence) -> bool:
        return all(self._language.has_document(name) for name in self._language.strings(names))

    def _format(self, _: Any, given: list[Sequence]) -> Sequence:
        number, picture = (self._language.text(one) for one in given)
        return [format_number(number, picture)]

    def _generate(self, context: Any, given: list[Sequence]) -> Sequence:
        node = self._language.first(given[0] if given else [context.item])
        return ["" if node is None else "n" + self._language.location(node).encode("utf-8").hex()]

    def _key(self, context: Any, given: list[Sequence]) -> Sequence:
        node = self._language.first(given[2] if len(given) > 2 else [context.item])
        if node is None:
            raise TypeError("key() without a node")
        index = self._index(self._language.text(given[0]), node)
        wanted = dict.fromkeys(self._types.comparable(given[1]))
        found = {id(one): one for value in wanted for one in index.get(value, ())}
        return sorted(found.values(), key=lambda one: one.position)

    def _index(self, name: str, node: Any) -> dict[object, list[XPathNode]]:
        """The nodes of a key in the document of a node, by value."""
        keys = [key for key in self._schema.keys if key.name == name]
        if not keys:
            raise ValueError(name)
        tree = self._language.tree_of(node)
        if name not in tree.keys:
            index = tree.keys[name] = {}
            for key in keys:
                for match, _ in self._language.contexts(key.match):
                    for hit in self._language.at(tree.document, match, {}):
                        for value in self._types.comparable(self._language.at(hit, key.use, {})):
                            index.setdefault(value, []).append(hit)
        return tree.keys[name]
