"""The whole check: sources in, file reports out one by one, the report of the run at the end.

A plain generator. It prints nothing and knows no window; worker processes are its own affair.
"""

import os
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace

from checktool.checking.batch import Batch
from checktool.checking.bench import Judged
from checktool.checking.check import CheckOptions
from checktool.checking.facts import Facts
from checktool.checking.judge import Judge, unfinished
from checktool.checking.severities import Severities
from checktool.checking.workers import Workers
from checktool.definitions.profiles import profiles_of
from checktool.model.definition import DefinitionPack
from checktool.model.finding import Finding, Location
from checktool.model.period import period_of
from checktool.model.report import BatchResult, CheckReport, FileReport, LayerStatus, Note
from checktool.reading.sources import Refused, Source, list_sources

__all__ = ["CheckOptions", "check", "run"]

FEW = 200


def run(paths: Sequence[str], pack: DefinitionPack, options: CheckOptions) -> CheckReport:
    """Check what is behind some paths (files, folders, ZIPs, ``-``) in one call.

    Raises ReadError I001 for a path that does not exist, PackError for a pack that cannot be used.
    """
    last = deque(check(list_sources(paths, pack.limits), pack, options), maxlen=1).pop()
    if not isinstance(last, CheckReport):
        raise RuntimeError("the engine ended without a report")
    return last


def check(
    sources: Sequence[Source | Refused],
    pack: DefinitionPack,
    options: CheckOptions,
    stop: threading.Event | None = None,
) -> Iterator[FileReport | CheckReport]:
    """Every file report in input order, then the report of the run; ``stop`` ends it between two documents.

    What was found stays, the rest is SKIPPED. The same whatever the number of processes. Raises PackError.
    """
    severities = Severities(pack)
    batch = Batch(pack, severities)
    seen: dict[str, str] = {}
    files: list[FileReport] = []
    facts: list[Facts] = []
    done = -1
    for place, judged in _judged(sources, pack, options, stop):
        if judged is None:
            done = place
            continue
        report = _same_bytes(judged[0], sources[place].name, seen, severities)
        files.append(report)
        if judged[1] is not None:
            facts.append(judged[1])
        yield report
    stopped = stop is not None and stop.is_set() and done < len(sources) - 1
    for source in sources[done + 1 :] if stopped else ():
        files.append(unfinished(source.name, "", (), Note("stopped")))
        yield files[-1]
    yield CheckReport(
        pack=pack.info,
        profile=pack.profile,
        overrides=pack.overrides,
        on=options.on.isoformat(),
        files=tuple(files),
        batch=_compared(batch, files, facts, stopped),
        completed=not stopped,
        validity=period_of(pack, pack.editions).on(options.on),
        profile_title=profiles_of(pack).get(pack.profile, "") if pack.profile else "",
    )


def _judged(
    sources: Sequence[Source | Refused],
    pack: DefinitionPack,
    options: CheckOptions,
    stop: threading.Event | None,
) -> Iterator[tuple[int, Judged | None]]:
    """(place of the source, what was found, None at its end); ends early when stopped."""
    if stop is not None and stop.is_set():
        return
    count = options.jobs
    if count == 0:
        judge = Judge(pack, options)
        for place, source in enumerate(sources):
            for number, judged in enumerate(judge.source(source)):
                if number and stop is not None and stop.is_set():
                    return
                yield place, judged
            yield place, None
            if stop is not None and stop.is_set():
                return
        return
    if count is None:
        count = 1 if len(sources) < FEW else os.cpu_count() or 1
    yield from Workers(pack, options, count).judged(sources, stop)


def _same_bytes(report: FileReport, source: str, seen: dict[str, str], severities: Severities) -> FileReport:
    """F008: the same bytes came before in this run; said only of what could be read."""
    if not report.sha256 or report.layers[0].status is LayerStatus.FAILED:
        return report
    first = seen.setdefault(report.sha256, source)
    severity = severities.of("F008")
    if first == source or severity is None:
        return report
    finding = Finding("F008", severity, Location(report.source), (("other", first),))
    reading = replace(report.layers[0], findings=(*report.layers[0].findings, finding))
    return replace(report, layers=(reading, *report.layers[1:]))


def _compared(
    batch: Batch, files: Sequence[FileReport], facts: Sequence[Facts], stopped: bool
) -> BatchResult:
    if stopped:
        return BatchResult(LayerStatus.SKIPPED, (), (Note("stopped"),))
    places = {report.source: place for place, report in enumerate(files)}
    return batch.check(facts, places.__getitem__)
