"""運用設定: what policy.toml of this PC says."""

from collections.abc import Iterator
from html import escape

from PySide6.QtWidgets import QLabel, QTextBrowser, QVBoxLayout, QWidget

from checktool.errors import SettingsError
from checktool.paths import machine_folder, user_folder
from checktool.settings import POLICY, policy
from checktool.wording import Wording


class PolicyPanel(QWidget):
    """What each setting is and says; nothing can be changed here."""

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self.text = QTextBrowser(openLinks=False)
        self.text.document().setDocumentMargin(self.fontMetrics().height() // 2)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(wording.say("gui.manage.policy_name"))
        hint = QLabel(wording.say("gui.manage.policy_hint"), wordWrap=True)
        hint.setProperty("role", "muted")
        column = QVBoxLayout(self)
        column.addWidget(hint)
        column.addWidget(self.text, 1)
        self.setFocusProxy(self.text)

    def show_session(self) -> None:
        """Read the policy anew."""
        rows = (f"<tr><td>{_cells(sentence)}</td></tr>" for sentence in self._sentences())
        self.text.setHtml(f'<table cellpadding="6">{"".join(rows)}</table>')

    def _sentences(self) -> Iterator[str]:
        def say(key: str, **params: str | int) -> str:
            return self._wording.say(f"gui.manage.policy.{key}", **params)

        path = machine_folder() / POLICY
        try:
            found = policy()
        except SettingsError as error:
            said = self._wording.error(error)
            yield f"{said.message}{said.fix}（{error.code}）"
            return
        yield say("file" if path.is_file() else "no_file", path=str(path))
        yield say("user", path=str(user_folder()))
        hospital, packs = found.hospital, found.packs
        yield say(
            "institution" if hospital.institution_code else "no_institution", code=hospital.institution_code
        )
        yield say("doctors" if hospital.doctor_list else "no_doctors", path=str(hospital.doctor_list or ""))
        yield say("allowed" if packs.allowed else "all_allowed", ids="、".join(packs.allowed))
        yield say("signed_only" if packs.signed_only else "unsigned_too")
        yield say("keys", count=len(packs.trusted_keys))
        yield say("sample_too" if packs.allow_sample else "no_sample")
        yield say("current_only" if packs.current_only else "any_day")


def _cells(sentence: str) -> str:
    """A sentence as what it is about and what it says, side by side."""
    about, found, says = escape(sentence).partition(": ")
    return f"<b>{about}</b></td><td>{says}" if found else about
