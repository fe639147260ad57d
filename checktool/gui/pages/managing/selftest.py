"""動作確認: the self-test of this installation, step by step."""

import threading

from PySide6.QtWidgets import QHBoxLayout, QListWidget, QPushButton, QVBoxLayout, QWidget

from checktool.gui.frame import Banner
from checktool.gui.session import Session
from checktool.gui.worker import Tell, Worker
from checktool.wording import Wording


class SelfTestPanel(QWidget):
    """A button and one line a step."""

    def __init__(self, session: Session, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._wording = session, wording
        self._held = True
        self._worker = Worker(self)
        self._worker.told.connect(self._told)
        self._worker.finished.connect(lambda _: self._finished())
        self._worker.failed.connect(lambda _: self._broken())
        self.banner = Banner(wording.say("gui.manage.test_hint"), "card")
        self.button = QPushButton(wording.say("gui.manage.test"))
        self.button.setProperty("role", "main")
        self.button.clicked.connect(self.start)
        self.list = QListWidget()
        self.list.setAccessibleName(wording.say("gui.manage.test_name"))
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.addWidget(self.banner)
        column.addLayout(row)
        column.addWidget(self.list, 1)
        self.setFocusProxy(self.button)

    def show_session(self) -> None:
        """The test waits while a check runs: it looks at the whole program."""
        self.button.setEnabled(not self._session.state.busy and not self._worker.busy)

    def start(self) -> None:
        """Run every step."""
        from checktool.handoff.rehearsal import STEPS, rehearse  # it loads the engine: not at every start

        wording = self._wording

        def job(tell: Tell, stop: threading.Event) -> None:
            for step in rehearse(wording):
                tell(step)
                if stop.is_set():
                    break

        self.list.clear()
        self._held = True
        self.button.setEnabled(False)
        self.banner.show_text(wording.say("gui.manage.testing", total=len(STEPS)), "card")
        self._worker.start(job)

    def _told(self, news: list[object]) -> None:
        from checktool.handoff.rehearsal import Outcome, Step

        for step in news:
            if isinstance(step, Step):
                self._held = self._held and step.outcome is Outcome.PASSED
                title = self._wording.say(f"cli.selftest.{step.name}")
                key = f"cli.selftest.{step.outcome.value}"
                self.list.addItem(self._wording.say(key, title=title, detail=step.detail, reason=step.detail))

    def _finished(self) -> None:
        key, role = ("good", "clean") if self._held else ("bad", "correct")
        self.banner.show_text(self._wording.say(f"cli.selftest.{key}"), role)
        self.button.setEnabled(True)
        self.button.setFocus()

    def _broken(self) -> None:
        self._held = False
        self._finished()
