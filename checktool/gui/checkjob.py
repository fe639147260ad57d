"""The check as a job for a worker: list the documents, pull the engine, tell row after row."""

import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace

from checktool.gui.comparison import Changes, compare
from checktool.gui.rows import Row, row_of, rows_judged_anew
from checktool.gui.session import Session, record_free
from checktool.gui.worker import Job, Tell
from checktool.model.report import CheckReport, Note
from checktool.reading.sources import Refused, Source, list_sources
from checktool.settings import policy

MANY = 200
"""From so many documents on several processes check, one fewer than the PC has: one is the window's."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Told first: the documents behind the paths."""

    sources: tuple[Source | Refused, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """The result of the job: the report, the rows that other documents' findings changed, the comparison."""

    report: CheckReport
    changed: dict[int, Row]
    changes: Changes | None


@dataclass(frozen=True, slots=True)
class Left:
    """The result of ``left_job``: a row for each document that was not begun."""

    rows: tuple[Row, ...]


def left_job(session: Session) -> Job:
    """A job for a run that was given up: the documents it had not reached, unchecked."""
    sources, last = session.sources, session.rows[-1].report.source if session.rows else ""

    def run(_tell: Tell, _stop: threading.Event) -> Left:
        from checktool.checking.judge import unfinished  # not before the window is shown

        places = {each.name: place for place, each in enumerate(sources, 1)}
        reached = places.get(last) or places.get(record_free(last), 0)
        reports = (unfinished(each.name, "", (), Note("stopped")) for each in sources[reached:])
        return Left(tuple(map(row_of, reports)))

    return run


def check_job(session: Session, paths: Sequence[str]) -> Job:
    """A job over paths by the pack of a session. It tells ``Listed``, then a ``Row`` a document.

    It raises ReadError for a path that is gone, SettingsError, and PackError.
    """
    pack, previous = session.pack, session.previous
    on, jobs = session.on, session.jobs

    def run(tell: Tell, stop: threading.Event) -> Checked:
        from checktool.checking.engine import CheckOptions, check  # not before the window is shown

        options = CheckOptions(on=on, jobs=jobs, hospital=policy().hospital)
        sources = list_sources(paths, pack.limits)
        tell(Listed(tuple(sources)))
        if jobs is None and len(sources) >= MANY:
            options = replace(options, jobs=max(1, (os.cpu_count() or 1) - 1))
        for item in check(sources, pack, options, stop):
            if isinstance(item, CheckReport):
                compared = compare(previous, item) if previous and item.completed else None
                return Checked(item, rows_judged_anew(item), compared)
            tell(row_of(item))
        raise RuntimeError("the engine ended without a report")

    return run
