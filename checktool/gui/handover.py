"""What the page ④ knows of a hand-over: which documents go, what is to be confirmed. Plain Python, no Qt."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path

from checktool.gui.rows import Row
from checktool.gui.session import Session
from checktool.handoff.selection import codes_to_confirm, handed_over
from checktool.handoff.writer import HandoffRequest
from checktool.model.report import Verdict
from checktool.reading.sources import Source

CONFIRMATIONS = ("doctor", "not_needed", "arrangement", "other")
"""The reasons for which △ is accepted: ``handoff.reason.<key>``."""
LEAVING = ("no_consent", "asking", "other")
"""The reasons for which a document stays: ``gui.write.leaving.<key>``."""


MAY_GO = (Verdict.CLEAN, Verdict.CONFIRM)


class Fate(Enum):
    """What becomes of a document in a hand-over."""

    GOES = "goes"
    LEFT_OUT = "left_out"
    TO_CONFIRM = "to_confirm"
    TO_CORRECT = "to_correct"
    UNCHECKED = "unchecked"
    WITH_FILE = "with_file"


@dataclass(frozen=True, slots=True)
class Group:
    """The △ documents that one code concerns; ``reason`` is the one given, empty while there is none."""

    code: str
    documents: int
    reason: str


class Contents:
    """What a finished run would hand over by what was confirmed and left out so far.

    ``fates`` has one entry for each row of the session, in its order.
    """

    def __init__(self, session: Session) -> None:
        assert session.report is not None
        codes = codes_to_confirm(session.report)
        count = Counter(code for each in codes.values() for code in each)
        self.groups = [Group(code, count[code], session.confirmed.get(code, "")) for code in sorted(count)]
        going = set(handed_over(session.report, session.confirmed, session.left_out))
        self.fates = [self._fate(session, row, row.report.source in going) for row in session.rows]
        self.count = Counter(self.fates)

    @property
    def going(self) -> int:
        """How many documents go out."""
        return self.count[Fate.GOES]

    def _fate(self, session: Session, row: Row, goes: bool) -> Fate:
        if goes:
            return Fate.GOES
        if row.report.source in session.left_out and row.verdict in MAY_GO:
            return Fate.LEFT_OUT
        return {
            Verdict.CLEAN: Fate.WITH_FILE,
            Verdict.CONFIRM: Fate.TO_CONFIRM,
            Verdict.CORRECT: Fate.TO_CORRECT,
            Verdict.UNCHECKED: Fate.UNCHECKED,
        }[row.verdict]


def request_of(session: Session, to: Path, dest: str = "", zipped: bool = False) -> HandoffRequest:
    """What the window asks the hand-over for; the day is that of the check."""
    assert session.report is not None
    return HandoffRequest(
        to=to,
        on=date.fromisoformat(session.report.on),
        confirmed=dict(session.confirmed),
        leave_out=frozenset(session.left_out),
        by=session.operator,
        dest=dest,
        zip=zipped,
    )


def readable_sources(session: Session) -> list[Source]:
    """The files of the run that could be opened."""
    return [source for source in session.sources if isinstance(source, Source)]
