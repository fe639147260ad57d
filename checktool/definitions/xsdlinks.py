"""Which file of a folder an include, import or redefine of an XSD means.

By W3C XML Schema 1.0 part 1 section 4.2 the location of an import is a hint: where it leads nowhere, the
namespace says which file is meant. Nothing outside the folder is reached.
"""

import re
import unicodedata
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from checktool.paths import resource

XS = "{http://www.w3.org/2001/XMLSchema}"
LINKS = (f"{XS}include", f"{XS}import", f"{XS}redefine")
XML = "http://www.w3.org/XML/1998/namespace"
_QUOTED = re.compile("(?:%[0-9A-Fa-f]{2})+")
_REMOTE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:|[/\\]")


class Way(StrEnum):
    """How a location leads to no file: it names none, one outside the folder, one that is not there."""

    SILENT = "silent"
    OUTSIDE = "outside"
    MISSING = "missing"


class Target(NamedTuple):
    """What a link means: a file, or why there is none; ``needed`` unless the link is only a hint."""

    path: Path | None
    way: Way | None = None
    location: str = ""
    needed: bool = False


def parser() -> etree.XMLParser:
    """A parser for XSDs: entities of the file itself are put in, nothing beyond it is reached."""
    return etree.XMLParser(
        resolve_entities="internal",  # type: ignore[arg-type]  # lxml 5 and newer
        no_network=True,
        load_dtd=False,
    )


class Links:
    """The XSDs below one folder, as links of one of them may mean them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()

    def target(self, path: Path, link: etree._Element, wide: bool = False) -> Target:
        """What a link in a file means; with ``wide`` an import without location too, by its namespace."""
        location = link.get("schemaLocation")
        needed = link.tag != f"{XS}import"
        found = Target(None, Way.SILENT, "", needed) if location is None else self._located(path, location)
        if found.path is None and not needed and (wide or found.way is not Way.SILENT):
            other = self._of_namespace(link.get("namespace", ""), location or "")
            if other is not None and other != path:
                return Target(other)
        return found._replace(needed=needed)

    def _located(self, path: Path, location: str) -> Target:
        if _REMOTE.match(location):
            return Target(None, Way.OUTSIDE, location)
        written = location.strip().replace("\\", "/").partition("#")[0]
        for name in dict.fromkeys((written, _unquoted(written))):
            found = (path.parent / name).resolve()
            if not found.is_relative_to(self.folder):
                return Target(None, Way.OUTSIDE, location)
            found = found if found.is_file() else self._alike.get(_folded(found), found)
            if found.is_file():
                return Target(found)
        return Target(None, Way.MISSING, location)

    @cached_property
    def _files(self) -> tuple[Path, ...]:
        return tuple(path for path in sorted(self.folder.rglob("*")) if path.suffix.lower() == ".xsd")

    @cached_property
    def _alike(self) -> dict[str, Path]:
        """Files by names without case and composition: what Windows and macOS take for the same."""
        return {_folded(path): path.resolve() for path in self._files}

    @cached_property
    def _spaces(self) -> dict[str, list[Path]]:
        found: dict[str, list[Path]] = {}
        for path in self._files:
            try:
                root = etree.parse(str(path), parser()).getroot()
            except (OSError, etree.XMLSyntaxError):
                continue
            found.setdefault(root.get("targetNamespace", ""), []).append(path.resolve())
        return found

    def _of_namespace(self, namespace: str, location: str) -> Path | None:
        """The only file of a namespace, or the one of the location's name; XML's own is always at hand."""
        files = self._spaces.get(namespace, [])
        name = location.replace("\\", "/").rpartition("/")[2]
        named = [path for path in files if path.name == name]
        if len(named) == 1 or len(files) == 1:
            return (named or files)[0]
        return resource("xsd", "xml.xsd").resolve() if namespace == XML else None


def _unquoted(location: str) -> str:
    """A location without the percent signs of addresses; what they spell is UTF-8."""
    return _QUOTED.sub(
        lambda found: bytes.fromhex(found[0].replace("%", "")).decode("utf-8", "replace"), location
    )


def _folded(path: Path) -> str:
    return unicodedata.normalize("NFC", path.as_posix()).casefold()
