"""Characters item by item: T201 to T215. Each check looks at one value and names the first place.

A value that consists of ordinary characters of its kind is let through at once; only what is left
is looked at closely.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache

from checktool.checking import repertoire
from checktool.checking.check import Hit, Outcome, Subject
from checktool.checking.leaves import Leaf
from checktool.model.definition import Encoding, Form, RecordItem
from checktool.model.finding import Layer, Param, Severity
from checktool.model.report import LayerStatus, Note
from checktool.reading.parsing import PLACEHOLDERS, original

NUMERIC = {"code", "digits", "integer", "decimal", "date", "month"}
NARROW = {"halfwidth", "digits"}
OFFICIAL = "official"
_CONTROL = re.compile(f"[\x7f-\x9f]|{PLACEHOLDERS.pattern}")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_SELECTOR = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef\u180b-\u180d]")
_HALF_KANA = re.compile("[\uff61-\uff9f]")
_WIDE = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_INVISIBLE = re.compile("[\t\u00a0\u00ad\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060\ufeff]")
_BLANKS = " \t\r\n\u3000\u00a0\u200b\ufeff"
_NOT_HIRAGANA = re.compile("[^\u3041-\u3096\u309d\u309e\u30fc\u30fb\u3094 \u3000]")
_LOST = re.compile("\ufffd")
_LOST_IN_NAME = re.compile("\ufffd|[?？]{2,}|[●■〓]")
_LOOKALIKE = re.compile("[\u2010-\u2015\u2212\u30fc\uff70\uff0d\u2500\u4e00OoIl|]")
_ANY_DIGIT = "[0-9\uff10-\uff19]"
_LOOKALIKE_BETWEEN = re.compile(f"(?<={_ANY_DIGIT})[\u2010-\u2015\u2212\u30fc\uff70\u2500](?={_ANY_DIGIT})")
_JOINED_NAME = re.compile("[^\x00-\x7f\\s\u3000][ \u3000\u00a0]+[^\x00-\x7f\\s\u3000]")


class Text:
    """The text layer of one form."""

    layer = Layer.TEXT

    def __init__(self, form: Form, encoding: Encoding) -> None:
        """Take the items of the form's record definition, if it has one."""
        self._items = None if form.record is None else {item.path: item for item in form.record}
        self._ordinary: dict[str, Ordinary] = {}
        names = [item.path for item in form.record or () if item.type == "name"]
        parents = Counter(path.rpartition("/")[0] for path in names)
        self._parted = {path for path in names if parents[path.rpartition("/")[0]] > 1}
        self._repertoire = encoding.repertoire
        self._accepted = repertoire.accepted(encoding.repertoire)
        self._dependent = repertoire.machine_dependent()

    def check(self, subject: Subject) -> Outcome:
        """Look at every value of one document."""
        if self._items is None:
            hits = [hit for raw in subject.leaves for hit in self._forbidden(Leaf(*raw), subject)]
            return Outcome(hits, None if hits else LayerStatus.ABSENT, None if hits else Note("absent"))
        hits = []
        for raw in subject.leaves:
            path, _, _, value = raw
            if not value:
                continue
            item = self._items.get(path)
            if item is None:
                hits += self._forbidden(Leaf(*raw), subject)
            elif not self._is_ordinary(item, value):
                hits += self._close(Leaf(*raw), item, subject)
        return Outcome(hits)

    def _is_ordinary(self, item: RecordItem, value: str) -> object:
        """Whether nothing can be said of a value; how that is told is made for the first one of an item."""
        known = self._ordinary.get(item.path)
        if known is None:
            known = self._ordinary[item.path] = _ordinary(item)
        return known(value)

    @staticmethod
    def _forbidden(leaf: Leaf, subject: Subject) -> Iterator[Hit]:
        """T201; the value is not the document's own then, so no rule shall read it."""
        found = _CONTROL.search(leaf.value)
        if found:
            char = original(found.group()) if subject.document.mended else found.group()
            subject.faulty.add(leaf.path)
            yield _char_hit("T201", leaf, found.start(), char=char)

    def _close(self, leaf: Leaf, item: RecordItem, subject: Subject) -> Iterator[Hit]:
        """Every check of one value; what explains a character keeps later checks from it."""
        value = leaf.value
        yield from self._forbidden(leaf, subject)
        for code, pattern in (("T202", _PRIVATE), ("T204", _SELECTOR)):
            if found := pattern.search(value):
                yield _hit(code, leaf, found)
        yield from self._outside(leaf, item)
        yield from self._widths(leaf, item)
        yield from self._blanks(leaf, item)
        yield from self._by_kind(leaf, item)
        yield from self._lengths(leaf, item)

    def _outside(self, leaf: Leaf, item: RecordItem) -> Iterator[Hit]:
        """T203 and T205: characters outside the repertoire, unless another check speaks of them.

        Which hiragana a kana item may have is for T209 to say (ゔ is not in JIS X 0208).
        """
        if item.charset == OFFICIAL:
            return
        kana = item.charset == "hiragana"
        strange = dependent = -1
        for index, char in enumerate(leaf.value):
            if char in self._dependent:
                dependent = index if dependent < 0 else dependent
            elif strange < 0 and self._accepted and char not in self._accepted and not spoken_of(char):
                strange = -1 if kana and not _NOT_HIRAGANA.match(char) else index
        if strange >= 0:
            yield _char_hit("T203", leaf, strange, more=(("repertoire", self._repertoire),))
        if dependent >= 0:
            graver = Severity.WARNING if self._repertoire == "jisx0208" else None
            yield _char_hit("T205", leaf, dependent, graver)

    def _widths(self, leaf: Leaf, item: RecordItem) -> Iterator[Hit]:
        value = leaf.value
        if found := _HALF_KANA.search(value):
            yield _hit("T206", leaf, found, Severity.ERROR if item.charset == "fullwidth" else None)
        like = None
        if item.type in NUMERIC and not (item.type == "code" and value.isascii()):
            like = _LOOKALIKE.search(value)
        elif item.type == "string":
            like = _LOOKALIKE_BETWEEN.search(value)
        wide = self._wide(value, item)
        if wide >= 0:
            yield _char_hit("T207", leaf, wide)
        if like:
            numeric = item.type in NUMERIC or item.charset in NARROW
            yield _hit("T213", leaf, like, None if numeric else Severity.INFO)

    def _wide(self, value: str, item: RecordItem) -> int:
        """The place of the first full-width character where none may be, -1 where all is well.

        In numbers and codes only digits and letters: tables and rules speak of the rest. Marks like
        hyphens are for T213 to say.
        """
        if item.type in NUMERIC:
            found = _WIDE.search(value)
            return found.start() if found else -1
        if item.charset not in NARROW:
            return -1
        start, end = len(value) - len(value.lstrip(_BLANKS)), len(value.rstrip(_BLANKS))
        like = {found.start() for found in _LOOKALIKE_BETWEEN.finditer(value)}
        wide = (place for place in range(start, end) if place not in like and self._is_wide(value[place]))
        return next(wide, -1)

    def _is_wide(self, char: str) -> bool:
        known = self._accepted is None or char in self._accepted
        spoken = char in self._dependent or not known or spoken_of(char)
        return unicodedata.east_asian_width(char) in "WF" and not spoken

    @staticmethod
    def _blanks(leaf: Leaf, item: RecordItem) -> Iterator[Hit]:
        value = leaf.value
        inner = value if item.type == "freetext" else value.replace("\n", "\t").replace("\r", "\t")
        ends = _BLANKS if item.type != "freetext" else " \u3000\u00a0\u200b\ufeff"
        found = _INVISIBLE.search(inner)
        if value.strip(ends) != value:
            place = 1 if value[0] in ends else len(value.rstrip(ends)) + 1
            where = "end" if place > 1 else "start" if value.strip(ends) else "only"
            yield Hit("T208", leaf.node, leaf.attribute, (("pos", place), ("where", where)), value=value)
        elif found:
            params: tuple[Param, ...] = (("pos", found.start() + 1), ("where", "inside"))
            yield Hit("T208", leaf.node, leaf.attribute, params, value=value)

    def _by_kind(self, leaf: Leaf, item: RecordItem) -> Iterator[Hit]:
        """Kana items, traces of lost characters, parted marks, family and given name in one."""
        value = leaf.value
        if item.charset == "hiragana":
            wrong = (found for found in _NOT_HIRAGANA.finditer(value) if not spoken_of(found.group()))
            if found := next(wrong, None):
                yield _hit("T209", leaf, found)
        if found := (_LOST_IN_NAME if item.type == "name" else _LOST).search(value):
            yield _hit("T210", leaf, found)
        place = next((index for index, char in enumerate(value) if unicodedata.combining(char)), -1)
        if place >= 0:
            yield Hit("T214", leaf.node, leaf.attribute, (("pos", max(place, 1)),), value=value)
        if item.path in self._parted and _JOINED_NAME.search(value):
            yield Hit("T215", leaf.node, leaf.attribute, (), value=value)

    @staticmethod
    def _lengths(leaf: Leaf, item: RecordItem) -> Iterator[Hit]:
        value = leaf.value
        size = len(value) - value.count("\n") if item.type == "freetext" else len(value)
        if item.max_len and size > item.max_len:
            yield Hit("T211", leaf.node, leaf.attribute, (("max", item.max_len), ("n", size)), value=value)
        lines = value.rstrip("\n").count("\n") + 1
        if item.lines and lines > item.lines:
            yield Hit("T212", leaf.node, leaf.attribute, (("max", item.lines), ("n", lines)), value=value)


Ordinary = Callable[[str], object]


@cache
def _plain() -> frozenset[str]:
    """Ordinary characters; what may look like a hyphen between digits is not one."""
    return repertoire.plain() - frozenset(" \u2010\u2015\u2212\u30fc")


def _shape(inside: str, most: int) -> Ordinary:
    return re.compile(f"[{inside}]{{0,{most}}}" if most else f"[{inside}]*").fullmatch


def _ordinary(item: RecordItem) -> Ordinary:
    """True for values of an item about which no check has anything to say; others are looked at."""
    most = item.max_len
    if item.type in NUMERIC:
        return _shape("!-~" if item.type == "code" else "0-9.+:/\\-", most)
    if item.charset == "hiragana":
        return _shape("\u3041-\u3096\u30fc", most)
    if item.charset in NARROW:
        return _shape("!->@-~" if item.type == "name" else "!-~", most)
    if item.type == "freetext" and not most and not item.lines:
        ends, inside = _plain() | {"\u30fc"}, _plain() | set("\u30fc \n")
        return lambda value: value[0] in ends and value[-1] in ends and inside.issuperset(value)
    return lambda value: len(value) <= (most or len(value)) and _plain().issuperset(value)


def spoken_of(char: str) -> bool:
    """Whether another check than the repertoire's says what is the matter with a character."""
    return bool(
        unicodedata.combining(char)
        or char in "\n\r\ufffd"
        or any(pattern.match(char) for pattern in (_CONTROL, _PRIVATE, _SELECTOR, _HALF_KANA, _INVISIBLE))
    )


def _hit(code: str, leaf: Leaf, found: re.Match[str], severity: Severity | None = None) -> Hit:
    return _char_hit(code, leaf, found.start(), severity, found.group())


def _char_hit(
    code: str, leaf: Leaf, index: int, severity: Severity | None = None, char: str = "",
    more: tuple[Param, ...] = (),
) -> Hit:  # fmt: skip
    shown = char or leaf.value[index]
    params: tuple[Param, ...] = (("pos", index + 1), ("ch", shown), *more)
    return Hit(code, leaf.node, leaf.attribute, params, severity=severity, quotes=("ch",), value=leaf.value)
