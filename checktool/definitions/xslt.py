"""The parts of XSLT that rule files may hold: ``xsl:key`` and, for XPath 2 and later, ``xsl:function``.

Of a function's body these instructions are known: ``param variable sequence value-of text choose when
otherwise if for-each``. Any other is refused by name.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from checktool.definitions.schematron_parts import XSLT, file_of, line_of, refused

_BODY = {"variable", "sequence", "value-of", "text", "choose", "if", "for-each"}
_TAKEN = {
    "param": {"name", "as"}, "variable": {"name", "as", "select"}, "sequence": {"select"},
    "value-of": {"select", "separator"}, "text": set(), "choose": set(), "when": {"test"}, "otherwise": set(),
    "if": {"test"}, "for-each": {"select"}, "function": {"name", "as", "override"},
    "key": {"name", "match", "use"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Key:
    """``xsl:key``: the nodes of a pattern by the values of an expression."""

    name: str
    match: str
    use: str
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction of a function's body; ``select`` is also the test of ``if`` and ``when``."""

    kind: str
    select: str = ""
    name: str = ""
    type: str = ""
    separator: str | None = None
    text: str = ""
    body: tuple["Instruction", ...] = ()

    def expressions(self) -> Iterator[str]:
        """Its expressions and those of what it holds."""
        if self.select:
            yield self.select
        for inner in self.body:
            yield from inner.expressions()


@dataclass(frozen=True, slots=True)
class Function:
    """``xsl:function``; ``params`` are (name, type), a type may be empty."""

    name: str
    namespace: str
    params: tuple[tuple[str, str], ...]
    type: str
    body: tuple[Instruction, ...]
    file: str = ""
    line: int = 0

    def expressions(self) -> Iterator[str]:
        """Every expression of its body."""
        for one in self.body:
            yield from one.expressions()


def keys_of(schema: etree._Element, language: str) -> tuple[Key, ...]:
    """The keys of a schema. Raises PackError P007."""
    return tuple(_key(node, language) for node in schema.iterchildren(f"{{{XSLT}}}key"))


def _key(node: etree._Element, language: str) -> Key:
    _refuse_attributes(node)
    name, match, use = node.get("name", ""), node.get("match", ""), node.get("use", "")
    body = _body(node)
    if body and not use:
        if len(body) != 1 or body[0].kind not in ("text", "sequence", "value-of"):
            raise refused(node, "xsl:key")
        only = body[0]
        use = _literal(node, only.text, language) if only.kind == "text" else only.select
    if not name or not match or not use:
        raise refused(node, "xsl:key")
    return Key(name, match, use, file_of(node), line_of(node))


def _literal(node: etree._Element, text: str, language: str) -> str:
    if '"' not in text:
        return f'"{text}"'
    if language == "1.0" and "'" in text:
        raise refused(node, "xsl:key")
    return "'" + text.replace("'", "''") + "'"


def functions_of(
    schema: etree._Element, language: str, namespaces: Mapping[str, str]
) -> tuple[Function, ...]:
    """The functions of a schema, whose prefixes must be declared in it by ``ns``. Raises PackError P007."""
    found = []
    for node in schema.iterchildren(f"{{{XSLT}}}function"):
        if language == "1.0":
            raise refused(node, "xsl:function")
        found.append(_function(node, namespaces))
    return tuple(found)


def _function(node: etree._Element, namespaces: Mapping[str, str]) -> Function:
    _refuse_attributes(node)
    prefix, _, name = node.get("name", "").rpartition(":")
    uri = namespaces.get(prefix) or node.nsmap.get(prefix)
    if not prefix or uri is None:
        raise refused(node, "xsl:function")
    params = list(node.iterchildren(f"{{{XSLT}}}param"))
    for param in params:
        _refuse_attributes(param)
        if len(param) or (param.text or "").strip():
            raise refused(param, "xsl:param")
    declared = tuple((param.get("name", ""), param.get("as", "")) for param in params)
    return Function(name, uri, declared, node.get("as", ""), _body(node), file_of(node), line_of(node))


def _body(node: etree._Element) -> tuple[Instruction, ...]:
    made = []
    if (node.text or "").strip():
        made.append(Instruction("text", text=node.text or ""))
    for child in node.iterchildren(etree.Element):
        name = etree.QName(child)
        if name.namespace != XSLT or name.localname not in (*_BODY, "param"):
            raise refused(child, f"xsl:{name.localname}" if name.namespace == XSLT else name.localname)
        if name.localname != "param":
            made.append(_instruction(child, name.localname))
        if (child.tail or "").strip():
            made.append(Instruction("text", text=child.tail or ""))
    return tuple(made)


def _instruction(node: etree._Element, kind: str) -> Instruction:
    _refuse_attributes(node)
    if kind == "text":
        return Instruction("text", text=node.text or "")
    if kind == "choose":
        return Instruction("choose", body=tuple(_branch(child) for child in node.iterchildren(etree.Element)))
    select = node.get("test" if kind in ("if", "when") else "select", "")
    body = _body(node)
    needs = kind in ("sequence", "if", "for-each")
    if (needs and not select) or (not needs and bool(select) == bool(body) and kind != "variable"):
        raise refused(node, f"xsl:{kind}")
    name = node.get("name", "")
    return Instruction(kind, select, name, node.get("as", ""), node.get("separator"), "", body)


def _branch(node: etree._Element) -> Instruction:
    kind = etree.QName(node).localname
    known = node.tag in (f"{{{XSLT}}}when", f"{{{XSLT}}}otherwise")
    if not known or (kind == "when") != ("test" in node.attrib):
        raise refused(node, f"xsl:{kind}")
    _refuse_attributes(node)
    return Instruction(kind, node.get("test", ""), body=_body(node))


def _refuse_attributes(node: etree._Element) -> None:
    """Refuse attributes of XSLT that are not known, which might mean something."""
    kind = etree.QName(node).localname
    for name in map(str, node.attrib):
        if not name.startswith("{") and name not in _TAKEN[kind]:
            raise refused(node, f"xsl:{kind}/@{name}")
