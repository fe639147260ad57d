"""A pack from media before it is applied: what it is, whose it is, what changes."""

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from checktool.errors import CheckToolError
from checktool.gui.dialogs.sizes import resize_within
from checktool.gui.frame import Banner
from checktool.gui.installing import Offer, install_job, look_job
from checktool.gui.session import Session
from checktool.gui.worker import Worker
from checktool.model.definition import DefinitionPack
from checktool.reporting.pack_diff.plain import text

WIDTH, LINES, FACT_LINES = 70, 30, 8
ROLES = {"trusted": "clean", "builtin": "clean", "unsigned": "confirm", "unknown": "confirm"}


class InstallDialog(QDialog):
    """Looks first; nothing is installed before a button says so."""

    installed = Signal(str, bool)
    """A pack was installed: its id, and whether checks use it from now on."""

    def __init__(self, session: Session, source: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wording, self._source = session.wording, source
        self._use = False
        self._looker, self._installer = Worker(self), Worker(self)
        self.setWindowTitle(self._say("title"))
        self.finished.connect(self.deleteLater)
        self.banner = Banner(self._say("looking"), "card")
        self.facts, self.changes = QPlainTextEdit(readOnly=True), QPlainTextEdit(readOnly=True)
        self.facts.setAccessibleName(self._say("facts_name"))
        self.changes.setAccessibleName(self._say("changes_name"))
        for field in (self.facts, self.changes):
            field.setTabChangesFocus(True)
        self.facts.setFixedHeight(self.fontMetrics().height() * FACT_LINES)
        self.caption = QLabel(wordWrap=True)
        self.caption.setBuddy(self.changes)
        self.install, self.install_use = (
            QPushButton(self._say("install")),
            QPushButton(self._say("install_use")),
        )
        self.install_use.setProperty("role", "main")
        self.cancel = QPushButton(self._say("cancel"))
        self._connect()
        self._lay_out()
        self._offer(False)
        self._looker.start(look_job(source, session.on))

    def _say(self, key: str, **params: str | int) -> str:
        return self._wording.say(f"pack_window.install.{key}", **params)

    def _connect(self) -> None:
        self._looker.finished.connect(self._looked)
        self._looker.failed.connect(self._failed)
        self._installer.finished.connect(self._installed)
        self._installer.failed.connect(self._failed)
        self.install.clicked.connect(lambda: self._begin(use=False))
        self.install_use.clicked.connect(lambda: self._begin(use=True))
        self.cancel.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addStretch(1)
        for button in (self.cancel, self.install, self.install_use):
            button.setAutoDefault(False)
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.addWidget(self.banner)
        column.addWidget(self.facts)
        column.addWidget(self.caption)
        column.addWidget(self.changes, 1)
        column.addLayout(row)
        resize_within(self, WIDTH, LINES)

    def reject(self) -> None:
        """An installation that was begun is finished by itself; nothing more is heard of it."""
        self._looker.let_go()
        self._installer.let_go()
        super().reject()

    def _offer(self, usable: bool) -> None:
        self.install.setEnabled(usable)
        self.install_use.setEnabled(usable)

    def _looked(self, offer: object) -> None:
        if not isinstance(offer, Offer):
            return
        self.facts.setPlainText("\n".join(self._facts(offer)))
        if offer.refused is not None:
            self._failed(offer.refused)
        else:
            state = self._wording.say(f"trust.signature.{offer.signature}")
            note = self._say("key_note") if offer.key and offer.signature == "unknown" else ""
            there = self._say("there") if offer.there else ""
            self.banner.show_text(state + note + there, ROLES.get(offer.signature, "card"))
            self._offer(True)
            self.install.setEnabled(not offer.there)
        self._show_changes(offer)

    def _show_changes(self, offer: Offer) -> None:
        if offer.compared is None or offer.current is None:
            self.caption.setText(self._say("no_other"))
            self.changes.hide()
            return
        count = len(offer.compared.changes)
        edition = offer.current.info.edition
        self.caption.setText(
            self._say("changes", edition=edition, count=count) if count else self._say("same")
        )
        self.changes.setPlainText("".join(text(offer.compared, self._wording, True)))

    def _facts(self, offer: Offer) -> Iterator[str]:
        info, say = offer.pack.info, self._wording.say
        yield say("gui.manage.fact.pack", title=info.title, id=info.id, edition=info.edition)
        yield say("gui.manage.fact.status", status=say(f"report.status.{info.status}"))
        if offer.validity:
            yield say(f"trust.validity.{offer.validity}")
        if offer.key:
            yield say("pack_window.install.key", key=offer.key)
        yield say("gui.manage.fact.sha256", sha256=info.sha256)
        for form in offer.pack.forms:
            key = "form" if form.versions else "form_plain"
            yield say(f"gui.manage.fact.{key}", name=form.name, versions="、".join(form.versions))

    def _begin(self, use: bool) -> None:
        self._use = use
        self._offer(False)
        self._installer.start(install_job(self._source, use))

    def _installed(self, pack: object) -> None:
        self.accept()
        if isinstance(pack, DefinitionPack):
            self.installed.emit(pack.info.id, self._use)

    def _failed(self, error: CheckToolError) -> None:
        said = self._wording.error(error)
        self.banner.show_text(
            self._say("cannot", message=said.message, fix=said.fix, code=error.code), "correct"
        )
        self._offer(False)
