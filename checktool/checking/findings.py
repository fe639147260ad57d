"""From hits, tied to nodes, to findings: names of items, XPaths, exact lines and columns."""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import takewhile

from checktool.checking.check import Hit
from checktool.checking.text import NARROW, NUMERIC
from checktool.model.definition import Form, RecordItem
from checktool.model.finding import Finding, Layer, Location, Param, Severity
from checktool.reading.document import Document
from checktool.reading.nodes import Paths, item_path
from checktool.reading.parsing import original
from checktool.reading.positions import locate

_SHORTEST = 3
"""What the names of a group's items share is a name from so many characters on."""
_ENDS = " \u3000"


class Namer:
    """The items of one form: their Japanese names, types, and whether they may be quoted."""

    def __init__(self, form: Form) -> None:
        self._items = {item.path: item for item in form.record or ()}
        self._groups = _named_groups(form.record or ())

    def path(self, hit: Hit) -> str:
        """The item path of a hit."""
        return hit.item_path if hit.item_path is not None else item_path(hit.node, hit.attribute)

    def name(self, path: str) -> str:
        """The Japanese name of an item or group, else its tag."""
        item = self._items.get(path)
        return item.item if item else self._groups.get(path, path.rpartition("/")[2])

    def is_numeric(self, hit: Hit) -> bool:
        """Whether the item is one of numbers or codes, or takes half-width characters only."""
        item = self._items.get(self.path(hit))
        return item is not None and (item.type in NUMERIC or item.charset in NARROW)

    def quotable(self, path: str) -> bool:
        """Whether a value may stand in a redacted report; text outside of the known items may not."""
        item = self._items.get(path)
        return item is not None and item.quotable


def findings_of(
    document: Document,
    namer: Namer,
    layers: dict[Layer, list[Hit]],
    grave: Callable[[Hit], Severity],
    most: int,
) -> tuple[dict[Layer, tuple[Finding, ...]], int]:
    """The findings of a document by layer in document order, and how many were beyond ``most``.

    The gravest are kept, so that a cut never changes the verdict.
    """
    total = sum(map(len, layers.values()))
    if not total:
        return dict.fromkeys(layers, ()), 0
    kept = {id(hit) for hit in sorted((hit for hits in layers.values() for hit in hits),
                                      key=grave, reverse=True)[:most]}  # fmt: skip
    paths = Paths(document.prefix)
    xpaths = {id(hit): paths.xpath(hit.node, hit.attribute)
              for hits in layers.values() for hit in hits if id(hit) in kept}  # fmt: skip
    places = locate(document.text, set(xpaths.values()), document.line, document.column, document.prefix)
    found = {}
    for layer, hits in layers.items():
        made = [_finding(document, namer, hit, xpaths[id(hit)], places, grave(hit))
                for hit in hits if id(hit) in kept]  # fmt: skip
        made.sort(key=lambda one: (one.location.line, one.location.column, one.code))
        found[layer] = tuple(made)
    return found, max(0, total - most)


def _named_groups(record: Sequence[RecordItem]) -> dict[str, str]:
    """Names of groups: what the names of their items begin with, else their section.

    A group that holds all of its section goes by the name of that.
    """
    groups: dict[str, list[RecordItem]] = {}
    for item in record:
        steps = item.path.split("/")
        for end in range(1, len(steps)):
            groups.setdefault("/".join(steps[:end]), []).append(item)
    size = Counter(item.section for item in record)
    found = {}
    for path, items in groups.items():
        columns = zip(*(item.item for item in items), strict=False)
        shared = "".join(chars[0] for chars in takewhile(lambda chars: len(set(chars)) == 1, columns))
        shared = shared.rstrip(_ENDS)
        whole = len(items) == size[items[0].section]
        found[path] = items[0].section if whole or len(items) == 1 or len(shared) < _SHORTEST else shared
    return found


def root_location(document: Document) -> Location:
    """The place of a document's root, for what concerns all of it."""
    root = document.prefix
    places = locate(document.text, {root}, document.line, document.column, root)
    return Location(document.source, root, "", *places.get(root, (0, 0)))


def _finding(
    document: Document,
    namer: Namer,
    hit: Hit,
    xpath: str,
    places: dict[str, tuple[int, int]],
    severity: Severity,
) -> Finding:
    path = namer.path(hit)
    line, column = places.get(xpath, (0, 0))
    location = Location(document.source, xpath, namer.name(path) if path else "", line, column)
    params: list[Param] = [*hit.params]
    if hit.value is not None:
        value = "".join(map(original, hit.value)) if document.mended else hit.value
        params.append(("value", value))
    quoted = () if not hit.value or namer.quotable(path) else ("value", *hit.quotes)
    return Finding(hit.code, severity, location, tuple(params), (*hit.personal, *quoted))
