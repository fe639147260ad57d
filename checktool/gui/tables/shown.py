"""How findings and verdicts are said in the cells of tables."""

from html import escape

from PySide6.QtGui import QFont

from checktool.gui.rows import AnyFinding, Row, item_of
from checktool.gui.session import Session
from checktool.model.report import Verdict
from checktool.reporting.masking import STAR, Mask, Values
from checktool.wording import Explanation, Wording

STATE_VERDICTS = tuple(Verdict)


def bold() -> QFont:
    """A font that is bold and else as the window's."""
    font = QFont()
    font.setBold(True)
    return font


def plain_tip(text: str) -> str:
    """A text as a tool tip that is never taken for markup, whatever a file brought along."""
    return f'<p style="white-space: pre-wrap">{escape(text)}</p>' if text else ""


def mask(session: Session) -> Mask:
    """The words of findings as far as values may be shown now."""
    return Mask(session.wording, Values.NONE if session.hide_values else Values.ALL)


def hidden(session: Session, text: str) -> str:
    """A value of a document, or ``＊`` while values are hidden."""
    return STAR if session.hide_values and text else text


def verdict_text(wording: Wording, verdict: Verdict) -> str:
    """A verdict by its glyph and word, as 「× 要修正」."""
    return f"{wording.say(f'report.mark.{verdict.value}')} {wording.say(f'report.verdict.{verdict.value}')}"


def result_text(session: Session, verdict: Verdict) -> str:
    """A verdict as it is told of a document: with a sample pack, 「○ 指摘なし（見本の定義）」."""
    say = session.wording.say
    sample = say("report.sample_mark") if session.pack.info.status == "sample" else ""
    return verdict_text(session.wording, verdict) + sample


def finding_state_text(wording: Wording, state: int) -> str:
    """The severity of a finding by glyph and word; state 3 is a finding that ended the check."""
    if state == 3:
        return verdict_text(wording, Verdict.UNCHECKED)
    name = ("info", "warning", "error")[state]
    return f"{wording.say(f'report.mark.{name}')} {wording.say(f'report.severity.{name}')}"


def title_of(wording: Wording, code: str) -> str:
    """The title of a code without a finding at hand."""
    return wording.rule(code).title.replace("{code}", code) or code


def first_words(session: Session, row: Row) -> str:
    """What a list says of a document in one line: its gravest finding, or why it is unchecked."""
    if row.first is not None:
        said = mask(session).explain(row.first)
        return "\u3000".join(part for part in (item_of(row.first), said.title) if part)
    return mask(session).note(row.note)


def tooltip(said: Explanation, finding: AnyFinding) -> str:
    """A finding in full: item and title, message, what to do, code."""
    head = " ".join(part for part in (item_of(finding), said.title) if part)
    return f"{head}（{finding.code}）\n{said.message}\n{said.fix}"
