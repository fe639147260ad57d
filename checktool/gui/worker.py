"""Work beside the window: a job in a thread of its own, what it tells brought over in batches.

A job is a function of ``tell`` and ``stop``. It calls ``tell`` with whatever it has for the window, asks
``stop`` where it may end early, and returns its result. It touches no widget; all signals of a ``Worker``
come in the thread of the window.

The thread is Python's own and a daemon: multiprocessing sees that there is more than one and does not fork,
and a thread that hangs in a share that does not answer cannot keep the program from ending.
"""

import sys
import threading
import time
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from checktool.errors import CheckToolError

Tell = Callable[[object], None]
Job = Callable[[Tell, threading.Event], object]

BATCH_MS = 100
LARGEST_BATCH = 1_000
BACKLOG_MS = 15

_alive: set["_Thread"] = set()


class _Thread(threading.Thread):
    """Runs one job; holds what it told and how it ended."""

    def __init__(self, job: Job) -> None:
        super().__init__(name="checktool-job", daemon=True)
        self._job = job
        self.stop = threading.Event()
        self.told: deque[object] = deque()
        self.result: object = None
        self.error: CheckToolError | None = None

    def run(self) -> None:
        """The life of the thread; nothing that a job raises leaves it."""
        try:
            self.result = self._job(self.told.append, self.stop)
        except CheckToolError as error:
            self.error = error
        except Exception as fault:
            self.error = CheckToolError("E070")
            sys.excepthook(type(fault), fault, fault.__traceback__)
        finally:
            _alive.discard(self)


class Worker(QObject):
    """One job at a time. ``told`` brings batches (at most every 100 ms), then ``finished`` or ``failed``.

    ``failed`` carries a CheckToolError; a fault of the job itself comes as E070 and goes to the hook for
    unexpected faults too.
    """

    told = Signal(list)
    finished = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread: _Thread | None = None
        self._timer = QTimer(self, interval=BATCH_MS)
        self._timer.timeout.connect(self._bring)

    @property
    def busy(self) -> bool:
        """Whether a job is under way."""
        return self._thread is not None

    def start(self, job: Job) -> None:
        """Begin a job; one that is under way is let go first."""
        self.let_go()
        self._thread = _Thread(job)
        _alive.add(self._thread)
        self._thread.start()
        self._timer.start(BATCH_MS)

    def stop(self) -> None:
        """Ask the job to end early; its result still comes."""
        if self._thread is not None:
            self._thread.stop.set()

    def let_go(self) -> list[object]:
        """Ask the job to end and hear no more of it, even if it cannot answer; what it told so far."""
        self.stop()
        self._timer.stop()
        thread, self._thread = self._thread, None
        return [] if thread is None else list(thread.told)

    def _bring(self) -> None:
        """Hand over what was told since the last time; when the job is over, its end."""
        thread = self._thread
        if thread is None:
            return
        over = not thread.is_alive()
        count = min(LARGEST_BATCH, len(thread.told))
        if count:
            self.told.emit([thread.told.popleft() for _ in range(count)])
        if thread.told:
            self._timer.setInterval(BACKLOG_MS)
            return
        self._timer.setInterval(BATCH_MS)
        if over and self._thread is thread:
            self._timer.stop()
            self._thread = None
            self._end(thread)

    def _end(self, thread: _Thread) -> None:
        if thread.error is not None:
            self.failed.emit(thread.error)
        else:
            self.finished.emit(thread.result)


def end_all(patience: float = 3.0) -> bool:
    """Ask every job to end and wait, some seconds at most; False when one hangs."""
    waiting = list(_alive)
    for thread in waiting:
        thread.stop.set()
    until = time.monotonic() + patience
    for thread in waiting:
        thread.join(max(0.0, until - time.monotonic()))
    return not any(thread.is_alive() for thread in waiting)
