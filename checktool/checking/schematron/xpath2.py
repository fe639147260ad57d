"""Expressions of XPath 2 and later, evaluated by elementpath over node trees built once a document."""

import re
from collections.abc import Callable, Hashable
from copy import copy
from datetime import datetime
from functools import lru_cache
from html import escape
from typing import Any

from elementpath import XPathContext
from elementpath.regex import RegexError
from elementpath.tree_builders import get_node_tree
from elementpath.xpath_nodes import AttributeNode, DocumentNode, ElementNode, TextNode, XPathNode
from lxml import etree

from checktool.checking.functions import NAMESPACE
from checktool.checking.schematron.evaluate import Extensions
from checktool.checking.schematron.language import UnusableError, Variables
from checktool.checking.schematron.nodekinds import Place, attribute_copy, copy_of, location_of
from checktool.checking.schematron.scopes import Lazy, framed
from checktool.checking.schematron.subdocuments import Subdocuments
from checktool.checking.schematron.xpath2_expressions import ERRORS, root_of
from checktool.checking.schematron.xpath2_functions import Functions
from checktool.checking.schematron.xpath2_parser import Parser, free_variables, without_comments
from checktool.checking.schematron.xpath2_tree import Tree
from checktool.definitions import xpath_text
from checktool.definitions.schematron import Schema
from checktool.definitions.schematron_lets import Let
from checktool.errors import PackError
from checktool.reading.nodes import string_value

_NAME = r"(?:[^\W\d][\w.\-]*:)?[^\W\d][\w.\-]*"
_PLAIN = re.compile(rf"//({_NAME}(?:/{_NAME})*)")
_ROOTED = re.compile(r"[/$]|(?:key|id|doc|document)\s*\(")
_NAMED = re.compile(rf""""[^"]*"|'[^']*'|\${_NAME}|(@?)\s*({_NAME}|\*)(?!\s*\(|::)""")


class XPath2:
    """Compiles and evaluates the expressions of one rule file. Every value is a list of items."""

    errors: tuple[type[Exception], ...] = (*ERRORS, PackError, RegexError)

    def __init__(self, schema: Schema, extensions: Extensions, subdocuments: Subdocuments) -> None:
        """Make the parser and its functions. Raises PackError P007."""
        self._namespaces = schema.namespaces
        self._shared = schema.globals
        self.globals: Variables = {}
        self._parser = Parser(schema.language, schema.namespaces)
        today = extensions.get((NAMESPACE, "today"))
        self._now = datetime.fromisoformat(str(today(None))) if today is not None else None
        self._trees: dict[etree._Element, Tree] = {}
        self._contents: dict[str, list[XPathNode]] = {}
        self._subdocuments = subdocuments
        self.contexts = lru_cache(maxsize=None)(self._contexts)
        self._branches = lru_cache(maxsize=None)(self._read_branches)
        Functions(schema, self._parser, self).register(extensions)

    def check(self, expression: str, names: frozenset[str]) -> None:
        """Raises UnusableError for what cannot be compiled or is not defined."""
        self._parser.parsed(expression)
        for variable in sorted(free_variables(expression) - names):
            raise UnusableError(f"${variable}")

    def reads(self, expression: str, _: list[str]) -> frozenset[str]:
        """Every name in an expression, taken to be anywhere in the document."""
        plain = without_comments(expression)
        return frozenset(f"**/{at}{name.rpartition(':')[2]}" for at, name in _NAMED.findall(plain) if name)

    def _contexts(self, pattern: str) -> list[tuple[str, str]]:
        """Each branch of a rule's context as (absolute expression, item path)."""
        found = []
        for branch in xpath_text.split_union(without_comments(pattern)):
            inner = f"({branch})" if re.search(r"\b(?:union|intersect|except)\b", branch) else branch
            if branch == "document-node()":
                inner = branch = "/"
            found.append((branch if _ROOTED.match(branch) else f"//{inner}", "**"))
        return found

    def start(self, root: etree._Element) -> Any:
        """The document node of a document; the tree of the one before is forgotten."""
        if root not in self._trees:
            if root not in self._subdocuments:
                self._trees = {
                    known: tree for known, tree in self._trees.items() if known in self._subdocuments
                }
            self._trees[root] = Tree(root, self._now)
        document = self._trees[root].document
        if root not in self._subdocuments:
            self.globals = framed({}, self._shared, document, self)
        return document

    def document(self, name: str) -> Any:
        """The document node of a file of the rule folder. Raises UnavailableError."""
        root = self._subdocuments.root(name)
        if root not in self._trees:
            self._trees[root] = Tree(root, self._now)
        return self._trees[root].document

    def has_document(self, name: str) -> bool:
        """Whether a file of the rule folder can be read."""
        return self._subdocuments.has(name)

    def tree_of(self, node: Any) -> Tree:
        """The tree in which a node stands."""
        return self._trees[root_of(node).value.getroot()]

    def select(self, document: Any, expression: str, variables: Variables) -> list[Any]:
        """The nodes of a document that the context of a rule selects, in document order."""
        tree = self._trees[document.value.getroot()]
        branches = self._branches(expression)
        found: dict[int, Any] = {}
        for branch, names in branches:
            nodes = tree.named(names) if names else self._matched(document, branch, variables)
            found.update((id(node), node) for node in nodes if isinstance(node, XPathNode))
        nodes = list(found.values())
        return sorted(nodes, key=_position) if len(branches) > 1 else nodes

    def _matched(self, document: Any, branch: str, variables: Variables) -> list[Any]:
        return list(self._parser.pattern(branch).select(self._context(document, variables)))

    def _read_branches(self, expression: str) -> list[tuple[str, list[str]]]:
        """The branches of a context; names instead of an expression where nothing else is asked."""
        found = []
        for branch in xpath_text.split_union(expression):
            plain = _PLAIN.fullmatch(branch)
            found.append((branch, list(map(self._expanded, plain[1].split("/"))) if plain else []))
        return found

    def _expanded(self, name: str) -> str:
        prefix, _, local = name.rpartition(":")
        return f"{{{self._namespaces[prefix]}}}{local}" if prefix else local

    def evaluated(self, expression: str, context: XPathContext) -> list[Any]:
        """The items of an expression in a context of elementpath."""
        return list(self._parser.parsed(expression).select(context))

    def at(self, node: Any, expression: str, variables: Variables) -> list[Any]:
        """The items of an expression at a node. Raises one of ``errors``."""
        return self.evaluated(expression, self._context(node, variables))

    def _context(self, node: Any, variables: Variables) -> XPathContext:
        context = copy(self.tree_of(node).context)
        context.item = node
        context.variables = Lazy(variables)
        context.current = node  # type: ignore[attr-defined]
        context.parents = self._parents  # type: ignore[attr-defined]
        return context

    def _parents(self, top: Any, name: str) -> list[Any] | None:
        """The nodes of a document that have children of a name; None for what is no document."""
        tree = next((one for one in self._trees.values() if one.document is top), None)
        return None if tree is None else tree.parents(name)

    def holds(self, node: Any, expression: str, variables: Variables) -> bool:
        """Whether the effective boolean value of an expression is true at a node."""
        return self.true(expression, self._context(node, variables))

    def true(self, expression: str, context: XPathContext) -> bool:
        """The effective boolean value of an expression in a context of elementpath."""
        token = self._parser.parsed(expression)
        return bool(token.boolean_value(token.select(context)))

    def value(self, node: Any, let: Let, variables: Variables) -> list[Any]:
        """The items of a variable."""
        if not let.content:
            return self.at(node, let.value, variables)
        if let.content not in self._contents:
            holder: Any = get_node_tree(etree.fromstring(let.content))
            self._contents[let.content] = [
                one for one in holder if isinstance(one, ElementNode) or _spoken(one)
            ]
        return self._contents[let.content]

    def text(self, value: list[Any], copied: bool = False) -> str:
        """A value as text, its items parted by blanks; ``copied`` asks for its nodes as XML."""
        if not copied:
            return " ".join(self.strings(value))
        return "".join(_copied(item) for item in value if isinstance(item, XPathNode))

    def strings(self, value: list[Any]) -> list[str]:
        """A value as the strings of its items."""
        token = self._parser.parsed(".")
        return [token.string_value(item) for item in value]

    def first(self, value: list[Any]) -> Any:
        """The first node of a value, None without one."""
        return next((item for item in value if isinstance(item, XPathNode)), None)

    def identity(self, node: Any) -> Hashable:
        """What tells a node from every other of its document."""
        return id(node)

    def order(self, _: Any) -> Callable[[Any], Any]:
        """A key that sorts the nodes of a document in its order."""
        return _position

    def place(self, node: Any) -> Place:
        """What a node stands for in the document."""
        if isinstance(node, ElementNode):
            element: Any = node.value
            return Place(element, "", "" if len(element) else string_value(element))
        holder: Any = node if isinstance(node, DocumentNode) else node.parent
        element = holder.getroot().value if isinstance(holder, DocumentNode) else holder.value
        if isinstance(node, AttributeNode):
            return Place(element, str(node.name), node.string_value)
        return Place(element, "", node.string_value if isinstance(node, TextNode) else "")

    def location(self, node: Any) -> str:
        """The absolute XPath of a node."""
        if isinstance(node, DocumentNode):
            return "/"
        if isinstance(node, AttributeNode):
            name = etree.QName(str(node.name))
            spaced = f"*:{name.localname}[namespace-uri()='{name.namespace}']"
            return f"{self.location(node.parent)}/@{spaced if name.namespace else name.localname}"
        if isinstance(node, TextNode):
            texts = [one for one in node.parent.children if isinstance(one, TextNode)]  # type: ignore[union-attr]
            return f"{self.location(node.parent)}/text()[{texts.index(node) + 1}]"
        return location_of(node.value)


def _copied(node: XPathNode) -> str:
    if isinstance(node, AttributeNode):
        return attribute_copy(str(node.name), node.string_value)
    return copy_of(node.value) if isinstance(node, (ElementNode, DocumentNode)) else escape(node.string_value)


def _position(node: Any) -> int:
    return int(node.position)


def _spoken(node: Any) -> bool:
    return isinstance(node, TextNode) and bool(node.string_value.strip())
