"""Step 4 of the page ④: the verified package, or why there is none; the mapping that stays here.

The card between the facts and the mapping is the place of the slip that goes with the medium (媒体受渡票).
"""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from checktool.errors import CheckToolError
from checktool.gui.frame import Banner
from checktool.gui.pages.results_tables import Table
from checktool.gui.session import Session
from checktool.gui.tables.mapping_model import MappingModel
from checktool.handoff.writer import HandoffResult
from checktool.wording import Wording

WIDTHS = (10, 8)


class ResultPanel(QWidget):
    """What came of the hand-over."""

    def __init__(self, session: Session, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._wording = session, wording
        self.package: Path | None = None
        self._memo = ""
        self.banner = Banner()
        self.facts = QLabel(wordWrap=True)
        self.facts.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.facts.setAccessibleName(self._say("facts_name"))
        self.caption = QLabel(self._say("mapping"), wordWrap=True)
        self.model = MappingModel(session, wording, self)
        self.table = Table(self.model, WIDTHS, self._say("mapping_name"), (0, 1))
        self.caption.setBuddy(self.table)
        self.open_folder = QPushButton(self._say("open_folder"))
        self.open_folder.clicked.connect(self._open)
        self.copy = QPushButton(self._say("copy_mapping"))
        self.copy.clicked.connect(lambda: self._put(self.model.text(), "copied_mapping"))
        self.said = QLabel()
        self.said.setProperty("role", "muted")
        self.upload = QLabel(wording.say("handoff.verify.upload"), wordWrap=True)
        self.slip = Banner(role="card")
        self.copy_memo = QPushButton(self._say("copy_memo"))
        self.copy_memo.clicked.connect(lambda: self._put(self._memo, "copied_memo"))
        self.slip.row.addWidget(self.copy_memo)
        self._lay_out()
        self.setFocusProxy(self.open_folder)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.open_folder)
        row.addWidget(self.copy)
        row.addWidget(self.said, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.banner, self.facts, self.upload):
            column.addWidget(widget)
        column.addLayout(row)
        column.addWidget(self.slip)
        column.addWidget(self.caption)
        column.addWidget(self.table, 1)
        self._filler = QWidget()
        column.addWidget(self._filler, 1)

    def _say(self, key: str, **params: str | int) -> str:
        return self._wording.say(f"gui.write.{key}", **params)

    def show_result(self, result: HandoffResult, dest: str = "") -> None:
        """A package was written, read back and found to be the same; ``dest`` is to whom it goes."""
        self.package = result.package
        count = len(result.handed)
        self.banner.show_text(self._say("proof", count=count), "clean")
        practice = self._wording.say("handoff.summary.practice") if self._practice() else ""
        lines = [
            self._wording.say("handoff.summary.package", name=result.name, practice=practice),
            self._wording.say("handoff.summary.place", path=str(result.package)),
            self._say("counts", handed=count, left=len(result.left)),
            *([self._say("later")] if result.left else []),
            self._wording.say("handoff.summary.manifest", sha256=_broken(result.manifest_sha256)),
        ]
        self.facts.setText("\n".join(lines))
        self._memo = "\n".join([*self._about(dest), *lines])
        self.model.show(result.handed)
        self._show(parts=True)

    def show_fault(self, error: CheckToolError) -> None:
        """Nothing was written, and nothing is left at the destination."""
        said = self._wording.error(error)
        self.banner.show_text(f"{said.message}{said.fix}（{error.code}）", "correct")
        self._explain_nothing()

    def show_stopped(self) -> None:
        """The person at work stopped it."""
        self.banner.show_text(self._say("stopped"), "unchecked")
        self._explain_nothing()

    def _about(self, dest: str) -> Iterator[str]:
        """The lines of the memo that the window does not show here."""
        report, operator = self._session.report, self._session.operator
        if report is not None:
            yield self._say("memo_date", day=report.on)
        if operator:
            yield self._say("memo_operator", operator=operator)
        if dest:
            yield self._say("memo_dest", dest=dest)

    def _explain_nothing(self) -> None:
        self.package = None
        self.facts.setText(self._say("nothing_left"))
        self.model.show(())
        self._show(parts=False)

    def _show(self, parts: bool) -> None:
        self.said.clear()
        self.slip.show_text(self._say("slip") if parts else "")
        for widget in (self.caption, self.table, self.open_folder, self.copy, self.upload):
            widget.setVisible(parts)
        self._filler.setVisible(not parts)

    def _practice(self) -> bool:
        return self._session.pack.info.status == "sample"

    def _open(self) -> None:
        if self.package is not None:
            folder = self.package if self.package.is_dir() else self.package.parent
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _put(self, text: str, said: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.said.setText(self._say(said))


def _broken(digest: str) -> str:
    """A hash in groups of eight, so that it can break into lines and be read out."""
    return " ".join(digest[place : place + 8] for place in range(0, len(digest), 8))
