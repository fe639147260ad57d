"""What of names and values a report shows: everything, a redacted view, or no value at all."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from checktool.model.finding import BatchFinding, Finding, Param
from checktool.model.report import CheckReport, Note
from checktool.wording import Explanation, Wording

STAR = "＊"


class Values(Enum):
    """Which values of items a report quotes."""

    ALL = "all"
    QUOTABLE = "quotable"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """How a report is asked for; ``colour`` only means something on a terminal."""

    redact: bool = False
    colour: bool = False


@dataclass(frozen=True)
class Mask:
    """Words findings as far as they may be shown.

    ``names`` maps the source of every document to the name shown for it; a source that is missing
    there shows as it is.
    """

    wording: Wording
    values: Values = Values.ALL
    names: Mapping[str, str] = field(default_factory=dict)

    def name(self, source: str) -> str:
        """The name shown for a document."""
        return self.names.get(source, source)

    def value(self, found: Finding | BatchFinding) -> str:
        """The value shown for a finding; empty where it quotes none."""
        value = str(dict(found.params).get("value", ""))
        return _star(value) if "value" in self._hidden(found) else value

    def explain(self, found: Finding | BatchFinding) -> Explanation:
        """The words of a finding, with what is not shown replaced by ``＊``."""
        shown = replace(found, params=self._renamed(found.params), personal=self._hidden(found))
        return self.wording.explain(shown, None if self.values is Values.ALL else _star)

    def who(self, code: str, chosen: str = "") -> str:
        """Who mends what a code says, in words, or who was chosen to; empty where nobody is named."""
        who = chosen or self.wording.rule(code).who
        try:
            return self.wording.say(f"report.who.{who}") if who else ""
        except KeyError:
            return who

    def note(self, note: Note | None) -> str:
        """The words of a note, with renamed documents; empty without a note."""
        return self.wording.note(note and replace(note, params=self._renamed(note.params)))

    def _hidden(self, found: Finding | BatchFinding) -> tuple[str, ...]:
        if self.values is Values.ALL:
            return ()
        if self.values is Values.QUOTABLE:
            return found.personal
        item = found.location.item if isinstance(found, Finding) else found.item
        return tuple(name for name, value in found.params if isinstance(value, str) and value != item)

    def _renamed(self, params: tuple[Param, ...]) -> tuple[Param, ...]:
        return tuple((key, self.name(value) if isinstance(value, str) else value) for key, value in params)


def mask_for(report: CheckReport, wording: Wording, options: ReportOptions) -> Mask:
    """The mask that options ask for; redacted documents are ``#1``, ``#2`` … in their order."""
    if not options.redact:
        return Mask(wording)
    names: dict[str, str] = {}
    for number, file in enumerate(report.files, start=1):
        names[file.source] = f"#{number}"
        whole, record, _ = file.source.rpartition("#")
        if record:
            names.setdefault(whole, f"#{number}")
    return Mask(wording, Values.QUOTABLE, names)


def _star(value: str) -> str:
    return STAR if value else ""
