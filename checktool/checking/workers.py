"""Judging in worker processes: results in input order, each document within its time limit.

A worker that takes too long over a document is ended and its file reported as unchecked (F009); one
that dies takes only its file along. Either way a fresh worker goes on with what is left.
"""

import gc
import multiprocessing
import signal
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import Protocol, cast

from checktool.checking.bench import Judged
from checktool.checking.check import CheckOptions
from checktool.checking.judge import Judge, unfinished
from checktool.errors import CheckToolError
from checktool.model.definition import DefinitionPack
from checktool.model.finding import Finding, Layer, Location, Severity
from checktool.model.report import FileReport, LayerResult, LayerStatus, Note
from checktool.reading.sources import Refused, Source

CHUNK = 25
_PATIENCE = 0.1
_START = 60.0

_PARCEL = 100

Task = tuple[int, Source | Refused]
Result = tuple[int, Judged | None]


class Place(Protocol):
    """A number that both processes see."""

    value: int


class _Outbox:
    """Results on their way to the parent, sent in parcels of at most a tenth of a second."""

    def __init__(self, results: Connection) -> None:
        self._results = results
        self._parcel: list[Result] = []
        self._sent = time.monotonic()

    def put(self, result: Result, hold: bool = False) -> None:
        """Take a result; one to ``hold`` is not sent before the next, so that both arrive or none."""
        self._parcel.append(result)
        if hold:
            return
        if len(self._parcel) >= _PARCEL or time.monotonic() - self._sent > _PATIENCE:
            self.send()

    def send(self) -> None:
        self._results.send(self._parcel)
        self._parcel = []
        self._sent = time.monotonic()


def _work(
    pack: DefinitionPack, options: CheckOptions, tasks: Connection, results: Connection, at: "Place"
) -> None:
    """The life of a worker: judge what comes, send what is found, until nothing more comes.

    ``at`` always holds the place of the source in hand. A fault ends the process without a word, since
    a traceback may quote a value; the parent reports that file as BROKEN.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with suppress(KeyboardInterrupt, Exception):
        try:
            _work_on(Judge(pack, options), tasks, _Outbox(results), at)
        except CheckToolError as fault:
            results.send(fault)
            return


def _work_on(judge: Judge, tasks: Connection, outbox: _Outbox, at: "Place") -> None:
    gc.freeze()
    outbox.send()
    while chunk := tasks.recv():
        for index, source in chunk:
            at.value = index
            records = False
            for number, judged in enumerate(judge.source(source)):
                outbox.put((index, judged), hold=number == 0)
                records = number > 0
            outbox.put((index, None))
            if records:
                outbox.send()
        outbox.send()


class _Worker:
    """One process and what it has been given."""

    def __init__(self, pack: DefinitionPack, options: CheckOptions) -> None:
        context = multiprocessing.get_context("spawn" if threading.active_count() > 1 else None)
        tasks, self.tasks = context.Pipe(duplex=False)
        self.results, results = context.Pipe(duplex=False)
        self.at = cast(Place, context.RawValue("q", -1))
        arguments = (pack, options, tasks, results, self.at)
        self.process = context.Process(target=_work, args=arguments, daemon=True)
        self.process.start()
        tasks.close()
        results.close()
        self.pending: deque[Task] = deque()
        self.ready = False
        self.since = time.monotonic()

    def give(self, chunk: Sequence[Task]) -> None:
        self.pending.extend(chunk)
        self.since = time.monotonic()
        with suppress(BrokenPipeError):
            self.tasks.send(list(chunk))

    def end(self) -> None:
        self.process.terminate()
        self.process.join(1)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self.tasks.close()
        self.results.close()


class Workers:
    """A run over sources in several processes."""

    def __init__(self, pack: DefinitionPack, options: CheckOptions, count: int) -> None:
        """Nothing is started before the first result is asked for."""
        self._pack = pack
        self._options = options
        self._count = count
        self._limit = pack.limits.seconds_per_file
        self._workers: list[_Worker] = []
        self._waiting: deque[Task] = deque()
        self._arrived: dict[int, deque[Judged | None]] = {}

    def judged(
        self, sources: Sequence[Source | Refused], stop: threading.Event | None
    ) -> Iterator[tuple[int, Judged | None]]:
        """(place of the source, what was found, None at its end) in order; ends early when stopped.

        Raises the PackError of a worker that cannot build its checks.
        """
        self._waiting.extend(enumerate(sources))
        try:
            for _ in range(min(self._count, len(sources))):
                self._start()
            for place in range(len(sources)):
                for judged in self._of(place, stop):
                    yield place, judged
                if stop is not None and stop.is_set():
                    return
        finally:
            for worker in self._workers:
                worker.end()

    def _start(self) -> None:
        worker = _Worker(self._pack, self._options)
        self._workers.append(worker)
        self._feed(worker)

    def _feed(self, worker: _Worker) -> None:
        share = max(1, min(CHUNK, len(self._waiting) // (2 * self._count)))
        chunk = [self._waiting.popleft() for _ in range(min(share, len(self._waiting)))]
        if chunk:
            worker.give(chunk)

    def _of(self, place: int, stop: threading.Event | None) -> Iterator[Judged | None]:
        """What arrives for one source, None when it is done."""
        queue = self._arrived.setdefault(place, deque())
        while True:
            while queue:
                judged = queue.popleft()
                yield judged
                if judged is None:
                    del self._arrived[place]
                    return
            if stop is not None and stop.is_set():
                return
            self._pump()

    def _pump(self) -> None:
        """Take in what workers have sent; end those that are over time or gone."""
        by_connection = {worker.results: worker for worker in self._workers}
        for connection in wait(list(by_connection), _PATIENCE):
            worker = by_connection[connection]  # type: ignore[index]
            try:
                self._take(worker, worker.results.recv())
            except (EOFError, OSError):
                self._lost(worker, died=True)
        now = time.monotonic()
        for worker in list(self._workers):
            allowed = self._limit if worker.ready else _START + self._limit
            if worker.pending and self._limit and now - worker.since > allowed:
                self._lost(worker, died=False)

    def _take(self, worker: _Worker, message: object) -> None:
        worker.since = time.monotonic()
        worker.ready = True
        if isinstance(message, CheckToolError):
            raise message
        for index, judged in cast(list[Result], message):
            self._arrived.setdefault(index, deque()).append(judged)
            if judged is None:
                worker.pending.popleft()
        if not worker.pending:
            self._feed(worker)

    def _lost(self, worker: _Worker, died: bool) -> None:
        """Report the file that a worker was at, and let a new worker do the rest."""
        worker.end()
        self._workers.remove(worker)
        at = next((task for task in worker.pending if task[0] == worker.at.value), None)
        if at is None and worker.pending:
            at = worker.pending[0]
        if at is not None:
            worker.pending.remove(at)
            queue = self._arrived.setdefault(at[0], deque())
            queue.append((_died(at[1].name) if died else _overtime(at[1].name), None))
            queue.append(None)
            self._waiting.extendleft(reversed(worker.pending))
        if self._waiting or not self._workers:
            self._start()


def _overtime(source: str) -> FileReport:
    finding = Finding("F009", Severity.ERROR, Location(source), (("limit", "time"),))
    first = LayerResult(Layer.READING, LayerStatus.FAILED, (finding,))
    return unfinished(source, "", (first,), Note("reading_failed"))


def _died(source: str) -> FileReport:
    return unfinished(source, "", (), Note("worker_died"), LayerStatus.BROKEN)
