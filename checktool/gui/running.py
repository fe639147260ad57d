"""A check of the window from start to end: the worker's news into the session, the session's into signals."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QObject, QTimer, Signal

from checktool.errors import CheckToolError
from checktool.gui.checkjob import Checked, Left, Listed, check_job, left_job
from checktool.gui.rows import Row
from checktool.gui.session import RunState, Session
from checktool.gui.worker import Worker

PATIENCE_MS = 900
"""How long a stop may take before the window goes on without an answer."""


class Running(QObject):
    """Runs checks over a session, one at a time.

    ``advanced`` comes when rows were added or the state changed, ``ended`` when a run is over, however.
    """

    advanced = Signal()
    ended = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._worker = Worker(self)
        self._worker.told.connect(self._told)
        self._worker.finished.connect(self._finished)
        self._worker.failed.connect(self._failed)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._give_up)

    def start(self, paths: Sequence[str], today: date | None = None, practice: bool = False) -> None:
        """Check paths; a run that is under way is let go."""
        self._patience.stop()
        self.session.start(paths, today, practice)
        self._worker.start(check_job(self.session, paths))
        self.advanced.emit()

    def stop(self) -> None:
        """End the run early; within a second, even when nothing answers."""
        if not self._worker.busy:
            return
        self._worker.stop()
        self.session.state = RunState.STOPPING
        self._patience.start()
        self.advanced.emit()

    def let_go(self) -> None:
        """End the run and hear no more of it."""
        self._patience.stop()
        self._worker.let_go()

    def _told(self, news: list[object]) -> None:
        session = self.session
        for item in news:
            if isinstance(item, Listed):
                session.listed(item.sources)
        session.add([item for item in news if isinstance(item, Row)])
        if session.state is RunState.STOPPING:
            self._patience.start()
        self.advanced.emit()

    def _finished(self, result: object) -> None:
        self._patience.stop()
        if isinstance(result, Checked):
            self.session.finish(result.report, result.changed, result.changes)
        elif isinstance(result, Left):
            self.session.give_up(result.rows)
        self.ended.emit()

    def _failed(self, error: CheckToolError) -> None:
        self._patience.stop()
        self.session.fail(error)
        self.ended.emit()

    def _give_up(self) -> None:
        """Nothing answers: what was told is kept, the rest is left unchecked."""
        told = self._worker.let_go()
        self._told(told)
        self._patience.stop()
        self._worker.start(left_job(self.session))
