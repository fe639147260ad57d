"""Which edition and form a document is: by root, namespace, version and date; near misses are named."""

import re
from dataclasses import dataclass, field, replace
from datetime import date

from lxml import etree

from checktool.model.definition import LAST_DAY, DefinitionPack, Form
from checktool.model.period import Period, Validity, period_of
from checktool.reading.faults import ReadFault
from checktool.reading.nodes import local, selector

_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Identified:
    """The edition and form of a document, and the day by which its definitions apply.

    ``dated`` is False when the document names no readable day and that of the run stands in. ``ended`` is
    the period of an edition that is over, when the document is accepted in its time of grace.
    """

    pack: DefinitionPack
    form: Form
    day: date
    dated: bool
    ended: Period | None = None


class Identifier:
    """Knows the forms of a pack and of the other editions that it brings along."""

    def __init__(self, pack: DefinitionPack, on: date) -> None:
        """``on`` is the day of documents that name none."""
        every = (pack, *pack.editions)
        self._editions = [_Edition(pack, period_of(pack), on)]
        self._editions += [_Edition(each, period_of(each, every), on) for each in pack.editions]

    def identify(self, root: etree._Element) -> Identified:
        """What a document is: of the pack itself if its day lies in the pack's period, else of the edition
        whose period it is, else of one that still has its time of grace.

        Raises ReadFault X105 (no or several forms), X106 (no edition for its version or its day).
        """
        outside: list[tuple[Identified, Period]] = []
        faults: list[ReadFault] = []
        for edition in self._editions:
            try:
                found = edition.identify(root)
            except ReadFault as fault:
                if dict(fault.params).get("fitting"):
                    raise
                faults.append(fault)
                continue
            if edition.period.on(found.day) is Validity.VALID:
                return found
            outside.append((found, edition.period))
        for found, period in outside:
            if period.on(found.day) is Validity.GRACE:
                return replace(found, ended=period)
        raise _fault([(found.day, period) for found, period in outside], faults)


def _fault(outside: list[tuple[date, Period]], faults: list[ReadFault]) -> ReadFault:
    """The most telling of the reasons why no edition judges a document."""
    if outside:
        periods = dict.fromkeys(_shown(period) for _, period in sorted(outside, key=lambda one: one[1].first))
        return ReadFault("X106", day=outside[0][0].isoformat(), period="、".join(periods))
    versions = [dict(fault.params) for fault in faults if fault.code == "X106"]
    if versions:
        known = {name for each in versions for name in str(each["available"]).split("、") if name}
        return ReadFault("X106", version=versions[0]["version"], available="、".join(sorted(known)))
    return faults[0]


def _shown(period: Period) -> str:
    return f"{period.first.isoformat()}～{period.last.isoformat() if period.last < LAST_DAY else ''}"


@dataclass(slots=True)
class _Edition:
    """Knows the forms of one edition."""

    pack: DefinitionPack
    period: Period
    on: date
    _selectors: dict[str, object] = field(default_factory=dict)

    def identify(self, root: etree._Element) -> Identified:
        """The form of a document, whatever its day. Raises ReadFault X105, X106 (version)."""
        candidates = [form for form in self.pack.forms if self._is_root(form, root)]
        if not candidates:
            if root.tag in self.pack.containers:
                raise ReadFault("X105", container=local(str(root.tag)))
            name = etree.QName(root)
            space = name.namespace or ""
            near = self._near(root)
            raise ReadFault(
                "X105", root=name.localname, namespace=space, near=near, wrapper=self._wrapper(root)
            )
        fitting = [form for form in candidates if self._fits(form, root)]
        if not fitting:
            raise self._unknown_version(candidates, root)
        if len(fitting) > 1:
            raise ReadFault("X105", fitting="、".join(form.name for form in fitting))
        form = fitting[0]
        found = self._day(form, root)
        return Identified(self.pack, form, found or self.on, found is not None)

    def _values(self, path: str, root: etree._Element) -> list[str]:
        if path not in self._selectors:
            self._selectors[path] = selector(path)
        return self._selectors[path](root)  # type: ignore[operator,no-any-return]

    def _is_root(self, form: Form, root: etree._Element) -> bool:
        if form.match:
            return bool(root.getroottree().xpath(f"boolean({form.match})", namespaces=_spaces(root)))
        return form.root == root.tag

    def _version(self, form: Form, root: etree._Element) -> str:
        return "".join(self._values(form.version, root)[:1]) if form.version else ""

    def _fits(self, form: Form, root: etree._Element) -> bool:
        return not form.versions or self._version(form, root) in form.versions

    def _day(self, form: Form, root: etree._Element) -> date | None:
        text = "".join(self._values(form.date, root)[:1]).strip() if form.date else ""
        written = _DAY.match(text)
        try:
            return date.fromisoformat(written.group()) if written else None
        except ValueError:
            return None

    def _unknown_version(self, forms: list[Form], root: etree._Element) -> ReadFault:
        known = sorted({version for form in forms for version in form.versions})
        return ReadFault("X106", version=self._version(forms[0], root), available="、".join(known))

    def _near(self, root: etree._Element) -> str:
        """Forms of the same local name in another namespace, as people know them."""
        name = local(str(root.tag)).casefold()
        hits = [form.name for form in self.pack.forms if local(form.root).casefold() == name]
        return "、".join(dict.fromkeys(hits))

    def _wrapper(self, root: etree._Element) -> str:
        """The root that a multi-record file should have, where one holds documents under another root."""
        first = next((local(str(child.tag)) for child in root.iterchildren(etree.Element)), "")
        known = {local(form.root) for form in self.pack.forms}
        return "、".join(sorted(map(local, self.pack.containers))) if first in known else ""


def _spaces(root: etree._Element) -> dict[str, str]:
    return {prefix: uri for prefix, uri in root.nsmap.items() if prefix}
