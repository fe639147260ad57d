"""The XSD files of a form: read once, kept inside the pack, long enumerations lifted out.

A schema set is the entry file and all that it includes, imports or redefines. libxml2 gets the
files without enumerations of more than ``LONGEST`` values (they cost it tens of milliseconds a
document); ``checktool.definitions.contentmodel`` keeps them as sets.
"""

import copy
import re
from pathlib import Path

from lxml import etree

from checktool.errors import PackError

XS = "{http://www.w3.org/2001/XMLSchema}"
LONGEST = 500
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:|[/\\]")
_SERVED = re.compile(r"checktool:/([0-9]+)\.xsd")
_LINKS = (f"{XS}include", f"{XS}import", f"{XS}redefine")


class SchemaFiles:
    """The parsed files of a schema set by absolute path, entry first; ``root`` is the entry's."""

    def __init__(self, entry: Path, folder: Path) -> None:
        """Read the set. Raises PackError P004 (unreadable), P008 (a link leaves the folder)."""
        self.folder = folder.resolve()
        self.entry = entry.resolve()
        self.roots: dict[Path, etree._Element] = {}
        self._read(self.entry, entry.name)

    @property
    def root(self) -> etree._Element:
        """The root element of the entry file."""
        return self.roots[self.entry]

    def _read(self, path: Path, link: str) -> None:
        if path in self.roots:
            return
        if not path.is_relative_to(self.folder):
            raise PackError("P008", file=self.entry.name, target=link)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            root = etree.parse(str(path), parser).getroot()
        except (OSError, etree.XMLSyntaxError) as fault:
            raise PackError("P004", file=path.name, reason=type(fault).__name__) from None
        self.roots[path] = root
        for node in root.iterchildren(*_LINKS):
            target = self.target(path, node)
            if target is not None:
                self._read(target, node.get("schemaLocation", ""))

    def target(self, path: Path, link: etree._Element) -> Path | None:
        """The file that an include, import or redefine of a file names, or None for no file."""
        location = link.get("schemaLocation")
        if location is None:
            return None
        if _SCHEME.match(location):
            raise PackError("P008", file=path.name, target=location)
        return (path.parent / location).resolve()

    def build(self) -> etree.XMLSchema:
        """The schema as libxml2 compiles it. Raises PackError P004."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        parser.resolvers.add(_Resolver(self))
        try:
            entry = etree.XML(self.served(self.entry), parser, base_url=self._url(self.entry))
            return etree.XMLSchema(entry)
        except (etree.XMLSchemaParseError, etree.XMLSyntaxError) as fault:
            raise PackError("P004", file=self.entry.name, reason=type(fault).__name__) from None

    def _url(self, path: Path) -> str:
        return f"checktool:/{list(self.roots).index(path)}.xsd"

    def served(self, path: Path) -> bytes:
        """A file of the set as libxml2 gets it: long enumerations lifted, links to names of its own.

        So one file is one document to libxml2, however its path is written.
        """
        root = copy.deepcopy(self.roots[path])
        for node in [node for node in root.iter(f"{XS}restriction") if is_long(node)]:
            for value in list(node.iterchildren(f"{XS}enumeration")):
                node.remove(value)
        for node in root.iterchildren(*_LINKS):
            target = self.target(path, node)
            if target is not None:
                node.set("schemaLocation", self._url(target))
        return etree.tostring(root, encoding="UTF-8")

    def serve(self, url: str) -> bytes:
        """The file behind a link. Raises PackError P008 for any other."""
        found = _SERVED.fullmatch(url)
        if found is None:
            raise PackError("P008", file=self.entry.name, target=url)
        return self.served(list(self.roots)[int(found.group(1))])


def is_long(restriction: etree._Element) -> bool:
    """Whether an enumeration is lifted out of the schema."""
    return sum(1 for _ in restriction.iterchildren(f"{XS}enumeration")) > LONGEST


class _Resolver(etree.Resolver):
    def __init__(self, files: SchemaFiles) -> None:
        self._files = files

    def resolve(  # type: ignore[override]
        self, system_url: str, _public_id: str, context: object
    ) -> object:
        """Hand libxml2 only files that belong to the set."""
        return self.resolve_string(self._files.serve(system_url), context, base_url=system_url)
