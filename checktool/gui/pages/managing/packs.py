"""検査定義: the packs of this PC, and what the one in use says of itself."""

from collections.abc import Iterator
from dataclasses import fields

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from checktool.definitions.profiles import profiles_of
from checktool.gui.inventory import inventory_job
from checktool.gui.pages.results_tables import Table
from checktool.gui.session import Session
from checktool.gui.tables.packs_model import PacksModel
from checktool.gui.worker import Worker
from checktool.model.definition import Limits
from checktool.wording import Wording

WIDTHS = (5, 16, 6, 5, 12, 12)
LINES = 8


class PacksPanel(QWidget):
    """A table, a button that judges by the chosen pack, and the facts of the one in use."""

    wanted = Signal(str)
    """Judge by this pack (id@edition)."""

    def __init__(self, session: Session, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._wording = session, wording
        self._worker = Worker(self)
        self._worker.finished.connect(self._found)
        self.model = PacksModel(session, wording, self)
        self.table = Table(self.model, WIDTHS, self._say("packs_name"))
        self.table.selectionModel().currentRowChanged.connect(lambda: self._show_button())
        self.use = QPushButton(self._say("use"))
        self.use.setToolTip(self._say("use_hint"))
        self.use.clicked.connect(self._use)
        self.caption = QLabel(self._say("facts"))
        self.facts = QPlainTextEdit(readOnly=True)
        self.facts.setTabChangesFocus(True)
        self.facts.setAccessibleName(self._say("facts_name"))
        self.facts.setMinimumHeight(self.fontMetrics().height() * LINES)
        self.facts.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.caption.setBuddy(self.facts)
        hint = QLabel(self._say("packs_hint"), wordWrap=True)
        hint.setProperty("role", "muted")
        row = QHBoxLayout()
        row.addWidget(hint, 1)
        row.addWidget(self.use)
        column = QVBoxLayout(self)
        column.addWidget(self.table, 2)
        column.addLayout(row)
        column.addWidget(self.caption)
        column.addWidget(self.facts, 3)
        self.setFocusProxy(self.table)

    def _say(self, key: str, **params: str | int) -> str:
        return self._wording.say(f"gui.manage.{key}", **params)

    def show_session(self) -> None:
        """Look at the packs anew."""
        self.facts.setPlainText("\n".join(self._lines()))
        self._worker.start(inventory_job())
        self._show_button()

    def _found(self, packs: object) -> None:
        if isinstance(packs, list):
            self.model.show(packs)
            rows = [row for row, pack in enumerate(packs) if self.model.in_use(pack)]
            self.table.select(rows[0] if rows else 0)
        self._show_button()

    def _show_button(self) -> None:
        pack = self.model.pack_at(self.table.currentIndex().row())
        usable = pack is not None and pack.error is None and not self.model.in_use(pack)
        self.use.setEnabled(usable and not self._session.state.busy)

    def _use(self) -> None:
        pack = self.model.pack_at(self.table.currentIndex().row())
        if pack is not None:
            self.wanted.emit(f"{pack.id}@{pack.edition}")

    def _lines(self) -> Iterator[str]:
        pack, say = self._session.pack, self._say
        info = pack.info
        yield say("fact.pack", title=info.title, id=info.id, edition=info.edition)
        yield say("fact.status", status=self._wording.say(f"report.status.{info.status}"))
        if pack.published_on:
            yield say("fact.published", on=pack.published_on.isoformat())
        yield say("fact.sha256", sha256=info.sha256)
        for form in pack.forms:
            yield say("fact.form", name=form.name, versions="、".join(form.versions))
        profiles = "、".join(profiles_of(pack).values()) or self._wording.say("gui.window.profile_none")
        yield say("fact.profiles", profiles=profiles)
        yield say("fact.rules", count=len(self._wording.rules()))
        yield say(
            "fact.encoding", accepted="、".join(pack.encoding.accepted), repertoire=pack.encoding.repertoire
        )
        yield say("fact.limits")
        for limit in fields(Limits):
            value = getattr(pack.limits, limit.name)
            text = value if isinstance(value, str) else f"{value:,}"
            if value:
                yield say("fact.limit", name=say(f"limit.{limit.name}"), value=text)
