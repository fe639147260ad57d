"""A whole check beside ``xmllint --noout --schema`` on the same files: ratios of CPU and wall time.

Both run as whole processes, in turns, several rounds; the medians are compared. ``--profile`` adds where
the time of a check goes, room by room. Documents are generated into a temporary folder. Needs a system
with ``wait4`` (not Windows) and xmllint.
"""

import argparse
import cProfile
import os
import pstats
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FORMS = ("survey", "opinion")
PACK = "nanshou-sample"
DAY = "2025-10-01"
CHECKTOOL = (sys.executable, "-m", "checktool")
PACKAGE = str(ROOT / "checktool") + os.sep
ELSEWHERE = "libraries of libraries"
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""Compiled modules are kept, as they are where the program is installed."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process took: CPU and wall seconds, and its peak memory in MiB."""

    cpu: float
    wall: float
    memory: float


def cost_of(command: Sequence[str]) -> Cost:
    """Run a command to its end; it has to end with 0."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"exit {process.returncode}: {' '.join(command[:8])} …")
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)


def together(costs: Sequence[Cost]) -> Cost:
    """Processes run one after another."""
    return Cost(sum(c.cpu for c in costs), sum(c.wall for c in costs), max(c.memory for c in costs))


def median(costs: Sequence[Cost]) -> Cost:
    """The median of each figure; the greatest memory."""
    cpu, wall = statistics.median(c.cpu for c in costs), statistics.median(c.wall for c in costs)
    return Cost(cpu, wall, max(c.memory for c in costs))


def make_documents(folder: Path, per_form: int) -> None:
    """Fill one folder per form with full sample documents."""
    for form in FORMS:
        what = ["--form", form, "--count", str(per_form), "--seed", "1", "--variant", "full", "--on", DAY]
        cost_of([*CHECKTOOL, "sample", *what, "-o", str(folder / form)])


def xmllint(folder: Path) -> Cost:
    """Validate every document against the schema of its form."""
    schemas = ROOT / "xsd" / PACK
    return together(
        [
            cost_of(
                ["xmllint", "--noout", "--schema", str(schemas / f"{form}.xsd"), *documents(folder / form)]
            )
            for form in FORMS
        ]
    )


def documents(folder: Path) -> list[str]:
    """The documents of a folder, sorted."""
    return sorted(str(path) for path in folder.rglob("*.xml"))


def whole_check(folder: Path, jobs: str) -> Cost:
    """Check every document with the sample pack and write the JSON report."""
    report = ["--format", "json", "-o", str(folder / f"report-{jobs}.json"), "--no-progress"]
    where = [str(folder / form) for form in FORMS]
    return cost_of([*CHECKTOOL, "check", *where, "--on", DAY, "--jobs", jobs, *report])


def compare(folder: Path, rounds: int) -> None:
    """Run everything in turns and print the medians and their ratios, after a start that does not count."""
    whole_check(folder, "1")
    runs: dict[str, list[Cost]] = {"xmllint": [], "check, 1 process": [], "check, auto": []}
    for _ in range(rounds):
        runs["xmllint"].append(xmllint(folder))
        runs["check, 1 process"].append(whole_check(folder, "1"))
        runs["check, auto"].append(whole_check(folder, "auto"))
    base = median(runs["xmllint"])
    print(f"{'':18}{'CPU s':>9}{'wall s':>9}{'MiB':>8}{'CPU ratio':>12}{'wall ratio':>12}")
    for name, costs in runs.items():
        one = median(costs)
        figures = f"{one.cpu:9.2f}{one.wall:9.2f}{one.memory:8.0f}"
        print(f"{name:18}{figures}{one.cpu / base.cpu:11.2f}×{one.wall / base.wall:11.2f}×")


def profile(folder: Path) -> None:
    """Check in this process under a profiler and print the share of each module."""
    sys.path.insert(0, str(ROOT))
    from checktool.checking.engine import CheckOptions, run
    from checktool.definitions import pack, registry
    from checktool.reporting.json_report import json_report
    from checktool.reporting.masking import ReportOptions
    from checktool.wording import Wording

    def whole() -> None:
        chosen = pack.load(PACK)
        report = run([str(folder / form) for form in FORMS], chosen, CheckOptions(date.fromisoformat(DAY)))
        "".join(json_report(report, Wording(registry.rules_of(chosen)), ReportOptions()))

    profiler = cProfile.Profile()
    profiler.runcall(whole)
    shares = by_module(pstats.Stats(profiler))
    total = sum(shares.values())
    print("\nwhere the time goes (in one process, without its start; the profiler makes Python look dear)")
    for name, seconds in shares.most_common(20):
        print(f"{100 * seconds / total:6.1f} %  {name}")


def by_module(stats: pstats.Stats) -> Counter[str]:
    """Own time per module of checktool; what a library took counts for the module that called it."""
    shares: Counter[str] = Counter()
    for place, (_, _, own, _, callers) in stats.stats.items():  # type: ignore[attr-defined]
        if room(place) != ELSEWHERE:
            shares[room(place)] += own
            continue
        for caller, (_, _, spent, _) in callers.items():
            shares[room(caller)] += spent
    return shares


def room(place: tuple[str, int, str]) -> str:
    """The module that a profiled function belongs to."""
    if place[0] == "<quick rules>":
        return "rules as code"
    return place[0].removeprefix(PACKAGE) if place[0].startswith(PACKAGE) else ELSEWHERE


def main() -> int:
    """Generate, compare, and profile if asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=2000, help="how many, half of each form")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--profile", action="store_true", help="also say where the time goes")
    given = parser.parse_args()
    if not shutil.which("xmllint") or not hasattr(os, "wait4"):
        print("needs xmllint (libxml2-utils) and wait4", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        make_documents(folder, given.documents // len(FORMS))
        compare(folder, given.rounds)
        if given.profile:
            profile(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
