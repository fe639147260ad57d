"""Which form a document is: by root name and namespace, version and date; near misses are named."""

import re
from dataclasses import dataclass, field
from datetime import date

from lxml import etree

from checktool.model.definition import DefinitionPack, Form
from checktool.reading.faults import ReadFault
from checktool.reading.nodes import local, selector

_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Identified:
    """The form of a document and the day by which its definitions apply.

    ``dated`` is False when the document names no readable day and that of the run stands in.
    """

    form: Form
    day: date
    dated: bool


@dataclass(slots=True)
class Identifier:
    """Knows the forms of one pack."""

    pack: DefinitionPack
    on: date
    _selectors: dict[str, object] = field(default_factory=dict)

    def identify(self, root: etree._Element) -> Identified:
        """The form of a document. Raises ReadFault X105 (no or several forms), X106 (edition)."""
        candidates = [form for form in self.pack.forms if self._is_root(form, root)]
        if not candidates:
            name = etree.QName(root)
            space = name.namespace or ""
            raise ReadFault("X105", root=name.localname, namespace=space, near=self._near(root))
        fitting = [form for form in candidates if self._fits(form, root)]
        if not fitting:
            raise self._unknown_edition(candidates, root)
        if len(fitting) > 1:
            raise ReadFault("X105", fitting="、".join(form.name for form in fitting))
        form = fitting[0]
        found = self._day(form, root)
        day = found or self.on
        if not self.pack.valid_from <= day <= (self.pack.grace_until or self.pack.valid_to):
            raise ReadFault("X106", day=day.isoformat(), period=self._period())
        return Identified(form, day, found is not None)

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

    def _unknown_edition(self, forms: list[Form], root: etree._Element) -> ReadFault:
        known = sorted({version for form in forms for version in form.versions})
        return ReadFault("X106", version=self._version(forms[0], root), available="、".join(known))

    def _period(self) -> str:
        end = self.pack.valid_to.isoformat() if self.pack.valid_to.year < 9999 else ""
        return f"{self.pack.valid_from.isoformat()}～{end}"

    def _near(self, root: etree._Element) -> str:
        """Forms of the same local name in another namespace, as people know them."""
        name = local(str(root.tag)).casefold()
        hits = [form.name for form in self.pack.forms if local(form.root).casefold() == name]
        return "、".join(dict.fromkeys(hits))


def _spaces(root: etree._Element) -> dict[str, str]:
    return {prefix: uri for prefix, uri in root.nsmap.items() if prefix}
