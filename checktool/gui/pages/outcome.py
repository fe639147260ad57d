"""What the page ② says of a run in a sentence or two: pure functions over the session."""

from dataclasses import dataclass

from checktool.gui.rows import Row
from checktool.gui.session import RunState, Session
from checktool.model.report import Verdict

SECONDS_OF_A_MINUTE = 60
FEW = 5
EARLIEST = 1.5


@dataclass(frozen=True, slots=True)
class Outcome:
    """A sentence and the ground it stands on (a role of stylesheet.py)."""

    text: str
    role: str


def outcome(session: Session) -> Outcome:
    """What to say of the run; no text while it goes on."""
    say = session.wording.say
    if session.state.busy or session.state is RunState.EMPTY:
        return Outcome("", "card")
    if session.state is RunState.FAILED and session.error is not None:
        said = session.wording.error(session.error)
        return Outcome(f"{said.message}{said.fix}{_kept(session)}（{session.error.code}）", "unchecked")
    if session.state is RunState.STOPPED:
        return Outcome(say("gui.results.stopped", count=f"{judged(session):,}"), "unchecked")
    if not session.rows:
        return Outcome(say("gui.results.nothing_found"), "unchecked")
    return _of_verdicts(session)


def _of_verdicts(session: Session) -> Outcome:
    say, counts, total = session.wording.say, session.counts(), len(session.rows)
    if counts.get(Verdict.UNCHECKED) == total:
        return Outcome(say("gui.results.nothing_readable"), "unchecked")
    if counts.get(Verdict.CLEAN) == total:
        text = say("gui.results.all_clean", count=f"{total:,}") + say("report.in_full.clean")
        return Outcome(text, "clean")
    parts = [
        say(f"gui.results.part.{verdict.value}", count=f"{counts[verdict]:,}")
        for verdict in Verdict
        if counts.get(verdict)
    ]
    return Outcome("".join(parts), "card")


def changes_text(session: Session) -> str:
    """What became of the findings of the run before, empty without one."""
    changes = session.changes
    if changes is None:
        return ""
    say = session.wording.say
    text = say("gui.results.changes", mended=changes.mended, left=changes.left, new=changes.new)
    more = {"unsure": changes.unsure, "gone": len(changes.gone), "added": len(changes.added)}
    return text + "".join(say(f"gui.results.{key}", count=count) for key, count in more.items() if count)


def judged(session: Session) -> int:
    """How many documents were judged to the end or could not be; those that a stop left out do not count."""
    return sum(not _left_by_stop(row) for row in session.rows)


def remaining_text(session: Session, elapsed: float) -> str:
    """How long the rest may take, in words; empty while too little is known."""
    done, total = len(session.rows), len(session.sources)
    if done < FEW or elapsed < EARLIEST or done >= total:
        return ""
    seconds = elapsed / done * (total - done)
    if seconds < SECONDS_OF_A_MINUTE:
        return session.wording.say("gui.results.seconds", count=max(1, round(seconds)))
    return session.wording.say("gui.results.minutes", count=round(seconds / SECONDS_OF_A_MINUTE))


def _left_by_stop(row: Row) -> bool:
    return row.note is not None and row.note.key == "stopped"


def _kept(session: Session) -> str:
    if not session.rows:
        return ""
    return session.wording.say("gui.results.kept", count=judged(session))
