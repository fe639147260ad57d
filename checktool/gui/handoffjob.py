"""The hand-over as jobs for a worker: look at a destination, write and read back."""

import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from checktool.errors import CheckToolError
from checktool.gui.handover import readable_sources
from checktool.gui.session import Session
from checktool.gui.worker import Job, Tell
from checktool.handoff.writer import HandoffRequest, space_needed, write
from checktool.model.report import CheckReport
from checktool.reading.sources import list_sources
from checktool.settings import policy

CHECKING = "checking"


@dataclass(frozen=True, slots=True)
class Stage:
    """Told while it works: a stage (``gui.write.stage.<name>``), how many are done, how many there are."""

    name: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Place:
    """What was found at a destination: whether it is there and a folder, the bytes free and needed."""

    path: Path
    there: bool
    usable: bool
    free: int = 0
    needed: int = 0

    @property
    def lacking(self) -> int:
        """The bytes that are missing, 0 when there is room."""
        return max(0, self.needed - self.free)


class StoppedError(Exception):
    """The person at work asked to stop."""


def look_job(session: Session, request: HandoffRequest) -> Job:
    """A job that looks at the destination of a request; its result is a ``Place``."""
    report, sources, pack = session.report, readable_sources(session), session.pack
    assert report is not None

    def look(_tell: Tell, _stop: threading.Event) -> Place:
        try:
            there = request.to.exists()
            nearest = next(step for step in (request.to, *request.to.parents) if step.exists())
            free = shutil.disk_usage(nearest).free if nearest.is_dir() else 0
            usable = nearest.is_dir()
        except (OSError, StopIteration):
            return Place(request.to, there=False, usable=False)
        return Place(request.to, there, usable, free, space_needed(report, sources, pack, request))

    return look


def handoff_job(session: Session, request: HandoffRequest) -> Job:
    """A job that writes a package and reads it back. It tells ``Stage`` and answers a HandoffResult.

    Stopped, it answers None and leaves nothing. It raises what ``handoff.writer.write`` raises.
    """
    report, sources, pack, wording = session.report, readable_sources(session), session.pack, session.wording
    jobs = session.jobs
    assert report is not None

    def run(tell: Tell, stop: threading.Event) -> object:
        def watch(name: str, done: int, total: int) -> None:
            if stop.is_set():
                raise StoppedError
            tell(Stage(name, done, total))

        def check_again(data: Path) -> CheckReport:
            return _check(data, watch, stop)

        try:
            return write(report, sources, pack, request, wording, check_again, watch)
        except StoppedError:
            return None

    def _check(data: Path, watch: Callable[[str, int, int], None], stop: threading.Event) -> CheckReport:
        from checktool.checking.engine import CheckOptions, check  # not before the window is shown

        on = date.fromisoformat(report.on)
        listed = list_sources([str(data)], pack.limits)
        options = CheckOptions(on=on, jobs=jobs, hospital=policy().hospital)
        for done, item in enumerate(check(listed, pack, options, stop), start=1):
            if isinstance(item, CheckReport):
                if stop.is_set():
                    raise StoppedError
                return item
            watch(CHECKING, min(done, len(listed)), len(listed))
        raise CheckToolError("E070")

    return run
