"""Exact lines and columns of elements and attributes, by one expat pass over a document's text.

libxml2 knows no columns and its line numbers end at 65535; a document with findings is therefore read
once more, and no further than its last wanted place.
"""

import re
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field
from xml.parsers import expat

Place = tuple[int, int]

STEP = re.compile(r"/([^\[\]/@]+)\[([1-9]\d*)\]")
XPATH = re.compile(rf"(?:{STEP.pattern})+(?:/@([^\[\]/@]+))?")
TAG_NAME = re.compile(rb"<[^\s/>]+")
ATTRIBUTE = re.compile(rb"""\s+([^\s=]+)\s*=\s*(?:"[^"]*"|'[^']*')""")
LINE_END = re.compile(r"\r\n?|\n")


def locate(
    text: str, wanted: Collection[str], line: int = 1, column: int = 1, root: str = ""
) -> dict[str, Place]:
    """Where the wanted XPaths stand: 1-based line and column, counted in characters.

    An XPath has local names with positions (``/Form[1]/Item[2]``, ``/Form[1]/@kind``); an element's place
    is its ``<``, an attribute's its name. ``text`` is one decoded document, or one record cut out of it:
    then ``line`` and ``column`` say where it begins and ``root`` is the XPath of its first element.
    What is not there, or stands behind a fault of the XML, is left out.
    """
    data = text.removeprefix("\ufeff").encode("utf-8", "surrogatepass")
    search = _Search(data, wanted, root)
    if search.left:
        with suppress(expat.ExpatError, _EndOfSearch):
            search.parser.Parse(data, True)
    return {
        xpath: (line + row - 1, place + column - 1 if row == 1 else place)
        for xpath, (row, place) in search.found.items()
    }


class _EndOfSearch(Exception):  # noqa: N818 - ends the parse, is no error
    """Nothing is left to look for, or the document is one that is never checked."""


@dataclass(slots=True)
class _Step:
    """An element on the way to a wanted place: what is wanted here, and which children lead on."""

    element: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    children: dict[str, dict[int, "_Step"]] = field(default_factory=dict)


def _way_to(wanted: Collection[str], above: str) -> tuple[_Step, int]:
    """The tree of steps to the wanted XPaths that begin below ``above``, and how many these are."""
    top = _Step()
    known = 0
    for xpath in wanted:
        inner = xpath.removeprefix(above)
        match = XPATH.fullmatch(inner)
        if match is None:
            continue
        known += 1
        step = top
        for name, position in STEP.findall(inner):
            step = step.children.setdefault(name, {}).setdefault(int(position), _Step())
        if match[3]:
            step.attributes[match[3]] = xpath
        else:
            step.element = xpath
    return top, known


class _Search:
    """One pass: follows the wanted steps, passes over every other subtree."""

    def __init__(self, data: bytes, wanted: Collection[str], root: str) -> None:
        above = root.rpartition("/")[0]
        top, self.left = _way_to(wanted, above)
        first = STEP.fullmatch(root.removeprefix(above))
        self._data = data
        self._open = [(top, {first[1]: int(first[2]) - 1} if first else {})]
        self._passed_over = 0
        self.found: dict[str, Place] = {}
        self.parser = expat.ParserCreate("UTF-8")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._refuse

    def _start(self, tag: str, _attributes: dict[str, str]) -> None:
        if self._passed_over:
            self._passed_over += 1
            return
        above, counts = self._open[-1]
        name = tag.rpartition(":")[2]
        positions = above.children.get(name)
        if positions is None:
            self._passed_over = 1
            return
        counts[name] = position = counts.get(name, 0) + 1
        step = positions.get(position)
        if step is None:
            self._passed_over = 1
            return
        self._open.append((step, {}))
        if step.element or step.attributes:
            self._note(step)

    def _end(self, _tag: str) -> None:
        if self._passed_over:
            self._passed_over -= 1
        else:
            self._open.pop()

    def _refuse(self, *_doctype: object) -> None:
        raise _EndOfSearch

    def _note(self, step: _Step) -> None:
        place = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        if step.element:
            self.found[step.element] = place
            self.left -= 1
        if step.attributes:
            names = _attribute_places(self._data, self.parser.CurrentByteIndex, place)
            there = {xpath: names[name] for name, xpath in step.attributes.items() if name in names}
            self.found.update(there)
            self.left -= len(there)
        if not self.left:
            raise _EndOfSearch


def _attribute_places(data: bytes, start: int, place: Place) -> dict[str, Place]:
    """The places of a start tag's attributes by local name; of two that share it, the one without prefix."""
    places: dict[str, Place] = {}
    plain: set[str] = set()
    name = TAG_NAME.match(data, start)
    end = name.end() if name else start
    while attribute := ATTRIBUTE.match(data, end):
        prefix, _, local = attribute[1].decode("utf-8").rpartition(":")
        if prefix != "xmlns" and local not in plain and (not prefix or local not in places):
            places[local] = _moved(place, data[start : attribute.start(1)].decode("utf-8"))
        if not prefix:
            plain.add(local)
        end = attribute.end()
    return places


def _moved(place: Place, passed: str) -> Place:
    """The place behind a text that begins at ``place``."""
    lines = LINE_END.split(passed)
    line, column = place
    return (line, column + len(passed)) if len(lines) == 1 else (line + len(lines) - 1, len(lines[-1]) + 1)
