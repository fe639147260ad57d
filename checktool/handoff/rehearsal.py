"""The main job rehearsed on the shipped documents: read, judge, write, verify, touch nothing, call nobody.

It proves that this installation works, for the command line and for the window.
"""

import hashlib
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from checktool.checking.engine import CheckOptions
from checktool.checking.engine import run as run_engine
from checktool.checking.judge import Judge
from checktool.definitions.pack import load
from checktool.definitions.registry import rules_of
from checktool.errors import CheckToolError
from checktool.handoff.verifier import verify
from checktool.handoff.writer import HandoffRequest, write
from checktool.model.report import CheckReport, Verdict, verdicts
from checktool.reading.sources import Source, list_sources
from checktool.samples.trial import Trial, shipped
from checktool.wording import Wording

STEPS = ("pack", "definitions", "check", "handoff", "verify", "untouched", "offline")


class UnexpectedResultError(Exception):
    """A step ran to its end and its result is not the one that it must be."""


class Outcome(Enum):
    """How a step ended."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Step:
    """One step; ``detail`` is a short fact, of a failed one a code or the type of the fault."""

    name: str
    outcome: Outcome
    detail: str = ""


def rehearse(wording: Wording) -> Iterator[Step]:
    """Every step in its order; those behind a failed one are skipped."""
    with tempfile.TemporaryDirectory(prefix="checktool-selftest-") as folder, _sockets() as used:
        yield from carried_out(STEPS, _Steps(Path(folder), used, wording))


def carried_out(names: Sequence[str], steps: object) -> Iterator[Step]:
    """Call the methods of ``steps`` by their names; each answers a short fact or raises what is wrong.

    What follows a step that failed is skipped.
    """
    held = True
    for name in names:
        if not held:
            yield Step(name, Outcome.SKIPPED)
            continue
        try:
            yield Step(name, Outcome.PASSED, getattr(steps, name)())
        except Exception as fault:
            held = False
            reason = fault.code if isinstance(fault, CheckToolError) else type(fault).__name__
            yield Step(name, Outcome.FAILED, reason)


class _Steps:
    """The steps in their order; each gives a short fact, or raises what is wrong."""

    def __init__(self, folder: Path, sockets: list[str], wording: Wording) -> None:
        self.folder, self.sockets, self.wording = folder, sockets, wording
        self.documents = folder / "documents"

    def pack(self) -> str:
        self.trial: Trial = shipped()
        self.pack_loaded = load(self.trial.pack)
        self.options = CheckOptions(on=self.trial.on)
        info = self.pack_loaded.info
        return f"{info.id} {info.edition} {info.sha256[:12]}"

    def definitions(self) -> str:
        Judge(self.pack_loaded, self.options)
        self.words = Wording(rules_of(self.pack_loaded))
        return self.wording.say("cli.selftest.rules", count=len(self.words.rules()))

    def check(self) -> str:
        self.trial.copy_to(self.documents)
        self.before = _hashes(self.documents)
        self.report: CheckReport = run_engine([str(self.documents)], self.pack_loaded, self.options)
        if not self.trial.met_by(self.report):
            raise UnexpectedResultError
        return self.wording.say("cli.selftest.documents", count=len(self.report.files))

    def handoff(self) -> str:
        sources = list_sources([str(self.documents)], self.pack_loaded.limits)
        self.package = write(
            self.report,
            [source for source in sources if isinstance(source, Source)],
            self.pack_loaded,
            HandoffRequest(self.folder / "packages", self.trial.on),
            self.words,
            lambda data: run_engine([str(data)], self.pack_loaded, self.options),
        )
        if len(self.package.handed) != verdicts(self.report).count(Verdict.CLEAN):
            raise UnexpectedResultError
        return self.package.name

    def verify(self) -> str:
        found = verify(self.package.package)
        if found.faults:
            raise UnexpectedResultError
        return self.wording.say("cli.selftest.documents", count=found.files)

    def untouched(self) -> str:
        if _hashes(self.documents) != self.before:
            raise UnexpectedResultError
        return ""

    def offline(self) -> str:
        if self.sockets:
            raise UnexpectedResultError
        return ""


def _hashes(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


@contextmanager
def _sockets() -> Iterator[list[str]]:
    """The names of socket events of this process while it lasts; audit hooks cannot be taken back."""
    seen: list[str] = []
    watching = True

    def hook(event: str, _arguments: tuple[object, ...]) -> None:
        if watching and event.startswith("socket."):
            seen.append(event)

    sys.addaudithook(hook)
    try:
        yield seen
    finally:
        watching = False
