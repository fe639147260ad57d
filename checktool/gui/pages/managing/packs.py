"""検査定義: the packs of this PC, where they come from, which one judges."""

from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from checktool.definitions.profiles import profiles_of
from checktool.definitions.trust import store
from checktool.definitions.trust.inventory import Installed
from checktool.errors import CheckToolError
from checktool.gui.dialogs.install_pack import InstallDialog
from checktool.gui.dialogs.messages import tell_error
from checktool.gui.inventory import inventory_job
from checktool.gui.pages.results_tables import Table
from checktool.gui.session import Session
from checktool.gui.tables.packs_model import PacksModel
from checktool.gui.worker import Worker
from checktool.model.definition import Limits
from checktool.wording import Wording

if TYPE_CHECKING:
    from checktool.gui.dialogs.making.wizard import MakingWizard

WIDTHS = (5, 16, 8, 5, 12, 12)
LINES = 8
ABOVE, BELOW = ("make", "install_folder", "install_zip"), ("use", "back", "remove")


class PacksPanel(QWidget):
    """A table, what can be done with packs, and the facts of the chosen and of the one in use."""

    wanted = Signal(str)
    """Judge by this pack from now on (its id: the edition in use)."""

    def __init__(self, session: Session, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._wording = session, wording
        self._worker = Worker(self)
        self._worker.finished.connect(self._found)
        self.model = PacksModel(session, wording, self)
        self.table = Table(self.model, WIDTHS, self._say("packs_name"))
        self.table.selectionModel().currentRowChanged.connect(lambda: self._show_choice())
        self.told = QLabel(wordWrap=True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self._worker.failed.connect(lambda error: self.told.setText(self._fault(error)))
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.caption = QLabel(self._say("facts"))
        self.facts = QPlainTextEdit(readOnly=True)
        self.facts.setTabChangesFocus(True)
        self.facts.setAccessibleName(self._say("facts_name"))
        self.facts.setMinimumHeight(self.fontMetrics().height() * LINES)
        self.facts.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.caption.setBuddy(self.facts)
        self.buttons = {
            name: QPushButton(wording.say(f"pack_window.manage.{name}")) for name in ABOVE + BELOW
        }
        steps: dict[str, Callable[[], object]] = {
            "make": self.make, "install_folder": self._choose_folder, "install_zip": self._choose_zip,
            "use": self._use, "back": self._back, "remove": self._remove,
        }  # fmt: skip
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _=False, name=name: steps[name]())
        self._lay_out()
        self.setFocusProxy(self.table)

    def _lay_out(self) -> None:
        hint = QLabel(self._wording.say("pack_window.manage.hint"), wordWrap=True)
        hint.setProperty("role", "muted")
        rows = []
        for names in (ABOVE, BELOW):
            row = QHBoxLayout()
            for name in names:
                row.addWidget(self.buttons[name])
            row.addStretch(1)
            rows.append(row)
        column = QVBoxLayout(self)
        column.addLayout(rows[0])
        column.addWidget(self.table, 2)
        column.addLayout(rows[1])
        column.addWidget(self.told)
        column.addWidget(hint)
        column.addWidget(self.caption)
        column.addWidget(self.facts, 3)

    def _say(self, key: str, **params: str | int) -> str:
        return self._wording.say(f"gui.manage.{key}", **params)

    def show_session(self) -> None:
        """Look at the packs anew."""
        self.facts.setPlainText("\n".join(self._lines()))
        self._worker.start(inventory_job())
        self._show_choice()

    def _found(self, packs: object) -> None:
        if isinstance(packs, list):
            self.model.show(packs)
            rows = [row for row, pack in enumerate(packs) if self.model.in_use(pack)]
            self.table.select(rows[0] if rows else 0)
        self._show_choice()

    def _chosen(self) -> Installed | None:
        return self.model.pack_at(self.table.currentIndex().row())

    def _show_choice(self) -> None:
        """What can be done with the chosen pack, and what holds for it."""
        pack, free = self._chosen(), not self._session.state.busy
        sound = pack is not None and pack.error is None and pack.refused is None
        self.buttons["use"].setEnabled(free and pack is not None and sound and not self.model.in_use(pack))
        self.buttons["back"].setEnabled(free and pack is not None and bool(store.before(pack.id)))
        self.buttons["remove"].setEnabled(free and pack is not None and pack.removable)
        self.told.setText("\n".join(self._trust(pack)) if pack else "")
        self.told.setAccessibleName(self.told.text())

    def _trust(self, pack: Installed) -> Iterator[str]:
        say = self._wording.say
        fault = pack.error or pack.refused
        if fault is not None:
            yield self._fault(fault)
        if pack.error is None:
            yield say(f"trust.signature.{pack.signature}")
            yield say(f"trust.validity.{pack.validity}")
        if pack.key:
            yield say("pack_window.install.key", key=pack.key)

    def _fault(self, fault: CheckToolError) -> str:
        said = self._wording.error(fault)
        say = self._wording.say
        return say("pack_window.manage.refused", message=said.message, fix=said.fix, code=fault.code)

    def make(self) -> "MakingWizard":
        """Open the wizard that makes a pack."""
        from checktool.gui.dialogs.making.wizard import MakingWizard  # it brings the engine

        dialog = MakingWizard(self._session, self._wording, self)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        used: list[str] = []
        dialog.used.connect(used.append)
        dialog.finished.connect(lambda _: self._refresh(used[-1] if used else None))
        dialog.open()
        return dialog

    def install(self, source: str) -> InstallDialog:
        """Look at a pack on a medium, to install it."""
        dialog = InstallDialog(self._session, source, self)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.installed.connect(self._installed)
        dialog.open()
        return dialog

    def _installed(self, pack_id: str, used: bool) -> None:
        self._refresh(pack_id if used else None)

    def _choose_folder(self) -> None:
        path = QFileDialog.getExistingDirectory(self, self._wording.say("pack_window.manage.folder_title"))
        if path:
            self.install(str(Path(path)))

    def _choose_zip(self) -> None:
        title, kinds = (self._wording.say(f"pack_window.manage.zip_{part}") for part in ("title", "kinds"))
        path, _ = QFileDialog.getOpenFileName(self, title, "", kinds)
        if path:
            self.install(str(Path(path)))

    def _use(self) -> None:
        pack = self._chosen()
        if pack is not None:
            self._carry_out(pack.id, lambda: store.use(pack.id, pack.edition))

    def _back(self) -> None:
        pack = self._chosen()
        if pack is not None:
            self._carry_out(pack.id, lambda: store.back(pack.id))

    def _remove(self) -> None:
        """Take a pack away after asking; when it judges now, what is left judges."""
        pack = self._chosen()
        if pack is None:
            return
        say = self._wording.say
        title = say("pack_window.manage.remove_title")
        text = say("pack_window.manage.remove_ask", title=pack.title or pack.id, edition=pack.edition)
        box = QMessageBox(QMessageBox.Icon.Question, title, text, parent=self)
        box.setTextFormat(Qt.TextFormat.PlainText)
        yes = box.addButton(say("pack_window.manage.remove_yes"), QMessageBox.ButtonRole.AcceptRole)
        no = box.addButton(say("pack_window.manage.remove_no"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(no)
        box.setEscapeButton(no)
        box.exec()
        if box.clickedButton() is yes:
            self._carry_out(
                pack.id if self.model.in_use(pack) else "", lambda: store.remove(pack.id, pack.edition)
            )

    def _carry_out(self, pack_id: str, step: Callable[[], str]) -> None:
        """Do a step; then the pack is to judge, or the list is looked at anew."""
        try:
            edition = step()
        except CheckToolError as error:
            tell_error(self, self._wording, error)
            return
        self._refresh((pack_id if edition else "") if pack_id else None)

    def _refresh(self, wanted: str | None) -> None:
        """Look at the packs anew; where another is to judge, the window builds this page anew."""
        self.show_session()
        if wanted is not None:
            self.wanted.emit(wanted)

    def _lines(self) -> Iterator[str]:
        pack, say = self._session.pack, self._say
        info = pack.info
        yield say("fact.pack", title=info.title, id=info.id, edition=info.edition)
        yield say("fact.status", status=self._wording.say(f"report.status.{info.status}"))
        if pack.published_on:
            yield say("fact.published", on=pack.published_on.isoformat())
        yield say("fact.sha256", sha256=info.sha256)
        for form in pack.forms:
            key = "form" if form.versions else "form_plain"
            yield say(f"fact.{key}", name=form.name, versions="、".join(form.versions))
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
