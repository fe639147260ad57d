"""The page ④: from what may go out to a verified package, in four steps."""

from collections.abc import Mapping

from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from checktool.errors import CheckToolError
from checktool.gui.fitting import Roomy
from checktool.gui.frame import EmptyState
from checktool.gui.handoffjob import Stage, handoff_job
from checktool.gui.pages.page import CHOOSE, RESULTS, Command, Page
from checktool.gui.pages.writing.contents import ContentsPanel
from checktool.gui.pages.writing.destination import DestinationPanel, remember
from checktool.gui.pages.writing.progress import ProgressPanel
from checktool.gui.pages.writing.result import ResultPanel
from checktool.gui.past_runs import HANDOFF, keep, run_of
from checktool.gui.session import Session
from checktool.gui.worker import Worker
from checktool.handoff.writer import HandoffResult
from checktool.model.report import CheckReport
from checktool.wording import Wording

CONTENTS, DESTINATION, WRITING, RESULT, EMPTY = range(5)
STEPS = ("contents", "destination", "writing", "result")


class WritePage(Page):
    """Contents, destination, writing and reading back, result: one panel each."""

    def __init__(self, session: Session, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(session, wording, parent)
        self._report: CheckReport | None = None
        self._worker = Worker(self)
        self._worker.told.connect(self._told)
        self._worker.finished.connect(self._finished)
        self._worker.failed.connect(self._failed)
        self.contents = ContentsPanel(session, wording)
        self.destination = DestinationPanel(session, wording)
        self.progress = ProgressPanel(wording)
        self.result = ResultPanel(session, wording)
        self.empty = EmptyState()
        self.stack = QStackedWidget()
        self.panels = (self.contents, self.destination, self.progress, self.result, self.empty)
        for panel in self.panels:
            self.stack.addWidget(Roomy(panel))
        self.head = QLabel(wordWrap=True)
        self.back = QPushButton(self.say("write.back"))
        self.next = QPushButton(self.say("write.next"))
        self.next.setProperty("role", "main")
        self._connect()
        self._lay_out()

    def _connect(self) -> None:
        self.contents.changed.connect(self._show_buttons)
        self.destination.changed.connect(self._show_buttons)
        self.progress.stop_clicked.connect(self.stop)
        self.back.clicked.connect(self.go_back)
        self.next.clicked.connect(self.proceed)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.next)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.head)
        column.addWidget(self.stack, 1)
        column.addLayout(row)

    @property
    def busy(self) -> bool:
        """Whether a package is being written."""
        return self._worker.busy

    def shown(self) -> None:
        """A new run begins at the contents; a result stays until it is put away."""
        report = self.session.report
        if self.busy:
            return
        if report is None or not report.completed or not self.session.rows:
            self._report = None
            self.empty.offer(
                self.say("write.not_yet"), self.say("write.to_results"), lambda: self.go.emit(RESULTS)
            )
            self.show_step(EMPTY)
        elif report is not self._report:
            self._report = report
            self.show_step(CONTENTS)
        else:
            self.show_step(self.stack.currentIndex())

    def commands(self) -> Mapping[str, Command]:
        """Ctrl+S goes on until the result, which a second press does not put away; Esc stops."""
        if self.busy:
            return {"stop": self.stop}
        found: dict[str, Command] = {}
        if self.next.isEnabled() and self.stack.currentIndex() != RESULT:
            found["write"] = self.proceed
        if self.stack.currentIndex() == CONTENTS:
            found["find"] = self.contents.search.setFocus
        return found

    def proceed(self) -> None:
        """The next step, when all that it needs is there."""
        step = self.stack.currentIndex()
        if not self.next.isEnabled():
            return
        if step == CONTENTS:
            self.show_step(DESTINATION)
        elif step == DESTINATION:
            self._write()
        elif step == RESULT and self.result.package is None:
            self.show_step(DESTINATION)
        elif step == RESULT:
            self.show_step(CONTENTS)
            self.go.emit(CHOOSE)

    def go_back(self) -> None:
        """The step before; from the contents to the results of the check."""
        step = self.stack.currentIndex()
        if step in (DESTINATION, RESULT):
            self.show_step(step - 1 if step == DESTINATION else CONTENTS)
        else:
            self.go.emit(RESULTS)

    def stop(self) -> None:
        """End the writing early; nothing is left of it."""
        self._worker.stop()
        self.progress.stopping()

    def closing(self) -> bool:
        """Ask before a package that is being written is given up."""
        if not self.busy:
            return True
        box = QMessageBox(
            QMessageBox.Icon.Question, self.say("write.busy_title"), self.say("write.busy"), parent=self
        )
        stop = box.addButton(self.say("write.busy_stop"), QMessageBox.ButtonRole.AcceptRole)
        keep = box.addButton(self.say("write.busy_keep"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        box.exec()
        if box.clickedButton() is not stop:
            return False
        self._worker.let_go()
        return True

    def _write(self) -> None:
        request = self.destination.request()
        remember(str(request.to))
        self.progress.begin()
        self._worker.start(handoff_job(self.session, request))
        self.show_step(WRITING)

    def _told(self, news: list[object]) -> None:
        stages = [item for item in news if isinstance(item, Stage)]
        if stages and self.progress.button.isEnabled():
            self.progress.show_stage(stages[-1])

    def _finished(self, result: object) -> None:
        if isinstance(result, HandoffResult):
            self.result.show_result(result, self.destination.dest.text().strip())
            keep(run_of(self.session, HANDOFF, len(result.handed)))
        else:
            self.result.show_stopped()
        self.show_step(RESULT)

    def _failed(self, error: CheckToolError) -> None:
        self.result.show_fault(error)
        self.show_step(RESULT)

    def show_step(self, step: int) -> None:
        """Bring a step to the front: CONTENTS to RESULT, or EMPTY."""
        moved = step != self.stack.currentIndex()
        self.stack.setCurrentIndex(step)
        if step == CONTENTS:
            self.contents.show_session()
        elif step == DESTINATION and self.contents.contents is not None:
            self.destination.show_session(self.contents.contents.going)
        parts = [self.say(f"write.step.{name}") for name in STEPS]
        parts[min(step, RESULT)] = f"<b>{parts[min(step, RESULT)]}</b>"
        self.head.setText(self.say("write.arrow").join(parts))
        self.head.setVisible(step != EMPTY)
        panel = self.panels[step]
        self.setFocusProxy(panel)
        self._show_buttons()
        if moved and self.isVisible():
            panel.setFocus()

    def _show_buttons(self) -> None:
        step, contents = self.stack.currentIndex(), self.contents.contents
        written = self.result.package is not None
        keys = {
            CONTENTS: "next",
            DESTINATION: "write_now",
            RESULT: "choose_more" if written else "other_place",
        }
        self.next.setVisible(step in keys)
        self.next.setText(self.say(f"write.{keys.get(step, 'next')}"))
        usable = {
            CONTENTS: contents is not None and contents.going > 0,
            DESTINATION: self.destination.ready,
            RESULT: True,
        }
        self.next.setEnabled(usable.get(step, False))
        self.back.setVisible(step in (CONTENTS, DESTINATION, RESULT))
        self.back.setText(
            self.say(
                {
                    CONTENTS: "write.to_results",
                    RESULT: "write.again" if written else "write.to_contents",
                }.get(step, "write.back")
            )
        )
        self.changed.emit()
