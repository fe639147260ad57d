"""What a million findings cost the window: filter at most 0.1 s, sort at most 0.3 s, start at most 0.25 s.

    python benchmarks/window_index.py [--findings 1000000]

The index of findings and that of rows are measured apart from any drawing, the best of three; the start is a
process of its own, warm, until the window is shown, without the start of Python and its imports of Qt. Judged
is the time of the processor, since all of it is work of one thread and the clock also counts other programs.
"""

import argparse
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable

from checktool.gui.tables.finding_index import FindingIndex
from checktool.gui.tables.folding import folded
from checktool.gui.tables.index import EVERY_STATE, Index
from checktool.model.finding import Finding, Location, Severity

PER_FILE, CODES, ITEMS = 50, 300, 90
ROUNDS = 3
FILTER, SORT, START = 0.1, 0.3, 0.25
STARTING = """
import os, sys, time
from PySide6 import QtCore, QtGui, QtWidgets
began = time.perf_counter(), time.process_time()
from checktool.gui.app import make_application, open_window
app = make_application()
window = open_window()
window.show()
print(time.perf_counter() - began[0], time.process_time() - began[1])
"""
Times = tuple[float, float]
"""Seconds by the clock, and of the processor."""


def index_of_findings(count: int) -> FindingIndex:
    """An index over made-up findings, fifty a document."""
    chance = random.Random(1)
    kinds = [(f"D{number:03d}", f"item {number % ITEMS}", Severity(number % 3)) for number in range(CODES)]
    index = FindingIndex(lambda kind: folded(f"{kind.code} {kind.item}"))
    for row in range(count // PER_FILE):
        name = f"ikn_{row * 7919 % 1_000_003:07d}.xml"
        chosen = chance.choices(kinds, k=PER_FILE)
        findings = [Finding(code, grave, Location(name, item=item)) for code, item, grave in chosen]
        index.add(row, name, findings, refused=False)
    index.renew()
    return index


def index_of_rows(count: int) -> Index:
    """An index over made-up rows, each with a text of its own."""
    chance = random.Random(1)
    index = Index()
    states = chance.choices(range(4), k=count)
    index.adding([(state, f"ikn_{row:07d}.xml {row % CODES} 症候群") for row, state in enumerate(states)])
    index.renew()
    return index


def best(work: Callable[[], object]) -> Times:
    """The shortest of some rounds."""
    clock, processor = [], []
    for _ in range(ROUNDS):
        began, worked = time.perf_counter(), time.process_time()
        work()
        clock.append(time.perf_counter() - began)
        processor.append(time.process_time() - worked)
    return min(clock), min(processor)


def start_up() -> Times:
    """From the first line of the program until the window is shown; best of some processes."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    asked = [sys.executable, "-c", STARTING]
    times = []
    for _ in range(ROUNDS + 1):
        ran = subprocess.run(
            asked, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True
        )
        times.append([float(each) for each in ran.stdout.split()])
    clock, processor = map(min, zip(*times, strict=True))
    return clock, processor


def told(name: str, bound: float, times: Times) -> bool:
    """Print a figure; whether it is over its bound."""
    clock, processor = times
    print(f"{name:28} {1000 * processor:7.1f} ms  (at most {1000 * bound:.0f}; clock {1000 * clock:.1f})")
    return processor > bound


def main() -> int:
    """Measure and print; 0 when every figure is within its bound."""
    parser = argparse.ArgumentParser(description="filter, sort and start of the window")
    parser.add_argument("--findings", type=int, default=1_000_000)
    count = parser.parse_args().findings
    found, rows = index_of_findings(count), index_of_rows(count)
    states = random.Random(2).choices(range(4), k=count)
    measures: list[tuple[str, float, Callable[[], object]]] = [
        ("findings: one severity", FILTER, lambda: found.narrow({2})),
        ("findings: one code", FILTER, lambda: found.narrow(EVERY_STATE, "", "D007")),
        ("findings: search an item", FILTER, lambda: found.narrow(EVERY_STATE, "item 44")),
        ("findings: search a file", FILTER, lambda: found.narrow(EVERY_STATE, "0001")),
        ("findings: all", FILTER, lambda: found.narrow(EVERY_STATE)),
        ("findings: sort by code", SORT, lambda: found.sort_by_kind(lambda kind: kind.code)),
        ("findings: sort by item", SORT, lambda: found.sort_by_kind(lambda kind: kind.item, True)),
        ("findings: sort by file", SORT, lambda: found.sort_by_document()),
        ("rows: one verdict", FILTER, lambda: rows.narrow({2}, "")),
        ("rows: search", FILTER, lambda: rows.narrow(EVERY_STATE, "999")),
        ("rows: all", FILTER, lambda: rows.narrow(EVERY_STATE, "")),
        ("rows: sort by verdict", SORT, lambda: rows.sort(states, True)),
    ]
    slow = 0
    for name, bound, work in measures:
        slow += told(name, bound, best(work))
    slow += told("window shown", START, start_up())
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
