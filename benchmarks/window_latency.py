"""How long an event of the window waits while a large run goes on: p99 at most 50 ms is wanted.

    python benchmarks/window_latency.py [--files 20000]

A thread posts an event every 10 ms; its wait until the thread of the window takes it is measured, while the
list of results fills, and is filtered, searched, sorted and scrolled as a person would. On a PC that is busy
with other things the wait says little; what the window's own thread worked between two events says what the
window itself is to blame for.
"""

import argparse
import os
import statistics
import sys
import tempfile
import threading
import time
from datetime import date
from itertools import cycle
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal

from checktool.definitions.pack import load
from checktool.gui.app import make_application, open_window, stay_responsive
from checktool.gui.window import MainWindow
from checktool.samples.make import Request, samples

ON = date(2026, 11, 22)
DISTINCT = 300
PERIOD = 0.01
ACTION_MS = 700
IDLE_MS = 3_000
MOST = 0.05
BREAKS = ("", "", "D609", "N301", "T203", "R507")
ACTIONS = (
    "filter_correct", "filter_all", "common_findings", "filter_confirm", "filter_all", "common_findings",
    "filter_clean", "filter_all",
)  # fmt: skip


class Probe(QObject):
    """Posts events from a thread of its own and notes how long each waited."""

    posted = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self.waits: list[float] = []
        self.work: list[float] = []
        self._worked = time.thread_time()
        self._ending = threading.Event()
        self.posted.connect(self._taken, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._post, daemon=True)

    def start(self) -> None:
        """Begin to post."""
        self._thread.start()

    def end(self) -> None:
        """Post no more."""
        self._ending.set()
        self._thread.join()

    def _post(self) -> None:
        while not self._ending.wait(PERIOD):
            self.posted.emit(time.perf_counter())

    def _taken(self, posted: float) -> None:
        self.waits.append(time.perf_counter() - posted)
        worked = time.thread_time()
        self.work.append(worked - self._worked)
        self._worked = worked


def write_documents(folder: Path, count: int) -> None:
    """Many documents with their own bytes, of all verdicts, from some hundred samples."""
    pack, made = load(), []
    for number, broken in enumerate(BREAKS):
        request = Request("opinion" if number % 2 else "survey", ON, DISTINCT // len(BREAKS), broken=broken)
        made += [file.data for file in samples(pack, request) if file.name.endswith(".xml")]
    for number, data in zip(range(count), cycle(made)):
        (folder / f"IKN_{number:06d}.xml").write_bytes(data + b"<!-- %d -->\n" % number)


def floor() -> float:
    """The 99th percentile of an event loop with nothing else to do: what else this PC is at."""
    loop, probe = QEventLoop(), Probe()
    probe.start()
    QTimer.singleShot(IDLE_MS, loop.quit)
    loop.exec()
    probe.end()
    return statistics.quantiles(probe.waits, n=100)[98]


def measure(window: MainWindow, folder: Path) -> tuple[Probe, float]:
    """What was noted during a check of a folder, and how long it took (with half a second after it)."""
    loop = QEventLoop()
    probe, actions = Probe(), cycle(ACTIONS)
    user = QTimer(interval=ACTION_MS)
    user.timeout.connect(lambda: window.trigger(next(actions)))
    began = time.perf_counter()
    window.running.ended.connect(lambda: QTimer.singleShot(500, loop.quit))
    window.check([str(folder)])
    probe.start()
    user.start()
    loop.exec()
    user.stop()
    probe.end()
    return probe, time.perf_counter() - began


def told(name: str, seconds: list[float]) -> float:
    """Print the percentiles of some times; the answer is the 99th."""
    percentile = statistics.quantiles(seconds, n=1000)
    names = (("p50", 499), ("p95", 949), ("p99", 989), ("p99.9", 998))
    parts = [f"{label} {1000 * percentile[place]:.1f} ms" for label, place in names]
    print(f"{name}: {'  '.join(parts)}  longest {1000 * max(seconds):.1f} ms")
    return percentile[989]


def main() -> int:
    """Run and print; 0 when the 99th percentile is within 50 ms."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=20_000)
    count = parser.parse_args().files
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["CHECKTOOL_USER"] = str(Path(scratch) / "user")
        folder = Path(scratch) / "documents"
        folder.mkdir()
        write_documents(folder, count)
        app = make_application()
        window = open_window()
        stay_responsive(app)
        window.resize(1200, 800)
        window.show()
        idle = floor()
        probe, seconds = measure(window, folder)
        rows = len(window.session.rows)
        window.close()
    print(f"idle: p99 {1000 * idle:.1f} ms")
    print(f"{rows} documents in {seconds:.1f} s, {len(probe.waits)} events")
    told("work of the window between events", probe.work)
    return 0 if told("wait of an event", probe.waits) <= MOST else 1


if __name__ == "__main__":
    sys.exit(main())
