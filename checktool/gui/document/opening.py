"""The job that reads one document for its views, in a thread beside the window. No Qt."""

import re
import threading
from dataclasses import dataclass
from itertools import accumulate

from checktool.gui.document.markup import Shown, shown
from checktool.gui.document.sheet import Sheet, sheet_of
from checktool.gui.rows import Row
from checktool.gui.session import Session
from checktool.gui.worker import Job, Tell
from checktool.model.finding import Finding, Location, Param, Severity
from checktool.reading.document import Document
from checktool.reading.excerpt import Excerpt
from checktool.reading.faults import ReadFault
from checktool.reading.identify import Identifier
from checktool.reading.outline import values_of
from checktool.reading.reopen import Reopened, reopened

MOST_VALUES = 2_000
_NUMBER = re.compile(r"#(\d+)$")

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Opened:
    """What the views show of a document.

    ``starts`` are the offsets of the lines of the excerpt; ``plain`` and ``hidden`` are it with and without
    its values. ``trouble`` is a finding that says
    why there is no sheet; without one the document is too large for it, or of no known form.
    """

    source: str
    excerpt: Excerpt
    starts: tuple[int, ...]
    plain: Shown
    hidden: Shown
    sheet: Sheet | None = None
    trouble: Finding | None = None

    def offset(self, line: int, column: int) -> int | None:
        """Where a place of the file stands in the excerpt, None when it is not in it."""
        row = line - self.excerpt.line
        if not 0 <= row < len(self.starts):
            return None
        at = self.starts[row] + column - (self.excerpt.column if row == 0 else 1)
        return at if self.starts[row] <= at <= len(self.excerpt.text) else None


def open_job(session: Session, row: Row, place: Place) -> Job:
    """A job that reads a document, its text around a place. Its result is an ``Opened``."""
    name, pack, on = row.report.source, session.pack, session.on
    source = session.source_of(name)
    actual = _actual(row)

    def run(_tell: Tell, stop: threading.Event) -> Opened:
        if source is None:
            return _opened(name, Reopened(), None)
        number = 0 if source.name == name else int((_NUMBER.search(name) or [0, 0])[1])
        found = reopened(source, number, place, pack, stop, actual)
        return _opened(name, found, _sheet(found.document, Identifier(pack, on)))

    return run


def _actual(row: Row) -> str:
    """The encoding that the check found, where the document declares another."""
    named = (
        dict(finding.params).get("actual", "") for finding in row.report.findings if finding.code == "X102"
    )
    return str(next(named, ""))


def _opened(name: str, found: Reopened, sheet: Sheet | None) -> Opened:
    text = found.excerpt.text
    trouble = _finding(name, found.code, found.params) if found.code else None
    starts = tuple(accumulate((len(line) + 1 for line in text.split("\n")[:-1]), initial=0))
    return Opened(name, found.excerpt, starts, shown(text, False), shown(text, True), sheet, trouble)


def _finding(name: str, code: str, params: tuple[Param, ...]) -> Finding:
    return Finding(code, Severity.ERROR, Location(name), params)


def _sheet(document: Document | None, identifier: Identifier) -> Sheet | None:
    if document is None:
        return None
    try:
        known = identifier.identify(document.root)
    except ReadFault:
        return None
    if known.form.record is None:
        return None
    values, count = values_of(document, MOST_VALUES)
    tables = known.pack.tables
    return sheet_of(known.form, document.prefix, values, tables, known.day, max(0, count - len(values)))
