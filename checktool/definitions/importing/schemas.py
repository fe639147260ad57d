"""The XSDs of a delivery: which are entries, which elements can be roots.

Files are only read; they go into the pack byte for byte. Links are resolved as W3C XML Schema 1.0
part 1 section 4 has them, inside the delivery alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from checktool.definitions.importing.understood import Understood
from checktool.definitions.importing.vocabulary import line
from checktool.definitions.xsdfiles import XS
from checktool.errors import PackError

MOST_XSD_BYTES = 50_000_000
_LINKS = (f"{XS}include", f"{XS}import", f"{XS}redefine")
_OUTSIDE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:|[/\\]")


@dataclass(slots=True)
class SchemaSet:
    """The XSDs below one folder, parsed once."""

    folder: Path
    names: dict[Path, str]
    roots: dict[Path, etree._Element] = field(default_factory=dict)

    def read(self) -> None:
        """Parse every file and follow its links.

        Raises PackError P020 (not XML, no schema), P021 (a link to nothing), P022 (a link outside).
        """
        for path, name in self.names.items():
            self.roots[path] = _parsed(path, name)
        for path in self.names:
            for _ in self.targets(path):
                pass

    def targets(self, path: Path) -> Iterator[Path]:
        """The files that a file includes, imports or redefines."""
        for link in self.roots[path].iterchildren(*_LINKS):
            location = link.get("schemaLocation")
            if location is None:
                continue
            name = self.names[path]
            if _OUTSIDE.match(location):
                raise PackError("P022", file=name, target=location)
            target = (path.parent / location).resolve()
            if not target.is_relative_to(self.folder):
                raise PackError("P022", file=name, target=location)
            if target not in self.roots:
                raise PackError("P021", file=name, target=location)
            yield target

    def entries(self, exemplified: frozenset[str]) -> list[Path]:
        """The files that no other one needs; of a circle the one that is most likely meant to be one."""
        needed = {target for path in self.names for target in self.targets(path) if target != path}
        found = [path for path in self.names if path not in needed]
        while rest := [path for path in self.names if path not in self.reached(found)]:
            found.append(max(rest, key=lambda path: (*self._weight(path, exemplified), str(path))))
        return sorted(found, key=lambda path: self.names[path])

    def _weight(self, path: Path, exemplified: frozenset[str]) -> tuple[int, int, int]:
        own = self.declared(path)
        shown = sum(name in exemplified for name in own)
        return shown, len(self.reached([path])), sum(name not in self.referenced() for name in own)

    def reached(self, starts: list[Path]) -> set[Path]:
        """The files that some files need, themselves among them."""
        seen: set[Path] = set()
        todo = list(starts)
        while todo:
            path = todo.pop()
            if path not in seen:
                seen.add(path)
                todo += self.targets(path)
        return seen

    def declared(self, path: Path) -> list[str]:
        """The global elements that a file itself declares and that may stand alone, in order."""
        root = self.roots[path]
        space = root.get("targetNamespace", "")
        return [
            f"{{{space}}}{node.get('name')}" if space else str(node.get("name"))
            for node in root.iterchildren(f"{XS}element")
            if node.get("name") and node.get("abstract") not in ("true", "1")
        ]

    def referenced(self) -> frozenset[str]:
        """Every element that another one refers to or stands in for."""
        found = set()
        for root in self.roots.values():
            for node in root.iter(f"{XS}element"):
                if node.get("ref"):
                    found.add(_clark(node, str(node.get("ref"))))
        return frozenset(found)

    def candidates(self, entry: Path, everywhere: bool = False) -> dict[str, Path]:
        """The global elements of an entry and the file to enter by for each.

        They are its own and those of files that need it in turn; those of all its files, entered by
        itself, when these have none or ``everywhere``.
        """
        reached = self.reached([entry])
        circle = [path for path in self.names if path in reached and entry in self.reached([path])]
        own = {name: path for path in circle for name in self.declared(path)}
        if own and not everywhere:
            return own
        return {name: entry for path in sorted(reached) for name in self.declared(path)} | own


def _clark(node: etree._Element, qname: str) -> str:
    prefix, _, local = qname.rpartition(":")
    uri = node.nsmap.get(prefix or None) or node.getroottree().getroot().get("targetNamespace", "")
    return f"{{{uri}}}{local}" if uri else local


def parser() -> etree.XMLParser:
    """A parser that reaches nothing beyond the file, for files of a delivery."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def _parsed(path: Path, name: str) -> etree._Element:
    try:
        if path.stat().st_size > MOST_XSD_BYTES:
            raise PackError("P020", file=name, line=0, reason="size")
        root = etree.parse(str(path), parser()).getroot()
    except etree.XMLSyntaxError as fault:
        raise PackError("P020", file=name, line=fault.position[0], reason="xml") from None
    except OSError as fault:
        raise PackError("P020", file=name, line=0, reason=type(fault).__name__) from None
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]
        raise PackError("P020", file=name, line=1, reason="doctype")
    if root.tag != f"{XS}schema":
        raise PackError("P020", file=name, line=1, reason="root")
    return root


def strict_fault(entry: Path, notes: Understood, name: str) -> None:
    """Build the schema with xmlschema too; what it refuses and libxml2 accepts is to be decided."""
    import xmlschema  # slow to import, and only an import and lint need it

    try:
        xmlschema.XMLSchema10(str(entry), allow="local", defuse="always")
    except Exception as fault:  # XMLSchemaException and what odd schemas raise inside
        reason = line(str(getattr(fault, "message", "") or fault))[:120]
        notes.decide("strict", file=name, reason=reason)
