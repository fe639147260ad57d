"""What ran before: one line a check or hand-over in a file of the user. Plain Python, no Qt.

``runs.jsonl`` in the user's folder holds times, counts, verdicts and definitions; no name of a file, a
patient or a person. The newest lines are kept.
"""

import json
import secrets
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path

from checktool.gui.preferences import LastRun, Preferences
from checktool.gui.session import Session
from checktool.model.report import GRAVEST_FIRST, Verdict
from checktool.paths import user_folder

FILE = "runs.jsonl"
MOST = 300
CHECK, HANDOFF = "check", "handoff"
STARTED = datetime.now().isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class PastRun:
    """One check or hand-over; ``handed`` counts the documents that went out, ``completed`` is false for a
    check that was stopped."""

    when: str
    kind: str
    clean: int
    confirm: int
    correct: int
    unchecked: int
    pack: str
    edition: str
    status: str
    profile: str = ""
    practice: bool = False
    completed: bool = True
    handed: int = 0

    @property
    def files(self) -> int:
        """How many documents were checked."""
        return self.clean + self.confirm + self.correct + self.unchecked

    @property
    def verdict(self) -> Verdict:
        """The gravest verdict of them."""
        if not self.completed or not self.files:
            return Verdict.UNCHECKED
        return next(each for each in GRAVEST_FIRST if getattr(self, each.value))

    @property
    def of_this_start(self) -> bool:
        """Whether it ran since the program was started."""
        return self.when >= STARTED


def run_of(session: Session, kind: str, handed: int = 0) -> PastRun:
    """What is kept of the run that a session holds."""
    counts, info = session.counts(), session.pack.info
    return PastRun(
        when=datetime.now().isoformat(timespec="seconds"),
        kind=kind,
        **{verdict.value: counts.get(verdict, 0) for verdict in Verdict},
        pack=info.id,
        edition=info.edition,
        status=info.status,
        profile=session.profile or "",
        practice=session.practice,
        completed=session.report is not None and session.report.completed,
        handed=handed,
    )


def keep(run: PastRun) -> None:
    """Add a run; a folder that cannot be written to changes nothing but that."""
    with suppress(OSError):
        _write([*reversed(past_runs()), run][-MOST:])


def keep_check(session: Session, preferences: Preferences) -> None:
    """Remember a check that ended with documents; of practice data only that it ran."""
    if not session.rows:
        return
    keep(run_of(session, CHECK))
    if not session.practice:
        counts = session.counts()
        when = datetime.now().strftime("%m/%d %H:%M")
        preferences.keep_run(LastRun(when, *(counts.get(each, 0) for each in Verdict)))


def past_runs() -> list[PastRun]:
    """What is kept, newest first; lines that are not sound are passed over."""
    try:
        lines = _path().read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []
    found = (_read(line) for line in reversed(lines))
    return [run for run in found if run is not None]


def forget() -> None:
    """Delete all of it."""
    with suppress(OSError):
        _path().unlink(missing_ok=True)


def _path() -> Path:
    return user_folder() / FILE


def _read(line: str) -> PastRun | None:
    try:
        table = json.loads(line)
        run = PastRun(**table)
    except (ValueError, TypeError):
        return None
    sound = all(type(getattr(run, field.name)) is field.type for field in fields(PastRun))
    return run if sound else None


def _write(runs: Iterable[PastRun]) -> None:
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{secrets.token_hex(8)}.tmp")
    draft.write_text("".join(json.dumps(asdict(run)) + "\n" for run in runs), encoding="utf-8")
    draft.replace(path)
