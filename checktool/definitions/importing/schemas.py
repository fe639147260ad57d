"""The XSDs of a delivery: which are entries, which elements can be roots.

Files are only read; they go into the pack byte for byte. Links are followed inside the delivery alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from checktool.definitions import strictly
from checktool.definitions.importing.understood import Understood
from checktool.definitions.importing.vocabulary import line
from checktool.definitions.xsdfiles import SchemaFiles
from checktool.definitions.xsdlinks import LINKS, XS, Links, Target, Way, parser
from checktool.errors import PackError

MOST_XSD_BYTES = 50_000_000


@dataclass(slots=True)
class SchemaSet:
    """The XSDs below one folder, parsed once."""

    folder: Path
    names: dict[Path, str]
    roots: dict[Path, etree._Element] = field(default_factory=dict)
    links: Links = field(init=False)
    followed: dict[Path, tuple[Path, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Links are followed below the folder."""
        self.links = Links(self.folder)

    def read(self) -> None:
        """Parse every file and follow its links.

        Raises PackError P020 (not XML, no schema), P021 (a link to nothing), P022 (a link outside).
        """
        for path, name in self.names.items():
            self.roots[path] = _parsed(path, name)
        for path in self.names:
            self.targets(path)

    def targets(self, path: Path) -> tuple[Path, ...]:
        """The files that a file includes, imports or redefines; imports also by their namespace alone."""
        if path not in self.followed:
            self.followed[path] = tuple(self._followed(path))
        return self.followed[path]

    def _followed(self, path: Path) -> Iterator[Path]:
        for link in self.roots[path].iterchildren(*LINKS):
            found = self.links.target(path, link, wide=True)
            if found.path in self.roots:
                yield found.path
            elif found.needed and found.way is not Way.SILENT:
                raise unreached(found, self.names[path])

    def entries(self, exemplified: frozenset[str]) -> list[Path]:
        """The files that no other one needs; of a circle the one that is most likely meant to be one."""
        needed = {target for path in self.names for target in self.targets(path) if target != path}
        found = [path for path in self.names if path not in needed]
        while rest := sorted(self.names.keys() - self.reached(found)):
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


def unreached(found: Target, file: str) -> PackError:
    """What is the matter with a link that leads to no file of the delivery."""
    if found.way is Way.OUTSIDE:
        return PackError("P022", file=file, target=found.location)
    return PackError("P021", file=file, target=found.location)


def _clark(node: etree._Element, qname: str) -> str:
    prefix, _, local = qname.rpartition(":")
    uri = node.nsmap.get(prefix or None) or node.getroottree().getroot().get("targetNamespace", "")
    return f"{{{uri}}}{local}" if uri else local


def _parsed(path: Path, name: str) -> etree._Element:
    try:
        if path.stat().st_size > MOST_XSD_BYTES:
            raise PackError("P020", file=name, line=0, reason="size")
        root = etree.parse(str(path), parser()).getroot()
    except etree.XMLSyntaxError as fault:
        raise PackError("P020", file=name, line=fault.position[0], reason="xml") from None
    except OSError as fault:
        raise PackError("P020", file=name, line=0, reason=type(fault).__name__) from None
    if root.tag != f"{XS}schema":
        raise PackError("P020", file=name, line=1, reason="root")
    return root


def strict_fault(files: SchemaFiles, notes: Understood, name: str) -> None:
    """Build the schema with xmlschema too; what it refuses and libxml2 accepts is to be decided."""
    fault = strictly.fault_of(files)
    if fault is not None:
        notes.decide("strict", file=name, reason=line(fault[0])[:120])
