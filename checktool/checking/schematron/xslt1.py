"""The functions that XSLT 1.0 adds to XPath, for expressions that libxml2 evaluates.

``current()`` becomes a variable; ``document()``, whose result libxml2 cannot take from outside, becomes
the parent of a root element; ``key() id() format-number() generate-id()`` become extension functions.
``exsl:node-set`` and ``exsl:object-type`` are here too; the rest of EXSLT comes with libxml2.
"""

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from lxml import etree

from checktool.checking.functions import text
from checktool.checking.schematron.language import UnusableError
from checktool.checking.schematron.nodekinds import is_attribute, is_element, location_of
from checktool.checking.schematron.subdocuments import Subdocuments
from checktool.definitions import xpath
from checktool.definitions.xslt import Key

if TYPE_CHECKING:
    from checktool.checking.schematron.evaluate import Evaluator

OWN = "checktool-own"
EXSLT_COMMON = "http://exslt.org/common"
_LITERAL = r""""[^"]*"|'[^']*'"""
_CURRENT = re.compile(_LITERAL + r"|(?<![\w.\-:$@])current\s*\(\s*\)")
_ITSELF = re.compile(_LITERAL + r"|(?<![\w.\-:$@])generate-id\s*\(\s*\)")
_CALLED = re.compile(_LITERAL + r"|(?<![\w.\-:$@])(?:key|id|format-number|generate-id)(?=\s*\()")
_DOCUMENT = re.compile(_LITERAL + r"|(?<![\w.\-:$@])document\s*\(")
_NAMED = re.compile(rf"(?:{_LITERAL}|\b(key|document)\s*\(\s*({_LITERAL}))")
_ID = "{http://www.w3.org/XML/1998/namespace}id"

Functions = dict[tuple[str, str], Callable[..., object]]


def written(expression: str, current: str) -> str:
    """An expression with the functions of XSLT as libxml2 can call them. Raises ValueError."""
    if "(" not in expression:
        return expression
    expression = _CURRENT.sub(lambda hit: hit[0] if hit[0][0] in "\"'" else f"${current}", expression)
    expression = _ITSELF.sub(lambda hit: hit[0] if hit[0][0] in "\"'" else "generate-id(.)", expression)
    expression = _CALLED.sub(lambda hit: hit[0] if hit[0][0] in "\"'" else f"{OWN}:{hit[0]}", expression)
    while starts := [hit for hit in _DOCUMENT.finditer(expression) if hit[0][0] not in "\"'"]:
        start, inner = starts[-1].start(), starts[-1].end()
        end = _closing(expression, inner)
        call = f"({OWN}:document({expression[inner:end]})/..)"
        expression = expression[:start] + call + expression[end + 1 :]
    return expression


def _closing(expression: str, at: int) -> int:
    """The place of the bracket that closes the one before ``at``."""
    depth, quote = 1, ""
    for index in range(at, len(expression)):
        char = expression[index]
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        else:
            depth += (char == "(") - (char == ")")
            if not depth:
                return index
    raise ValueError(expression)


class Xslt1:
    """These functions for one rule file; ``document`` is an element of the document being judged."""

    def __init__(self, subdocuments: Subdocuments, keys: Sequence[Key]) -> None:
        self._subdocuments = subdocuments
        self._keys = keys
        self._evaluator: Evaluator | None = None
        self._indexes: dict[tuple[int, str], dict[str, list[etree._Element]]] = {}
        self._indexed: etree._Element | None = None
        self.document: etree._Element | None = None

    def bind(self, evaluator: "Evaluator") -> None:
        """Say what evaluates the expressions of keys."""
        self._evaluator = evaluator

    def check(self, expression: str) -> None:
        """Raises UnusableError for a key or a file that is not there, as far as they are named."""
        for function, name in _NAMED.findall(expression):
            if not function:
                continue
            known = self._subdocuments.has(name[1:-1]) if function == "document" else any(
                key.name == name[1:-1] for key in self._keys
            )  # fmt: skip
            if not known:
                raise UnusableError(f"{function}({name})")
        called = xpath.functions(expression)
        if "key" in called and (not self._keys or "document" in called):
            raise UnusableError("key()")

    def functions(self) -> Functions:
        """The functions as lxml takes them."""
        return {
            (OWN, "document"): lambda _, names: self._documents(names),
            (OWN, "key"): lambda _, name, values: self._found(text(name), values),
            (OWN, "id"): lambda _, values: self._by_id(values),
            (OWN, "format-number"): _formatted,
            (OWN, "generate-id"): _generated,
            (EXSLT_COMMON, "node-set"): lambda _, value: value,
            (EXSLT_COMMON, "object-type"): lambda _, value: _type(value),
        }

    def roots(self) -> list[etree._Element]:
        """The roots of the files that have been read."""
        return self._subdocuments.roots()

    def _documents(self, names: object) -> list[etree._Element]:
        wanted = [text([name]) for name in names] if isinstance(names, list) else [text(names)]
        return [self._subdocuments.root(name) for name in dict.fromkeys(wanted)]

    def _found(self, name: str, values: object) -> list[etree._Element]:
        index = self._index(name)
        wanted = [text([value]) for value in values] if isinstance(values, list) else [text(values)]
        return list(dict.fromkeys(node for value in wanted for node in index.get(value, ())))

    def _index(self, name: str) -> dict[str, list[etree._Element]]:
        keys = [key for key in self._keys if key.name == name]
        if not keys or self.document is None or self._evaluator is None:
            raise ValueError(name)
        root = self.document.getroottree().getroot()
        if root is not self._indexed:
            self._indexes, self._indexed = {}, root
        if (id(root), name) not in self._indexes:
            index: dict[str, list[etree._Element]] = {}
            for key in keys:
                for path, _ in xpath.contexts(key.match):
                    for node in self._evaluator.nodes(root, path, {}):
                        self._enter(index, key, node)
            self._indexes[id(root), name] = index
        return self._indexes[id(root), name]

    def _enter(self, index: dict[str, list[etree._Element]], key: Key, node: Any) -> None:
        if self._evaluator is None or not is_element(node):
            raise ValueError(key.name)
        value = self._evaluator.at(node, key.use, {})
        for one in [text([each]) for each in value] if isinstance(value, list) else [text(value)]:
            index.setdefault(one, []).append(node)

    def _by_id(self, values: object) -> list[etree._Element]:
        if self.document is None:
            return []
        wanted = [text([value]) for value in values] if isinstance(values, list) else [text(values)]
        names = {name for value in wanted for name in value.split()}
        return [node for node in self.document.getroottree().iter(etree.Element) if node.get(_ID) in names]


def _formatted(_: object, number: object, picture: object, *form: object) -> str:
    from checktool.checking.schematron.formatting import format_number

    if form:
        raise ValueError(text(form[0]))
    return format_number(text(number), text(picture))


def _generated(_: object, nodes: Any) -> str:
    if not nodes:
        return ""
    node = nodes[0]
    if isinstance(node, etree._ElementTree) or (is_element(node) and not isinstance(node.tag, str)):
        return "n" + location_of(node).encode("utf-8").hex()
    owner: etree._Element = node if is_element(node) else node.getparent()
    step = "" if is_element(node) else f"@{node.attrname}" if is_attribute(node) else f"#{node.is_tail}"
    return "n" + (owner.getroottree().getpath(owner) + step).encode("utf-8").hex()


def _type(value: object) -> str:
    kinds = {bool: "boolean", float: "number", int: "number", list: "node-set"}
    return kinds.get(type(value), "string")
