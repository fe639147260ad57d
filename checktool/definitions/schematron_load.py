"""Rule files read from a folder: parsed without entities, includes put in place, nothing outside it."""

import copy
from pathlib import Path

from lxml import etree

from checktool.definitions import schematron_allowed
from checktool.definitions.schematron_parts import refused, tag
from checktool.errors import PackError

_DEPTH = 20
_MOST = 2_000
_ID = ("id", "{http://www.w3.org/XML/1998/namespace}id")


def load(path: Path, folder: Path) -> etree._Element:
    """The root of a rule file below ``folder``, includes put in place. Raises PackError P007, P008."""
    root = _parse(path, folder)
    if root.tag != tag("schema"):
        raise refused(root, "schema")
    _Includer(folder).replace(root, path, 0)
    schematron_allowed.check(root)
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


class _Includer:
    """Replaces ``include`` and ``extends/@href`` by what they name, relative to the file they stand in."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0

    def replace(self, parent: etree._Element, path: Path, depth: int) -> None:
        """Replace every include below an element of a file."""
        for node in list(parent.iter(tag("include"), tag("extends"))):
            if node.get("href") is not None:
                self._replace_one(node, path, depth)

    def _replace_one(self, node: etree._Element, path: Path, depth: int) -> None:
        self._count += 1
        holder = node.getparent()
        if depth > _DEPTH or self._count > _MOST or holder is None:
            raise refused(node, "include")
        found, target = self._named(node, path)
        self.replace(found, target, depth + 1)
        taken = [found]
        if node.tag == tag("extends"):
            if found.tag != tag("rule"):
                raise refused(node, "extends")
            taken = list(found)
        elif found.tag == tag("schema"):
            raise refused(node, "include=schema")
        index = holder.index(node)
        holder[index : index + 1] = taken

    def _named(self, node: etree._Element, path: Path) -> tuple[etree._Element, Path]:
        """The element that a reference names, of a file or of one ``#id`` in it, and its file."""
        name, _, anchor = node.get("href", "").partition("#")
        if ":" in name or name.startswith(("/", "\\")):
            raise PackError("P008", file=path.name, target=node.get("href", ""))
        target = path.parent / name if name else path
        found = _parse(target, self._folder)
        if anchor:
            named = next((hit for hit in found.iter(etree.Element)
                          if any(hit.get(key) == anchor for key in _ID)), None)  # fmt: skip
            if named is None:
                raise refused(node, f"#{anchor}")
            found = named
        found = copy.deepcopy(found)
        found.base = str(target)
        for one in found.iterchildren(etree.Element):
            one.base = str(target)
        return found, target
