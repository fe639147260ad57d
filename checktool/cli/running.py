"""Running the engine for a command: progress on a terminal, Ctrl+C as a wish to stop."""

import signal
import sys
import threading
import time
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from types import FrameType

from checktool.checking.engine import CheckOptions, check
from checktool.model.definition import DefinitionPack, Limits
from checktool.model.report import CheckReport
from checktool.reading.sources import Refused, Source, list_sources
from checktool.settings import policy
from checktool.wording import Wording

PAUSE = 0.1
NAMED = 5


def run_check(
    sources: Sequence[Source | Refused],
    pack: DefinitionPack,
    options: CheckOptions,
    wording: Wording,
    show_progress: bool = True,
) -> CheckReport:
    """Check sources to the end; Ctrl+C ends early with a report that is not completed."""
    stop = threading.Event()
    progress = Progress(wording, len(sources), show_progress and bool(sources) and sys.stderr.isatty())
    with _interrupt_sets(stop):
        for item in check(sources, pack, options, stop):
            if isinstance(item, CheckReport):
                progress.end()
                return item
            progress.step()
    raise RuntimeError("the engine ended without a report")


def listed(
    paths: Sequence[str], limits: Limits, wording: Wording, names: bool = True
) -> list[Source | Refused]:
    """The documents behind paths; what folders hold besides is told on standard error, by name if wished.

    Raises ReadError and UsageError as ``list_sources``.
    """
    passed_over: list[str] = []
    sources = list_sources(paths, limits, passed_over)
    if passed_over:
        shown = "、".join(passed_over[:NAMED] if names else ())
        more = "…" if names and len(passed_over) > NAMED else ""
        print(wording.say("cli.passed_over", count=len(passed_over)), file=sys.stderr)
        if shown:
            print(f"  {shown}{more}", file=sys.stderr)
    return sources


def options_of(args: Namespace) -> CheckOptions:
    """The options of a run from ``on``, ``jobs``, ``max_findings`` (if any) and the policy.

    Raises SettingsError for a policy that cannot be used.
    """
    options = CheckOptions(on=args.on, jobs=args.jobs, hospital=policy().hospital)
    most = getattr(args, "max_findings", None)
    return options if most is None else replace(options, max_findings=most)


class Progress:
    """One line on standard error that is written over; silent when not ``shown``."""

    def __init__(self, wording: Wording, total: int, shown: bool) -> None:
        self._say, self._total, self._shown = wording.say, total, shown
        self._done, self._last = 0, 0.0

    def step(self) -> None:
        """One more document is done; records of one file may bring more than were announced."""
        self._done += 1
        now = time.monotonic()
        if self._shown and now - self._last >= PAUSE:
            self._last = now
            self._write()

    def end(self) -> None:
        """The last state, and the line is finished."""
        if self._shown:
            self._write()
            print(file=sys.stderr)

    def _write(self) -> None:
        total = max(self._total, self._done)
        percent = 100 * self._done // total if total else 100
        text = self._say("cli.progress", done=self._done, total=total, percent=percent)
        print(f"\r{text}", end="", file=sys.stderr, flush=True)


@contextmanager
def _interrupt_sets(stop: threading.Event) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ask_to_stop(_number: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = signal.signal(signal.SIGINT, ask_to_stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
