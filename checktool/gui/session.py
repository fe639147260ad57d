"""What the window knows at a moment: sources, reports, verdicts, the run before. Plain Python, no Qt."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import Enum

from checktool.definitions.registry import wording_of
from checktool.definitions.trust.state import load
from checktool.errors import CheckToolError
from checktool.gui.assignments import Assignments
from checktool.gui.comparison import Changes
from checktool.gui.rows import AnyFinding, Row
from checktool.model.definition import DefinitionPack
from checktool.model.report import CheckReport, Verdict
from checktool.reading.sources import Refused, Source
from checktool.wording import Wording

_RECORD = re.compile(r"#\d+$")


def record_free(source: str) -> str:
    """The name of a document without the number of a record: the file, if it is a record."""
    return _RECORD.sub("", source)


class RunState(Enum):
    """Where the check stands; results may be looked at in all but EMPTY."""

    EMPTY = "empty"
    LISTING = "listing"
    RUNNING = "running"
    STOPPING = "stopping"
    STOPPED = "stopped"
    DONE = "done"
    FAILED = "failed"

    @property
    def busy(self) -> bool:
        """Whether a run is under way."""
        return self in (RunState.LISTING, RunState.RUNNING, RunState.STOPPING)


class Session:
    """The one state that all pages read; only the window and the page at work change it.

    ``rows`` has one entry for each document that was checked, in input order (a new list for each run, those
    at the places ``revised`` replaced when the run ends); ``order`` names those that the list of results
    shows, in its order. ``left_out`` maps a document's source to the reason, in words,
    for which it is not handed over, ``confirmed`` a △ code to the reason for which it is accepted.
    ``current`` is the source of the opened document, ``finding`` the one to begin at there, if any.
    ``previous`` is the finished run before this one over the same paths, ``changes`` what became of its
    findings (both None where there is nothing to compare). ``assignments`` are the marks of who mends what;
    they outlive a run.
    """

    def __init__(self, pack: DefinitionPack, wording: Wording | None = None) -> None:
        self.pack = pack
        self.wording = wording or wording_of(pack)
        self.operator = ""
        self.hide_values = False
        self.assignments = Assignments()
        self.jobs: int | None = None
        self.today: date | None = None
        self.practice = False
        self.paths: tuple[str, ...] = ()
        self.clear()

    def clear(self) -> None:
        """Forget every result, as at the start."""
        self.state = RunState.EMPTY
        self.error: CheckToolError | None = None
        self.sources: tuple[Source | Refused, ...] = ()
        self.rows: list[Row] = []
        self.order: Sequence[int] = ()
        self.report: CheckReport | None = None
        self.previous: CheckReport | None = None
        self.current = ""
        self.finding: AnyFinding | None = None
        self.left_out: dict[str, str] = {}
        self.confirmed: dict[str, str] = {}
        self._places: dict[str, int] = {}
        self.revised: tuple[int, ...] = ()
        self._counts: Counter[Verdict] = Counter()
        self.changes: Changes | None = None

    @property
    def on(self) -> date:
        """The date taken as today: the system's, unless practice data bring their own."""
        return self.today or date.today()

    @property
    def profile(self) -> str | None:
        """The name of the chosen profile (提出先), None without one."""
        return self.pack.profile

    def use(self, pack: str | None, profile: str | None) -> None:
        """Judge by another pack or profile from now on; results so far are forgotten.

        Raises PackError and SettingsError; then everything stays as it is.
        """
        self.adopt(load(pack, profile))

    def adopt(self, loaded: DefinitionPack) -> None:
        """Judge by a pack that is loaded; results so far are forgotten. Raises PackError as ``use`` does."""
        wording = wording_of(loaded)
        self.pack, self.wording = loaded, wording
        self.clear()

    def start(self, paths: Sequence[str], today: date | None = None, practice: bool = False) -> None:
        """Begin a run over paths; a run over the same paths can be compared with the one before."""
        again = tuple(paths) == self.paths
        previous = self.report if self.report and self.report.completed else self.previous
        current, left_out = self.current, self.left_out
        self.clear()
        self.paths, self.today, self.practice = tuple(paths), today, practice
        if again:
            self.previous, self.current, self.left_out = previous, current, left_out
        self.state = RunState.LISTING

    def listed(self, sources: Iterable[Source | Refused]) -> None:
        """The documents to check are known."""
        self.sources = tuple(sources)
        self.state = RunState.RUNNING if self.state is RunState.LISTING else self.state

    def open(self, source: str, finding: AnyFinding | None = None) -> None:
        """Choose the document, and the finding if one is meant, that the page ③ shows."""
        self.current, self.finding = source, finding

    def add(self, rows: Sequence[Row]) -> None:
        """More documents are checked."""
        for place, row in enumerate(rows, start=len(self.rows)):
            self._places[row.report.source] = place
        self.rows.extend(rows)
        self._counts.update(row.verdict for row in rows)

    def finish(self, report: CheckReport, changed: Mapping[int, Row], changes: Changes | None = None) -> None:
        """The run is over; ``changed`` holds the rows that the comparison of files judged anew."""
        self.changes = changes
        for place, row in changed.items():
            self._counts[self.rows[place].verdict] -= 1
            self._counts[row.verdict] += 1
            self.rows[place] = row
        self.revised = tuple(changed)
        self.report = report
        self.state = RunState.DONE if report.completed else RunState.STOPPED

    def fail(self, error: CheckToolError) -> None:
        """The run could not be finished; what was found stays."""
        self.error = error
        self.state = RunState.FAILED

    def give_up(self, rest: Sequence[Row] = ()) -> None:
        """A stop that nothing answered: what was found stays, the rest is unchecked."""
        self.add(rest)
        self.state = RunState.STOPPED

    @property
    def writable(self) -> bool:
        """Whether the run is finished and has documents that may go out, △ with a confirmation."""
        some = self._counts[Verdict.CLEAN] + self._counts[Verdict.CONFIRM]
        return self.state is RunState.DONE and some > 0

    def counts(self) -> Mapping[Verdict, int]:
        """How many documents have each verdict so far."""
        return self._counts

    def place(self, source: str) -> int | None:
        """The place of a document in ``rows``."""
        return self._places.get(source)

    def row(self, source: str) -> Row | None:
        """The row of a document."""
        place = self._places.get(source)
        return None if place is None else self.rows[place]

    def current_row(self) -> Row | None:
        """The row of the opened document."""
        return self.row(self.current)

    def neighbour(self, step: int) -> str:
        """The source of the next (1) or previous (-1) document in the list shown; empty at its end."""
        order = self.order if self.order else range(len(self.rows))
        here = self._places.get(self.current)
        if here is None or here not in order:
            return ""
        place = order.index(here) + step
        return self.rows[order[place]].report.source if 0 <= place < len(order) else ""

    def source_of(self, name: str) -> Source | None:
        """The file that holds a document: its own, or the one it is a record of."""
        wanted = {name, record_free(name)}
        found = (each for each in self.sources if each.name in wanted)
        return next((each for each in found if isinstance(each, Source)), None)
