"""Where a finding stands: its section and item by the record definition, its entry in a sheet. No Qt."""

import re
from collections.abc import Iterable
from itertools import chain

from checktool.gui.document.sheet import Entry, Sheet
from checktool.gui.rows import AnyFinding
from checktool.model.definition import DefinitionPack, RecordItem
from checktool.model.finding import Finding

_POSITION = re.compile(r"\[\d+\]")
_RECORD = re.compile(r"#\d+$")

WHOLE = -1
"""The place of a finding that concerns no item but the document."""


class Guide:
    """Knows the items of the forms of a pack by their path; those of one id are looked through together."""

    def __init__(self, pack: DefinitionPack) -> None:
        self._items: dict[str, dict[str, RecordItem]] = {}
        self._groups: dict[str, dict[str, str]] = {}
        for form in pack.forms:
            items = self._items.setdefault(form.id, {})
            groups = self._groups.setdefault(form.id, {})
            for item in form.record or ():
                items.setdefault(item.path, item)
                steps = item.path.split("/")
                for end in range(1, len(steps)):
                    groups.setdefault("/".join(steps[:end]), item.section)

    def sections(self, form: str) -> list[str]:
        """The sections of a form in their order."""
        return list(dict.fromkeys(item.section for item in self._items.get(form, {}).values()))

    def section(self, form: str, finding: AnyFinding) -> str:
        """The section of the form in which a finding stands; empty when it concerns the whole document."""
        if not isinstance(finding, Finding) or not finding.location.xpath or form not in self._items:
            return ""
        path, items = path_of(finding), self._items[form]
        named = (item.section for item in items.values() if item.item == finding.location.item)
        if path in items:
            return items[path].section
        steps, groups = path.split("/"), self._groups[form]
        around = ("/".join(steps[:end]) for end in range(len(steps), 0, -1))
        outer = (groups[one] for one in around if one in groups)
        return groups.get(path, "") or next(named, "") or next(outer, "")


def path_of(finding: Finding) -> str:
    """The item path of the node at which a finding stands, below the root of its document."""
    steps = _POSITION.sub("", finding.location.xpath).split("/")
    return "/".join(steps[3 if _RECORD.search(finding.location.source) else 2 :])


class Places:
    """Finds the entries of one sheet at which findings stand."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._at: dict[str, list[int]] = {}
        self._named: dict[str, list[int]] = {}
        self._inside: dict[str, int] = {}
        for number, entry in enumerate(sheet.entries):
            self._named.setdefault(entry.label, []).append(number)
            if entry.xpath:
                self._at.setdefault(entry.xpath, []).append(number)
            around = entry.within
            while around and self._inside.setdefault(around, number) == number:
                around = around.rpartition("/")[0]

    def of(self, finding: AnyFinding) -> int:
        """The number of the entry of a finding, WHOLE when there is none for it.

        Its own entry goes before that of a missing item of its name, before any entry at its place, before
        one of its name or at all inside its element.
        """
        if not isinstance(finding, Finding) or not finding.location.xpath:
            return WHOLE
        xpath, item = finding.location.xpath, finding.location.item
        entries, named = self._sheet.entries, self._named.get(item, []) if item else []
        here = self._at.get(xpath, [])
        missing = (
            number for number in named if entries[number].value is None and _near(entries[number], xpath)
        )
        inside = (number for number in named if entries[number].xpath.startswith(f"{xpath}/"))
        exact = (number for number in here if number in named)
        found = _first(chain(exact, missing, here, inside))
        if found != WHOLE or xpath == self._sheet.root:
            return found
        return self._inside.get(xpath, WHOLE)


def _near(entry: Entry, xpath: str) -> bool:
    """Whether an item that is not there would stand in or around the element of a finding."""
    within = f"{entry.within}/"
    return within.startswith(f"{xpath}/") or f"{xpath}/".startswith(within)


def _first(numbers: Iterable[int]) -> int:
    return next(iter(numbers), WHOLE)
