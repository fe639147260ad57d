"""XPath 1.0 expressions of one rule file, evaluated by libxml2 at any kind of node.

lxml evaluates at elements only, takes only elements as variables and drops document nodes from what it
answers. So for another node the expression is wrapped into a predicate of a path from its parent, where
an extension function catches its value; and a variable that holds attributes, texts or documents stands
in the expression as paths from elements. The functions that XSLT 1.0 adds are put in by name.
"""

import re
from collections.abc import Callable, Hashable, Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple

from lxml import etree

from checktool.checking.functions import text
from checktool.checking.schematron import nodekinds
from checktool.checking.schematron.language import UnusableError, Variables, content_of
from checktool.checking.schematron.nodekinds import Place, anchored, is_element
from checktool.checking.schematron.scopes import With
from checktool.checking.schematron.xslt1 import OWN, Xslt1, written
from checktool.definitions import xpath, xpath_text
from checktool.definitions.schematron_lets import Let
from checktool.errors import PackError

CURRENT = "checktool-current"
CORE = frozenset((
    "last", "position", "count", "id", "local-name", "namespace-uri", "name", "string", "concat",
    "starts-with", "contains", "substring-before", "substring-after", "substring", "string-length",
    "normalize-space", "translate", "boolean", "not", "true", "false", "lang", "number", "sum",
    "floor", "ceiling", "round", "current", "document", "key", "format-number", "generate-id",
))  # fmt: skip
_CALLED = re.compile(r"[\w.\-]:\w[\w.\-]*\s*\(")
_KEPT = 30_000
_UNKNOWN = {"XPATH_UNKNOWN_FUNC_ERROR", "XPATH_UNDEF_PREFIX_ERROR"}

Extensions = Mapping[tuple[str, str], Callable[..., object]]


class _Ready(NamedTuple):
    """A compiled expression and the variables that it uses."""

    call: etree.XPath
    names: tuple[str, ...]


class Evaluator:
    """Compiles and evaluates the expressions of one rule file."""

    errors: tuple[type[Exception], ...] = (
        etree.XPathError,
        PackError,
        ArithmeticError,
        LookupError,
        ValueError,
        TypeError,
    )

    def __init__(self, namespaces: Mapping[str, str], extensions: Extensions, xslt: Xslt1) -> None:
        """``namespaces`` are the prefixes of the file, ``extensions`` what lxml may call."""
        self._caught: list[object] = []
        self._contents: dict[str, Any] = {}
        self._namespaces = {**namespaces, OWN: OWN}
        self._xslt = xslt
        self._extensions = {**extensions, **xslt.functions(), (OWN, "catch"): self._catch}
        self.compiled = lru_cache(maxsize=_KEPT)(self._compile)
        xslt.bind(self)

    def _catch(self, _: object, value: object) -> bool:
        self._caught.append(value)
        return True

    def _compile(self, expression: str) -> _Ready:
        """A compiled expression. Raises etree.XPathSyntaxError, ValueError."""
        plain = written(expression, CURRENT)
        calls = _CALLED.search(plain) is not None
        call = etree.XPath(
            plain,
            namespaces=self._namespaces,
            extensions=self._extensions if calls else None,
            regexp=calls,
        )
        return _Ready(call, tuple(xpath_text.used_variables(plain)))

    def check(self, expression: str, names: frozenset[str]) -> None:
        """Raises UnusableError for what cannot be compiled, or uses what is not defined."""
        try:
            self.compiled(expression)
        except (etree.XPathSyntaxError, ValueError):
            raise UnusableError(expression) from None
        for function in xpath.functions(expression):
            if not (function in CORE if ":" not in function else self.knows(function)):
                raise UnusableError(f"{function}()")
        self._xslt.check(expression)
        for prefix in xpath.prefixes(expression):
            if prefix not in self._namespaces and prefix != "xml":
                raise UnusableError(prefix)
        for variable in xpath.variables(expression):
            if variable not in names:
                raise UnusableError(f"${variable}")

    def knows(self, function: str) -> bool:
        """Whether a function with a prefix can be called: ours, or one of EXSLT that libxml2 has."""
        prefix, _, name = function.rpartition(":")
        if (self._namespaces.get(prefix, ""), name) in self._extensions:
            return True
        try:
            etree.XPath(f"{function}()", namespaces=self._namespaces)(etree.Element("none"))
        except etree.XPathEvalError as fault:
            return not any(entry.type_name in _UNKNOWN for entry in fault.error_log)
        except TypeError:
            return True
        return True

    def at(self, node: Any, expression: str, variables: Variables) -> Any:
        """The value of an expression with a node as context.

        Raises etree.XPathEvalError where it cannot be evaluated.
        """
        known = _with_current(variables, node) if "current" in expression else variables
        if is_element(node) and isinstance(node.tag, str):
            return self._run(node, expression, known)
        owner, path = anchored(node)
        before = len(self._caught)
        self._run(owner, f"{path}[{OWN}:catch({expression})]", known)
        return self._caught.pop() if len(self._caught) > before else []

    def holds(self, node: Any, expression: str, variables: Variables) -> bool:
        """Whether an expression is true at a node."""
        return bool(self.at(node, f"boolean({expression})", variables))

    def value(self, node: Any, let: Let, variables: Variables) -> Any:
        """The value of a variable, document nodes included.

        lxml answers nodes of other documents as copies; so an expression that has some is evaluated
        once more in their own document. Raises ValueError where that gives something else.
        """
        if let.content:
            return content_of(let, self._contents)
        found, home = self._nodes_and_documents(node, let.value, variables)
        if home:
            return found
        texts = self.strings(found)
        for root in (*self._xslt.roots(), *map(nodekinds.holder, self._contents.values())):
            again, home = self._nodes_and_documents(
                root.getroottree(), let.value, _with_current(variables, node)
            )
            if home and self.strings(again) == texts:
                return again
        raise ValueError(let.name)

    def _nodes_and_documents(self, node: Any, expression: str, variables: Variables) -> tuple[Any, bool]:
        """The value of an expression, and whether all its nodes are of the node's own document."""
        found = self.at(node, expression, variables)
        if not isinstance(found, list):
            return found, True
        home = not nodekinds.any_foreign(found, node)
        if self.at(node, f"count({expression})", variables) != len(found):
            roots = self.at(node, f"({expression})[not(parent::node()) and node()]/*", variables)
            home = home and not nodekinds.any_foreign(roots, node)
            found += [root.getroottree() for root in roots] if home else roots
        return found, home

    def nodes(self, root: etree._Element, expression: str, variables: Variables) -> list[Any]:
        """The nodes that an expression selects in a document, the document itself excepted."""
        found = self._run(root, expression, variables)
        return found if isinstance(found, list) else []

    def _run(self, node: etree._Element, expression: str, variables: Variables) -> Any:
        ready = self.compiled(expression)
        self._xslt.document = node
        if not ready.names:
            return ready.call(node)
        given = {name: variables[name] for name in ready.names}
        if any(type(value) is list and not all(map(is_element, value)) for value in given.values()):
            return self._run_by_paths(node, expression, given)
        return ready.call(node, **given)

    def _run_by_paths(self, node: etree._Element, expression: str, given: dict[str, Any]) -> Any:
        """Evaluate with variables that lxml does not take put in as paths from elements."""
        changed, plain = written(expression, CURRENT), dict[str, Any]()
        for name, value in given.items():
            if type(value) is list:
                path, elements = nodekinds.paths_to(name, value)
                changed = xpath_text.with_variable(changed, name, path)
                plain |= elements
            else:
                plain[name] = value
        return self.compiled(changed).call(node, **plain)

    def reads(self, expression: str, contexts: list[str]) -> frozenset[str]:
        """The item paths that an expression reads at contexts of these item paths."""
        return frozenset(read for path in contexts for read in xpath.reads(expression, path))

    def contexts(self, pattern: str) -> list[tuple[str, str]]:
        """Each branch of a rule's context as (absolute expression, item path)."""
        return list(xpath.contexts(pattern))

    def start(self, root: etree._Element) -> Any:
        """The document node: the element tree."""
        return root.getroottree()

    def select(self, document: Any, expression: str, variables: Variables) -> list[Any]:
        """The nodes that the context of a rule selects; ``/`` is the document."""
        found = self.nodes(document.getroot(), expression, variables)
        return [document, *found] if _with_document(expression) else found

    def text(self, value: Any, copied: bool = False) -> str:
        """A value as text; ``copied`` asks for its nodes as XML."""
        if copied and isinstance(value, list):
            return "".join(map(nodekinds.copy_of, value))
        if isinstance(value, list) and value and isinstance(value[0], etree._ElementTree):
            return text(value[0].getroot())
        return text(value)

    def strings(self, value: Any) -> list[str]:
        """A value as the strings of its nodes, or its one string."""
        return [self.text([one]) for one in value] if isinstance(value, list) else [text(value)]

    def first(self, value: Any) -> Any:
        """The first node of a value, None without one."""
        return value[0] if isinstance(value, list) and value else None

    def identity(self, node: Any) -> Hashable:
        """What tells a node from every other of its document."""
        return nodekinds.identity(node)

    def order(self, document: Any) -> Callable[[Any], Any]:
        """A key that sorts the nodes of a document in its order."""
        return nodekinds.ordered(document)

    def place(self, node: Any) -> Place:
        """What a node stands for in the document."""
        return nodekinds.place_of(node)

    def location(self, node: Any) -> str:
        """The absolute XPath of a node."""
        return nodekinds.location_of(node)


@cache
def _with_document(expression: str) -> bool:
    return "/" in xpath_text.split_union(expression)


def _with_current(variables: Variables, node: Any) -> Variables:
    return variables if CURRENT in variables else With(variables, CURRENT, [node])
