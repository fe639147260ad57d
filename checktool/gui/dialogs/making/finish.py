"""Step 4: what lint and the tests say, where to save, whether to use it."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from checktool.checking.flips import day_outside
from checktool.definitions.lint.words import words
from checktool.errors import CheckToolError
from checktool.gui.frame import Banner
from checktool.gui.making import Proposal, Saved, Wishes, command_line
from checktool.model.report import verdict_of_file
from checktool.wording import Wording

LINES = 3


class FinishPanel(QWidget):
    """The proof of the pack and its destination; ``ready`` when it can be saved."""

    changed = Signal()

    def __init__(self, wishes: Wishes, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wishes, self._wording = wishes, wording
        self.saved: Saved | None = None
        self.banner = Banner("", "card")
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setAccessibleName(self._say("proof_name"))
        self.field = QLineEdit(placeholderText=self._say("target_hint"))
        self.field.setAccessibleName(self._say("target_name"))
        self.field.textChanged.connect(lambda _: self.changed.emit())
        self.choose = QPushButton(self._say("choose_target"))
        self.choose.clicked.connect(self._choose)
        self.use = QCheckBox(self._say("use"))
        self.told = Banner("", "card")
        self.command = QPlainTextEdit(readOnly=True)
        self.command.setAccessibleName(self._say("command_name"))
        self.command.setTabChangesFocus(True)
        self.command.setFixedHeight(self.fontMetrics().height() * (LINES + 1))
        self._lay_out()
        self.setFocusProxy(self.field)

    def _say(self, key: str, **params: str | int) -> str:
        return self._wording.say(f"pack_window.finish.{key}", **params)

    def _lay_out(self) -> None:
        label = QLabel(self._say("target"))
        label.setBuddy(self.field)
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(self.field, 1)
        row.addWidget(self.choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.banner)
        column.addWidget(self.list, 1)
        column.addLayout(row)
        column.addWidget(self.use)
        column.addWidget(self.told)
        column.addWidget(self.command)

    @property
    def ready(self) -> bool:
        """Whether there is a place to save at."""
        return bool(self.field.text().strip()) and self.saved is None

    @property
    def target(self) -> Path:
        """Where to save."""
        return Path(self.field.text().strip())

    def show_proposal(self, proposal: Proposal) -> None:
        """Say what lint, the tests and the examples told."""
        self.saved = None
        self.list.clear()
        for line in self._proof(proposal):
            self.list.addItem(line)
        key, role = ("sound", "clean") if proposal.sound else ("unsound", "correct")
        self.banner.show_text(self._say(key), role)
        self.told.show_text("")
        self.command.hide()
        self.changed.emit()

    def _proof(self, proposal: Proposal) -> Iterator[str]:
        for one in proposal.lint:
            message, fix = words(one, self._wording)
            place = self._wording.say("lint.place", file=one.file, line=one.line) if one.line else one.file
            level = self._wording.say(f"lint.level.{one.level}")
            yield self._say("remark", level=level, code=one.code, place=place, message=message, fix=fix)
        yield self._say("lint", count=len(proposal.lint))
        tests = proposal.tests
        if tests is None:
            yield self._say("no_tests")
        else:
            yield self._say("tests", count=len(tests.results), failed=tests.failed)
        for tried in proposal.made.tried:
            for report in tried.reports:
                codes = " ".join(sorted({found.code for found in report.findings}))
                verdict = self._wording.say(f"import.verdict.{verdict_of_file(report)}")
                day = day_outside(report)
                facts = {"verdict": verdict, "file": tried.example.piece.name, "codes": codes, "day": day}
                yield self._say("example_outside" if day else "example", **facts)

    def show_saved(self, saved: Saved) -> None:
        """Say where it lies and how to make it again."""
        self.saved = saved
        if saved.fault is not None:
            said = self._wording.error(saved.fault)
            text = self._say("saved_unused", path=str(saved.path), why=said.message, fix=said.fix)
            self.told.show_text(text, "confirm")
        else:
            key = "saved_used" if saved.used else "saved"
            self.told.show_text(self._say(key, path=str(saved.path), map=str(saved.map_path)), "clean")
        self.command.setPlainText(command_line(self._wishes.sources, saved))
        self.command.show()
        self.changed.emit()

    def show_fault(self, error: CheckToolError) -> None:
        """Say why it could not be saved."""
        said = self._wording.error(error)
        self.told.show_text(
            self._say("fault", message=said.message, fix=said.fix, code=error.code), "correct"
        )

    def _choose(self) -> None:
        """A new folder, or a file that ends in .zip."""
        name = "-".join(self._wishes.stated.get(key, "") for key in ("id", "edition"))
        path, _ = QFileDialog.getSaveFileName(
            self, self._say("target_title"), name, self._say("target_kinds")
        )
        if path:
            self.field.setText(str(Path(path)))
