"""Checked sessions and opened documents for tests of the page ③."""

import threading
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from checktool.checking.engine import CheckOptions, run
from checktool.definitions.pack import load
from checktool.gui.document.opening import Opened, open_job
from checktool.gui.rows import Row, row_of, rows_judged_anew
from checktool.gui.session import Session
from checktool.model.definition import DefinitionPack
from checktool.reading.sources import list_sources
from checktool.samples.trial import shipped


def checked_session(folder: Path, on: date | None = None, pack: DefinitionPack | None = None) -> Session:
    """A session whose check of a folder is finished, its documents known."""
    session = Session(pack or load())
    session.jobs = 1
    check_again(session, [str(folder)], on or shipped().on)
    return session


def check_again(session: Session, paths: Sequence[str], on: date) -> None:
    """Check paths within a session."""
    session.start(paths, on)
    session.listed(list_sources(paths, session.pack.limits))
    report = run(paths, session.pack, CheckOptions(on=on))
    session.add([row_of(file) for file in report.files])
    session.finish(report, rows_judged_anew(report))


def opened(session: Session, row: Row, line: int = 1, column: int = 1) -> Opened:
    """A document opened at a place, in this thread."""
    result = open_job(session, row, (line, column))(lambda _news: None, threading.Event())
    assert isinstance(result, Opened)
    return result
