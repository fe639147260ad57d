"""The XSD files of a form: read once, kept inside the pack, long enumerations lifted out.

A schema set is the entry file and all that it includes, imports or redefines. libxml2 can be given
the files without enumerations of more than ``LONGEST`` values (they cost it tens of milliseconds a
document); ``checktool.definitions.lifted`` keeps them as sets where that comes to the same.
"""

import copy
from collections.abc import Mapping
from pathlib import Path

from lxml import etree

from checktool.definitions.xsdlinks import LINKS, XS, Links, Target, Way, parser
from checktool.definitions.xsdsize import is_endless
from checktool.errors import PackError

LONGEST = 500


class SchemaFiles:
    """The parsed files of a schema set by absolute path, entry first; ``root`` is the entry's."""

    def __init__(self, entry: Path, folder: Path, links: Links | None = None) -> None:
        """Read the set. Raises PackError P004 (unreadable), P008 (a link leaves the folder)."""
        self.entry = entry.resolve()
        self.roots: dict[Path, etree._Element] = {}
        self.loose: list[tuple[Path, Target]] = []
        self._links = Links(folder) if links is None else links
        self._wide = False
        if not self.entry.is_relative_to(self._links.folder):
            raise PackError("P008", file=self.entry.name, target=entry.name)
        self._read(self.entry)

    @property
    def root(self) -> etree._Element:
        """The root element of the entry file."""
        return self.roots[self.entry]

    def _read(self, path: Path) -> None:
        if path not in self.roots:
            try:
                self.roots[path] = etree.parse(str(path), parser()).getroot()
            except (OSError, etree.XMLSyntaxError) as fault:
                raise PackError("P004", file=path.name, reason=type(fault).__name__) from None
            self._follow(path)

    def _follow(self, path: Path) -> None:
        for link in self.roots[path].iterchildren(*LINKS):
            found = self._links.target(path, link, self._wide)
            if found.path is not None:
                self._read(found.path)
            elif found.needed and found.way is Way.OUTSIDE:
                raise PackError("P008", file=path.name, target=found.location)
            elif found.needed and found.way is Way.MISSING:
                raise PackError("P004", file=found.location, reason="FileNotFoundError")
            elif found.way is not Way.SILENT:
                self.loose.append((path, found))

    def target(self, path: Path, link: etree._Element) -> Path | None:
        """The file that an include, import or redefine of a file names, or None for no file."""
        return self._links.target(path, link, self._wide).path

    def build(self, whole: bool = True) -> etree.XMLSchema:
        """The schema as libxml2 compiles it.

        Where that fails, imports without a location are taken to mean the file of their namespace.
        Raises PackError P004.
        """
        try:
            return self._built(whole)
        except PackError:
            if self._wide:
                raise
            self._wide, known = True, list(self.roots)
            for path in known:
                self._follow(path)
            if len(self.roots) == len(known):
                raise
            return self._built(whole)

    def _built(self, whole: bool) -> etree.XMLSchema:
        reader = parser()
        if is_endless(self.roots.values()):
            raise PackError("P004", file=self.entry.name, reason="size")
        resolver = _Resolver(self, whole)
        reader.resolvers.add(resolver)
        try:
            entry = etree.XML(resolver.data(self.entry), reader, base_url=resolver.names[self.entry])
            return etree.XMLSchema(entry)
        except (etree.XMLSchemaParseError, etree.XMLSyntaxError) as fault:
            raise PackError("P004", file=self.entry.name, reason=type(fault).__name__) from fault

    def is_plain(self) -> bool:
        """Whether any reader of XSDs finds the files of the set by their locations alone."""
        return not self.loose and all(
            root.getroottree().docinfo.internalDTD is None
            and all(self._is_plain(path, link) for link in root.iterchildren(*LINKS))
            for path, root in self.roots.items()
        )

    def _is_plain(self, path: Path, link: etree._Element) -> bool:
        location, found = link.get("schemaLocation"), self.target(path, link)
        return found is None if location is None else found == (path.parent / location).resolve()

    def space(self, path: Path) -> str:
        """The target namespace of a file of the set, empty when it has none."""
        return self.roots[path].get("targetNamespace", "")

    def served(self, path: Path, names: Mapping[Path, str], whole: bool = True) -> bytes:
        """A file of the set whose links have the given names, unless ``whole`` without long enumerations.

        So one file is one document to its reader, however its path is written.
        """
        root = copy.deepcopy(self.roots[path])
        for node in [] if whole else [node for node in root.iter(f"{XS}restriction") if is_long(node)]:
            for value in list(node.iterchildren(f"{XS}enumeration")):
                node.remove(value)
        for node in root.iterchildren(*LINKS):
            target = self.target(path, node)
            name = names.get(target) if target is not None else None
            if name is not None:
                node.set("schemaLocation", name)
            elif node.get("schemaLocation") is not None:
                del node.attrib["schemaLocation"]
        return etree.tostring(root, encoding="UTF-8")


def is_long(restriction: etree._Element) -> bool:
    """Whether an enumeration is so long that it is better lifted out of the schema."""
    return sum(1 for _ in restriction.iterchildren(f"{XS}enumeration")) > LONGEST


class _Resolver(etree.Resolver):
    """Hands libxml2 the files of one set under names of our own."""

    def __init__(self, files: SchemaFiles, whole: bool) -> None:
        self._files, self._whole = files, whole
        self.names = {path: f"checktool:/{number}.xsd" for number, path in enumerate(files.roots)}
        self._paths = {name: path for path, name in self.names.items()}

    def data(self, path: Path) -> bytes:
        """A file as libxml2 gets it."""
        return self._files.served(path, self.names, self._whole)

    def resolve(  # type: ignore[override]
        self, system_url: str, _public_id: str, context: object
    ) -> object:
        """Hand over a file of the set, and nothing else. Raises PackError P008."""
        path = self._paths.get(system_url)
        if path is None:
            raise PackError("P008", file=self._files.entry.name, target=system_url)
        return self.resolve_string(self.data(path), context, base_url=system_url)
