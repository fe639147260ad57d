"""The findings of one document in the order of the form, with what the list says of each. No Qt."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from checktool.gui.comparison import FileChange
from checktool.gui.document.markup import visible
from checktool.gui.document.placing import Guide
from checktool.gui.rows import AnyFinding, Row, item_of
from checktool.gui.session import Session
from checktool.gui.tables.shown import finding_state_text, mask
from checktool.model.finding import Finding
from checktool.model.report import LayerStatus
from checktool.reporting.listing import form_text

LEFT, NEW, MENDED, UNSURE = "left", "new", "mended", "unsure"
ENDS_THE_CHECK = 3
LONGEST_VALUE = 200


@dataclass(frozen=True, slots=True)
class Card:
    """One finding as the list shows it.

    ``state`` is its severity (0 ・ 1 △ 2 ×), 3 for one that ended the check. ``change`` says what became of
    it since the check before: LEFT, NEW, MENDED, UNSURE, or empty where there was none. Findings of the
    check before (MENDED, UNSURE) have no place in the document any more.
    """

    finding: AnyFinding
    section: str
    state: int
    change: str = ""

    @property
    def past(self) -> bool:
        """Whether it is a finding of the check before."""
        return self.change in (MENDED, UNSURE)


def cards_of(session: Session, row: Row, guide: Guide) -> list[Card]:
    """The findings of a document by section in the order of the form, those of the check before last."""
    changes = session.changes
    change = changes.files.get(row.report.source) if changes else None
    told = {id(finding): LEFT for finding in change.left} if change else {}
    told |= {id(finding): NEW for finding in change.new} if change else {}
    say = session.wording.say
    cards = []
    for finding in row.findings:
        section = guide.section(row.report.form, finding) or say("gui.correct.whole")
        if not isinstance(finding, Finding):
            section = say("gui.correct.batch")
        state = ENDS_THE_CHECK if session.wording.rule(finding.code).refused else int(finding.severity)
        cards.append(Card(finding, section, state, told.get(id(finding), "")))
    order = {section: place for place, section in enumerate(_sections(session, row, guide))}
    cards.sort(key=lambda card: (order.get(card.section, len(order)), _line(card.finding)))
    return [*cards, *_past(session, change)]


def _line(finding: AnyFinding) -> tuple[int, int]:
    return (finding.location.line, finding.location.column) if isinstance(finding, Finding) else (0, 0)


def _sections(session: Session, row: Row, guide: Guide) -> Iterator[str]:
    yield session.wording.say("gui.correct.whole")
    yield from guide.sections(row.report.form)


def _past(session: Session, change: FileChange | None) -> Iterator[Card]:
    if change is None:
        return
    for key, findings in ((MENDED, change.mended), (UNSURE, change.unsure)):
        section = session.wording.say(f"gui.correct.{key}")
        for finding in findings:
            yield Card(finding, section, int(finding.severity), key)


@dataclass(frozen=True, slots=True)
class Words:
    """A card in words: state by glyph and word, item, title, what became of it, who mends it, the rest."""

    state: str
    item: str
    title: str
    change: str
    who: str


def words_of(session: Session, row: Row, card: Card) -> Words:
    """What the list says of a card, values hidden where they are to be."""
    say = session.wording.say
    title = mask(session).explain(card.finding).title
    change = say(f"gui.correct.change.{card.change}") if card.change else ""
    state = change if card.change == MENDED else finding_state_text(session.wording, card.state)
    who = session.assignments.name(session.wording, row.report, card.finding)
    return Words(state, item_of(card.finding), title, "" if card.change == MENDED else change, who)


def parts_of(session: Session, row: Row, finding: AnyFinding, section: str = "") -> Iterator[tuple[str, str]]:
    """What there is to say of a finding: (key of its label, text), in the order of the page."""
    shown, wording = mask(session), session.wording
    said, rule = shown.explain(finding), wording.rule(finding.code)
    yield "value", _cut(visible(shown.value(finding)))
    yield "message", said.message
    yield "fix", said.fix
    yield "who", session.assignments.name(wording, row.report, finding)
    yield "rule_source", rule.source
    yield "code", finding.code
    if isinstance(finding, Finding):
        yield "place", _place(session, finding, section)
    else:
        others = [source for source in finding.sources if source != row.report.source]
        yield "files", wording.say("gui.correct.list").join(_names(session, others))


def _cut(value: str) -> str:
    return value if len(value) <= LONGEST_VALUE else value[:LONGEST_VALUE] + "…"


def _names(session: Session, sources: list[str]) -> Iterator[str]:
    """The names of documents, while values are hidden their numbers: names of files may name a patient."""
    for source in sources:
        place = session.place(source)
        hidden = session.hide_values and place is not None
        yield session.wording.say("gui.correct.text.hidden_source", number=place + 1) if hidden else source  # type: ignore[operator]


def _place(session: Session, finding: Finding, section: str) -> str:
    say, place = session.wording.say, finding.location
    twofold = section and place.item and section not in (place.item, say("gui.correct.whole"))
    found = [say("gui.correct.at", section=section, item=place.item) if twofold else place.item]
    if place.line:
        found.append(say("gui.correct.at_line", line=place.line, column=place.column))
    return "　".join(part for part in found if part)


def notes_of(session: Session, row: Row) -> list[str]:
    """What of the check did not run, or ran in part, in words."""
    say, found = session.wording.say, []
    for (status, note), alike in groupby(row.report.layers, key=lambda layer: (layer.status, layer.note)):
        ran = status in (LayerStatus.PASSED, LayerStatus.FAILED)
        if status is LayerStatus.ABSENT or (ran and note is None):
            continue
        reason = mask(session).note(note)
        layers = say("report.and").join(say(f"report.layer.{layer.layer.value}") for layer in alike)
        word = say(f"report.layer_status.{status.value}")
        why = say("gui.correct.note_text", note=reason) if reason else ""
        found.append(say("gui.correct.note", layer=layers, word=word, note=why))
    return found


def text_of(session: Session, row: Row, cards: list[Card]) -> str:
    """The findings of a document as text to paste elsewhere: a calm paragraph each."""
    say, report = session.wording.say, row.report
    form = say("gui.correct.text.form", form=form_text(report, session.wording)) if report.form_name else ""
    source = next(_names(session, [report.source]))
    verdict = say(f"report.mark.{row.verdict.value}") + " " + say(f"report.verdict.{row.verdict.value}")
    if session.pack.info.status == "sample":
        verdict += say("report.sample_mark")
    lines = [source + form, say("gui.correct.text.verdict", verdict=verdict), ""]
    current = [card for card in cards if not card.past]
    for number, card in enumerate(current, start=1):
        lines += [*_paragraph(session, row, card, number), ""]
    if not current:
        lines += [say("gui.correct.text.none"), ""]
    if len(current) < len(cards):
        lines += [*(_in_a_line(session, row, card) for card in cards if card.past), ""]
    return "\n".join([*lines, say("report.disclaimer"), ""])


def _in_a_line(session: Session, row: Row, card: Card) -> str:
    """A finding in a line: its state or what became of it, its code and item."""
    say, words = session.wording.say, words_of(session, row, card)
    item = say("gui.correct.text.item", item=words.item) if words.item else ""
    state = (card.past and words.change) or words.state
    return say("gui.correct.text.finding", words=state, code=card.finding.code, item=item)


def _paragraph(session: Session, row: Row, card: Card, number: int) -> Iterator[str]:
    say = session.wording.say
    yield say("gui.correct.text.numbered", number=number, finding=_in_a_line(session, row, card))
    for key, text in parts_of(session, row, card.finding, card.section):
        if text and key not in ("code", "rule_source"):
            yield say("gui.correct.text.part", label=say(f"gui.correct.{key}"), text=text)
