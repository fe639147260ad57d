"""What may stand where in a rule file; everything else of Schematron and XSLT is refused by name.

Elements and attributes of other namespaces mean nothing to a check and are passed over, but they may
not hold rules, which would then be passed over too.
"""

from lxml import etree

from checktool.definitions.schematron_parts import NAMESPACE, XSLT, refused

_RICH = {"value-of", "name", "emph", "span", "dir"}
_KNOWN = {
    "schema": {"ns", "title", "let", "phase", "pattern", "diagnostics", "properties", "p", "include"},
    "phase": {"active", "let", "p", "include"},
    "pattern": {"rule", "let", "param", "title", "p", "include"},
    "rule": {"assert", "report", "let", "extends", "p", "include"},
    "diagnostics": {"diagnostic", "include"},
    "properties": {"property", "include"},
    **dict.fromkeys(
        ("assert", "report", "diagnostic", "property", "title", "p", "active", "emph", "span", "dir"), _RICH
    ),
}  # fmt: skip
_XSLT = {"schema": {"key", "function"}, "property": {"copy-of"}}
_MEANT = {"phase": ("from", "when"), "rule": ("visit-each",), "let": ("as",)}
"""Attributes of later editions that would change a verdict."""
_RULES = {"pattern", "rule", "assert", "report", "phase", "diagnostics", "include", "extends", "ns"}


def check(schema: etree._Element) -> None:
    """Refuse what is not known below a schema element. Raises PackError P007."""
    _check(schema)


def _check(node: etree._Element) -> None:
    name = etree.QName(node).localname
    for attribute in _MEANT.get(name, ()):
        if node.get(attribute) is not None:
            raise refused(node, f"{name}/@{attribute}")
    if name == "let":
        return
    for child in node.iterchildren(etree.Element):
        inner = etree.QName(child)
        if inner.namespace == NAMESPACE:
            if inner.localname not in _KNOWN.get(name, set()):
                raise refused(child, inner.localname)
            _check(child)
        elif inner.namespace == XSLT:
            if inner.localname not in _XSLT.get(name, set()):
                raise refused(child, f"xsl:{inner.localname}")
        else:
            _check_foreign(child, rich=_KNOWN.get(name) is _RICH)


def _check_foreign(node: etree._Element, rich: bool) -> None:
    """Refuse rules inside markup of another namespace, which nobody would run."""
    for child in node.iterdescendants(f"{{{NAMESPACE}}}*"):
        name = etree.QName(child).localname
        if name in _RULES or (rich and name not in _RICH):
            raise refused(child, name)
