"""The wizard 検査定義を作る: sources, reading, review, proof and saving."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from checktool.definitions.importing.mapping import ImportMap
from checktool.errors import CheckToolError
from checktool.gui.dialogs.making.finish import FinishPanel
from checktool.gui.dialogs.making.reading import ReadingPanel
from checktool.gui.dialogs.making.review import ReviewPanel
from checktool.gui.dialogs.making.sources import SourcesPanel
from checktool.gui.dialogs.sizes import resize_within
from checktool.gui.fitting import Roomy
from checktool.gui.making import Proposal, Saved, Wishes, make_job, read_map, save_job
from checktool.gui.session import Session
from checktool.gui.worker import Worker
from checktool.wording import Wording

SOURCES, READING, REVIEW, FINISH = range(4)
STEPS = ("sources", "reading", "review", "finish")
WIDTH, LINES = 78, 32
PATIENCE_MS = 900


class MakingWizard(QDialog):
    """One panel a step. Nothing is saved before the last one; stopping or closing leaves nothing."""

    used = Signal(str)
    """A pack was installed and is in use from now on: its id."""

    def __init__(self, session: Session, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._wording = session, wording
        self.wishes = Wishes()
        self._proposal: Proposal | None = None
        self._stale = self._stopping = False
        self._map_path = ""
        self._worker, self._saver = Worker(self), Worker(self)
        self.setWindowTitle(self._say("title"))
        self.finished.connect(self.deleteLater)
        self.sources = SourcesPanel(self.wishes, wording)
        self.reading = ReadingPanel(wording)
        self.review = ReviewPanel(self.wishes, wording)
        self.finish = FinishPanel(self.wishes, wording)
        self.stack = QStackedWidget()
        self.panels = (self.sources, self.reading, self.review, self.finish)
        for panel in self.panels:
            self.stack.addWidget(panel)
        self.head = QLabel(wordWrap=True)
        self.back = QPushButton(self._say("back"))
        self.next = QPushButton()
        self.next.setProperty("role", "main")
        self.end = QPushButton(self._say("close"))
        for button in (self.back, self.next, self.end):
            button.setAutoDefault(False)
        self._connect()
        self._lay_out()
        self._show(SOURCES)

    def _say(self, key: str, **params: str | int) -> str:
        return self._wording.say(f"pack_window.making.{key}", **params)

    def _connect(self) -> None:
        self._worker.told.connect(self.reading.hear)
        self._worker.finished.connect(self._made)
        self._worker.failed.connect(self._failed)
        self._saver.finished.connect(self._saved)
        self._saver.failed.connect(self._not_saved)
        self.sources.changed.connect(self._show_buttons)
        self.finish.changed.connect(self._show_buttons)
        self.review.edited.connect(self._edited)
        self.reading.stop_clicked.connect(self.stop)
        self.back.clicked.connect(self.go_back)
        self.next.clicked.connect(self.proceed)
        self.end.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.end)
        row.addWidget(self.next)
        column = QVBoxLayout(self)
        column.addWidget(self.head)
        column.addWidget(Roomy(self.stack), 1)
        column.addLayout(row)
        resize_within(self, WIDTH, LINES)

    def proceed(self) -> None:
        """The next step; after corrections the sources are read anew first."""
        step = self.stack.currentIndex()
        if not self.next.isEnabled():
            return
        if step == SOURCES:
            self._begin()
        elif step == REVIEW and self._stale:
            self._read()
        elif step == REVIEW:
            self._show(FINISH)
        elif step == FINISH and self._proposal is not None:
            self.next.setEnabled(False)
            self._saver.start(save_job(self._proposal, self.finish.target, self.finish.use.isChecked()))

    def go_back(self) -> None:
        """The step before."""
        step = self.stack.currentIndex()
        self._show({READING: SOURCES, REVIEW: SOURCES}.get(step, REVIEW))

    def stop(self) -> None:
        """End the reading early; nothing is left of it. One that does not answer goes on unheard."""
        self._stopping = True
        self._worker.stop()
        QTimer.singleShot(PATIENCE_MS, self, self._give_up)

    def _give_up(self) -> None:
        if self._stopping and self._worker.busy:
            self._worker.let_go()
            self._made(None)

    def reject(self) -> None:
        """Esc and closing stop a reading first; without one they close, and what was made goes."""
        if self._worker.busy:
            self.stop()
            return
        self._saver.let_go()
        if self._proposal is not None:
            self._proposal.holder.cleanup()
        super().reject()

    def _begin(self) -> None:
        """Read the sources with the map that was chosen, if another one than before."""
        path = self.sources.map.text().strip()
        if path != self._map_path or self._proposal is None:
            try:
                self.wishes.map = read_map(path) if path else ImportMap()
            except CheckToolError as error:
                self._show(READING)
                self._failed(error)
                return
            self._map_path = path
            self.wishes.stated = {}
        self._read()

    def _read(self) -> None:
        self._stopping = False
        self.reading.begin()
        self._worker.start(make_job(self.wishes, self._session.on, self._wording))
        self._show(READING)

    def _made(self, result: object) -> None:
        if not isinstance(result, Proposal):
            self.reading.end(self._say("stopped"), "card")
            self._show(READING)
            return
        if self._proposal is not None:
            self._proposal.holder.cleanup()
        self._proposal, self._stale = result, False
        self.wishes.take(result.made)
        self.review.show_proposal(result)
        self.finish.show_proposal(result)
        self._show(REVIEW)

    def _failed(self, error: CheckToolError) -> None:
        said = self._wording.error(error)
        self.reading.end(self._say("fault", message=said.message, fix=said.fix, code=error.code), "correct")
        self._show(READING)

    def _edited(self) -> None:
        self._stale = True
        self._show_buttons()

    def _saved(self, result: object) -> None:
        if isinstance(result, Saved) and self._proposal is not None:
            self.finish.show_saved(result)
            if result.used:
                self.used.emit(self._proposal.made.draft.id)
        self._show_buttons()

    def _not_saved(self, error: CheckToolError) -> None:
        self.finish.show_fault(error)
        self._show_buttons()

    def _show(self, step: int) -> None:
        self.stack.setCurrentIndex(step)
        parts = [self._say(f"step.{name}") for name in STEPS]
        parts[step] = f"<b>{parts[step]}</b>"
        self.head.setText(self._wording.say("gui.write.arrow").join(parts))
        self._show_buttons()
        self.panels[step].setFocus()

    def _show_buttons(self) -> None:
        step, busy = self.stack.currentIndex(), self._worker.busy or self._saver.busy
        again = step == REVIEW and self._stale
        keys = {SOURCES: "read", REVIEW: "read_again" if again else "prove", FINISH: "save"}
        self.next.setVisible(step in keys)
        self.next.setText(self._say(keys.get(step, "read")))
        ready = {SOURCES: self.sources.ready, REVIEW: True, FINISH: self.finish.ready}
        self.next.setEnabled(not busy and ready.get(step, False))
        self.back.setVisible(step != SOURCES)
        self.back.setEnabled(not busy)
