"""The markup of rule files: loading, includes, abstract patterns and rules, refusals."""

import copy
import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from checktool.errors import PackError

NAMESPACE = "http://purl.oclc.org/dsdl/schematron"
_XSLT = "http://www.w3.org/1999/XSL/Transform"
_DEPTH = 20
_KNOWN = {
    "schema": {"ns", "title", "let", "phase", "pattern", "diagnostics", "properties", "p", "include"},
    "phase": {"active", "let", "p", "include"},
    "pattern": {"rule", "let", "param", "title", "p", "include"},
    "rule": {"assert", "report", "let", "extends", "p", "include"},
    "diagnostics": {"diagnostic", "include"},
    "properties": {"property", "include"},
}
_INLINE = {"value-of", "name", "emph", "span", "dir"}
_TEXTS = {"assert", "report", "diagnostic", "title", "p", "property", "active", "emph", "span", "dir"}


def tag(name: str) -> str:
    """The qualified name of a Schematron element."""
    return f"{{{NAMESPACE}}}{name}"


def line_of(node: etree._Element) -> int:
    """The line on which an element stands, 0 where it is not known."""
    return node.sourceline if isinstance(node.sourceline, int) else 0


def file_of(node: etree._Element) -> str:
    """The name of the file in which an element was written."""
    return (node.base or "").replace("\\", "/").rpartition("/")[2]


def refused(node: etree._Element, reason: str) -> PackError:
    """The error for something in a rule file that this tool does not take."""
    return PackError(
        "P007",
        file=file_of(node),
        line=line_of(node),
        element=etree.QName(node).localname,
        reason=reason,
    )


def children(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """The Schematron child elements of a name."""
    return parent.iterchildren(tag(name))


def has_text(node: etree._Element) -> bool:
    """Whether an assertion says anything: text, or a value from the document."""
    return any(str(text).strip() for text in node.itertext()) or len(node) > 0


def load(path: Path, folder: Path) -> etree._Element:
    """The root of a rule file, includes put in place. Raises PackError P007, P008."""
    root = _parse(path, folder)
    if root.tag != tag("schema"):
        raise refused(root, "schema")
    _include(root, path, folder, 0)
    _check(root)
    return root


def _parse(path: Path, folder: Path) -> etree._Element:
    real = path.resolve()
    if not real.is_relative_to(folder.resolve()):
        raise PackError("P008", file=path.name, target=path.name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.parse(str(real), parser).getroot()
    except (OSError, etree.XMLSyntaxError) as fault:
        line = fault.position[0] if isinstance(fault, etree.XMLSyntaxError) else 0
        raise PackError("P007", file=path.name, line=line, element="", reason="xml") from None
    if etree.ElementTree(root).docinfo.internalDTD is not None:
        raise refused(root, "DOCTYPE")
    return root


def _include(parent: etree._Element, path: Path, folder: Path, depth: int) -> None:
    """Replace every include below by what it names: an element, or the one of its ``#id``."""
    if depth > _DEPTH:
        raise refused(parent, "include")
    for node in list(parent.iter(tag("include"), tag("extends"))):
        href = node.get("href")
        if href is None:
            continue
        name, _, anchor = href.partition("#")
        if "://" in name or name.startswith("/"):
            raise PackError("P008", file=path.name, target=href)
        target = path.parent / name
        found = _parse(target, folder)
        if anchor:
            named = next((hit for hit in found.iter() if hit.get("id") == anchor), None)
            if named is None:
                raise refused(node, f"#{anchor}")
            found = named
        found = copy.deepcopy(found)
        found.base = str(target)
        _include(found, target, folder, depth + 1)
        holder = node.getparent()
        if holder is None:
            raise refused(node, "include")
        index = holder.index(node)
        taken = list(found) if node.tag == tag("extends") else [found]
        holder[index : index + 1] = taken


def _check(root: etree._Element) -> None:
    """Refuse every element of the Schematron namespace in a place where it is not known."""
    for node in root.iter(etree.Element):
        name, parent = etree.QName(node), node.getparent()
        if name.namespace == _XSLT:
            raise refused(node, f"xsl:{name.localname}")
        if name.namespace != NAMESPACE:
            continue
        if node.get("documents") is not None:
            raise refused(node, "documents")
        above = etree.QName(parent) if parent is not None else None
        if above is not None and above.namespace == NAMESPACE:
            allowed = _KNOWN.get(above.localname, _INLINE if above.localname in _TEXTS else set())
        else:
            allowed = _INLINE | ({"schema"} if parent is None else set())
        if name.localname not in allowed:
            raise refused(node, name.localname)


def resolve_patterns(root: etree._Element) -> list[etree._Element]:
    """The concrete patterns of a schema in order, abstract patterns and rules filled in."""
    abstract = {node.get("id"): node for node in children(root, "pattern") if node.get("abstract") == "true"}
    concrete = []
    for node in children(root, "pattern"):
        if node.get("abstract") == "true":
            continue
        if node.get("is-a"):
            node = _instance(node, abstract)
        _extend(node, root)
        concrete.append(node)
    return concrete


def _instance(node: etree._Element, abstract: dict[str | None, etree._Element]) -> etree._Element:
    model = abstract.get(node.get("is-a"))
    if model is None:
        raise refused(node, f"is-a={node.get('is-a')}")
    made = copy.deepcopy(model)
    made.attrib.pop("abstract", "")
    made.set("id", node.get("id") or "")
    values = {child.get("name", ""): child.get("value", "") for child in children(model, "param")}
    values |= {child.get("name", ""): child.get("value", "") for child in children(node, "param")}
    names = sorted(values, key=len, reverse=True)
    if names:
        pattern = re.compile(r"\$(" + "|".join(map(re.escape, names)) + r")(?![\w.\-])")
        for part in made.iter():
            for key, text in part.attrib.items():
                part.set(key, pattern.sub(lambda hit: values[hit.group(1)], str(text)))
    return made


def _extend(pattern: etree._Element, root: etree._Element) -> None:
    """Put the contents of abstract rules where rules extend them."""
    for depth in range(_DEPTH):
        pending = [node for node in pattern.iter(tag("extends")) if node.getparent() is not None]
        if not pending:
            return
        for node in pending:
            name = node.get("rule")
            model = next((rule for rule in root.iter(tag("rule")) if rule.get("id") == name), None)
            holder = node.getparent()
            if model is None or model.get("abstract") != "true" or holder is None:
                raise refused(node, f"extends={name}")
            index = holder.index(node)
            holder[index : index + 1] = [copy.deepcopy(child) for child in model]
        if depth == _DEPTH - 1:
            raise refused(pattern, "extends")
