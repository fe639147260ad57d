"""The XSD files of a form: read once, kept inside the pack, long enumerations lifted out.

A schema set is the entry file and all that it includes, imports or redefines. libxml2 gets the
files without enumerations of more than ``LONGEST`` values (they cost it tens of milliseconds a
document); ``checktool.definitions.contentmodel`` keeps them as sets.
"""

import copy
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree

from checktool.errors import PackError

XS = "{http://www.w3.org/2001/XMLSchema}"
LONGEST = 500
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
        parts = urlsplit(location)
        if parts.scheme or parts.netloc:
            raise PackError("P008", file=path.name, target=location)
        return (path.parent / unquote(parts.path)).resolve()

    def build(self) -> etree.XMLSchema:
        """The schema as libxml2 compiles it. Raises PackError P004."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        parser.resolvers.add(_Resolver(self))
        try:
            entry = etree.XML(self.lifted(self.entry), parser, base_url=str(self.entry))
            return etree.XMLSchema(entry)
        except (etree.XMLSchemaParseError, etree.XMLSyntaxError) as fault:
            raise PackError("P004", file=self.entry.name, reason=type(fault).__name__) from None

    def lifted(self, path: Path) -> bytes:
        """A file of the set without its long enumerations."""
        root = self.roots[path]
        long = [node for node in root.iter(f"{XS}restriction") if is_long(node)]
        if long:
            root = copy.deepcopy(root)
            for node in [node for node in root.iter(f"{XS}restriction") if is_long(node)]:
                for value in list(node.iterchildren(f"{XS}enumeration")):
                    node.remove(value)
        return etree.tostring(root.getroottree(), encoding="UTF-8")


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
        path = Path(unquote(urlsplit(system_url).path) if "://" in system_url else system_url).resolve()
        if path not in self._files.roots:
            raise PackError("P008", file=self._files.entry.name, target=path.name)
        return self.resolve_string(self._files.lifted(path), context, base_url=str(path))
