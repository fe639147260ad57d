"""What all forms of the report say: the changes as sentences, the flips with their codes' titles."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from checktool.checking.flips import Flip, Flips
from checktool.definitions.comparison.change import Change, Section
from checktool.model.report import PackInfo, Verdict
from checktool.wording import Wording

FEW = 10
_OWN_WORDS = {
    Section.CODES: ("added", "removed", "renamed", "period", "field", "rows"),
    Section.PROFILES: ("severity", "reason"),
}
_WORD_KEYS = {"status", "required", "personal", "past", "severity", "charset", "type"}


@dataclass(frozen=True, slots=True)
class Compared:
    """Two packs, what differs, and what that means for some documents (None: not asked)."""

    one: PackInfo
    other: PackInfo
    changes: Sequence[Change]
    flips: Flips | None = None
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not self.changes and not (self.flips and (self.flips.documents or self.flips.outside))


@dataclass(frozen=True, slots=True)
class Row:
    """One change in words."""

    section: str
    kind: str
    subject: str
    text: str
    change: Change


def rows(compared: Compared, wording: Wording) -> list[Row]:
    """Every change in words, in order."""
    return [
        Row(
            wording.say(f"pack_diff.section.{change.section}"),
            wording.say(f"pack_diff.kind.{change.kind}"),
            change.subject,
            sentence(change, wording),
            change,
        )
        for change in compared.changes
    ]


def sentence(change: Change, wording: Wording) -> str:
    """A change as a sentence."""
    params: dict[str, str | int] = {**dict(change.params), "subject": change.subject}
    for name in ("before", "after", "severity", "type"):
        if name in params:
            params[name] = _shown(change, name, str(params[name]), wording)
    if "before" not in params or change.key in _OWN_WORDS.get(change.section, ()):
        return wording.say(f"pack_diff.say.{change.section}.{change.key}", **_optional(params, wording))
    fact = change.subject if change.section is Section.LIMITS else change.key
    params["fact"] = wording.say(f"pack_diff.fact.{change.section}.{fact}")
    return wording.say(f"pack_diff.changed.{change.section}", **params)


def _optional(params: dict[str, str | int], wording: Wording) -> dict[str, str | int]:
    """Parts of a sentence that are said only when there is something."""
    for name in ("period", "start"):
        if name in params:
            params[name] = (
                wording.say(f"pack_diff.part.{name}", **{name: params[name]}) if params[name] else ""
            )
    return params


def _shown(change: Change, name: str, value: str, wording: Wording) -> str:
    key = name if name in ("severity", "type") else change.key
    if not value:
        return wording.say("pack_diff.nothing")
    if key == "status":
        return wording.say(f"report.status.{value}")
    return wording.say(f"pack_diff.word.{key}.{value}") if key in _WORD_KEYS else value


def sections(
    compared: Compared, wording: Wording, everything: bool
) -> Iterator[tuple[str, int, list[Row], int]]:
    """(heading, number of changes, rows to be shown, rows left out) of each section that has any.

    Of one kind of change of a code table only the first are shown unless ``everything`` is asked.
    """
    told = rows(compared, wording)
    for section in Section:
        mine = [row for row in told if row.change.section is section]
        if not mine:
            continue
        shown, seen = [], dict[tuple[str, str], int]()
        for row in mine:
            group = (row.change.param("table") or section.value, row.change.key)
            seen[group] = seen.get(group, 0) + 1
            if everything or section is not Section.CODES or seen[group] <= FEW:
                shown.append(row)
        yield mine[0].section, len(mine), shown, len(mine) - len(shown)


def pack_line(info: PackInfo, wording: Wording) -> str:
    """Title, edition and status of a pack."""
    status = wording.say(f"report.status.{info.status}")
    return wording.say("report.pack", title=info.title, edition=info.edition, status=status)


def verdict(value: Verdict, info: PackInfo, wording: Wording) -> str:
    """A verdict with its sign; with a sample pack it says so."""
    mark, word = wording.say(f"report.mark.{value}"), wording.say(f"report.verdict.{value}")
    sample = wording.say("report.sample_mark") if info.status == "sample" else ""
    return wording.say("report.result", mark=mark, word=word, sample=sample)


def outside(compared: Compared, wording: Wording) -> str:
    """What is said of documents outside the period of one pack; empty without any."""
    found = compared.flips.outside if compared.flips is not None else ()
    if not found:
        return ""
    more = wording.say("pack_diff.more", count=len(found) - FEW) if len(found) > FEW else ""
    return wording.say("pack_diff.outside", count=len(found), sources="、".join(found[:FEW]), more=more)


def why(flip: Flip, compared: Compared, wording: Wording) -> list[str]:
    """Which findings come and go, with their titles."""
    said = []
    parts = (("appeared", flip.appeared), ("disappeared", flip.disappeared), ("regraded", flip.regraded))
    for key, codes in parts:
        if codes:
            named = [f"{code} {compared.titles.get(code, '')}".strip() for code in codes]
            said.append(wording.say(f"pack_diff.{key}", codes="、".join(named)))
    return said or [wording.say("pack_diff.otherwise")]
