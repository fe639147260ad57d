"""The report as one HTML page: no script, no outside resource, made to be read and printed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

from checktool.model.finding import Finding
from checktool.model.report import CheckReport, FileReport, verdict_of_run
from checktool.reporting.evidence import checked_lines
from checktool.reporting.listing import (
    COLUMNS,
    AnyFinding,
    Line,
    cells,
    form_text,
    handling,
    head,
    in_full,
    lines,
    severity_text,
    summary,
    verdict_text,
)
from checktool.reporting.masking import Mask, ReportOptions, mask_for
from checktool.wording import Wording

STYLE = """
body { font-family: "Yu Gothic UI", Meiryo, "BIZ UDGothic", "Noto Sans CJK JP", sans-serif; margin: 2rem auto;
  max-width: 70rem; line-height: 1.6; color: #1a1a1a; background: #fff; padding: 0 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.15rem; border-bottom: 1px solid #888; margin-top: 2rem; }
h3 { font-size: 1rem; margin: 1.5rem 0 .4rem; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid #999; padding: .3rem .5rem; text-align: left; vertical-align: top;
  overflow-wrap: anywhere; }
th { background: #eee; } th, td.state, td.form { white-space: nowrap; } td.number { text-align: right; }
p.notice { border: 1px solid #888; padding: .4rem .6rem; } p.note, li { font-size: .9rem; }
thead { display: table-header-group; } tr { break-inside: avoid; }
@media print { body { margin: 0; max-width: none; font-size: 10pt; padding: 0; }
  h2, h3 { break-after: avoid; } @page { size: A4; margin: 15mm; } }
"""
PARTS = ("message", "value", "fix", "who", "place")
KINDS = {"verdict": "state", "form": "form", "errors": "number", "warnings": "number"}


@dataclass(frozen=True, slots=True)
class Parts:
    """Which parts of a report a page has; ``most`` bounds the documents, 0 = all.

    ``who`` tells who mends a finding of a document (a key of ``report.who``) where someone else was chosen
    than the rule names.
    """

    listed: bool = True
    findings: bool = True
    most: int = 0
    who: Callable[[FileReport, AnyFinding], str] | None = None


def html_report(report: CheckReport, wording: Wording, options: ReportOptions) -> Iterator[str]:
    """The whole page in pieces."""
    title = escape(wording.say("report.title"))
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    yield '<!DOCTYPE html>\n<html lang="ja">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    yield f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
    yield from body(report, mask_for(report, wording, options))
    yield "</body>\n</html>\n"


def body(report: CheckReport, mask: Mask, parts: Parts = Parts()) -> Iterator[str]:
    """What stands between ``<body>`` and ``</body>``; every text is escaped."""
    say = mask.wording.say
    yield f"<h1>{escape(say('report.title'))}</h1>\n"
    yield f'<p class="notice">{escape(handling(mask))}</p>\n'
    yield from _paragraphs(head(report, mask.wording))
    yield from _verdict(report, mask)
    shown = list(lines(report))
    left = len(shown) - parts.most if parts.most else 0
    shown = shown[: parts.most or None]
    if parts.listed:
        yield f"<h2>{escape(say('report.list_heading'))}</h2>\n"
        yield from _list(shown, mask)
    if parts.findings:
        yield f"<h2>{escape(say('report.findings_heading'))}</h2>\n"
        for line in shown:
            if line.findings or not parts.listed:
                yield from _document(line, mask, parts)
    if left > 0:
        yield f'<p class="notice">{escape(say("report.cut", count=left))}</p>\n'
    first, *rest = checked_lines(report, mask, "")
    yield f"<h2>{escape(first)}</h2>\n<ul>\n"
    yield "".join(f"<li>{escape(text)}</li>\n" for text in rest)
    yield f'</ul>\n<p class="note">{escape(say("report.disclaimer"))}</p>\n'


def _verdict(report: CheckReport, mask: Mask) -> Iterator[str]:
    say = mask.wording.say
    verdict = verdict_of_run(report)
    sample = say("report.sample_mark") if report.pack.status == "sample" else ""
    yield f"<h2>{escape(say('report.summary_heading'))}</h2>\n"
    result = say("report.verdict_line", result=verdict_text(verdict, mask.wording) + sample)
    texts = [summary(report, mask.wording), result, *in_full(report, mask.wording)]
    if not report.files:
        texts.append(say("report.no_file"))
    if not report.completed:
        texts.append(say("report.not_completed"))
    yield from _paragraphs(texts)


def _list(shown: list[Line], mask: Mask) -> Iterator[str]:
    yield '<table width="100%">\n<thead><tr>'
    yield "".join(f"<th>{escape(mask.wording.say(f'report.list_column.{name}'))}</th>" for name in COLUMNS)
    yield "</tr></thead>\n<tbody>\n"
    for line in shown:
        yield "<tr>"
        for name, cell in zip(COLUMNS, cells(line, mask), strict=True):
            kind = KINDS.get(name, "text")
            yield f'<td class="{kind}">{escape(str(cell))}</td>'
        yield "</tr>\n"
    yield "</tbody>\n</table>\n"


def _document(line: Line, mask: Mask, parts: Parts) -> Iterator[str]:
    say = mask.wording.say
    name = form_text(line.file, mask.wording)
    form = say("report.file_form", form=name) if name else ""
    title = say(
        "report.file_line",
        result=verdict_text(line.verdict, mask.wording),
        source=mask.name(line.file.source),
    )
    yield f"<h3>{escape(title + form)}</h3>\n"
    if not line.findings:
        note = next((mask.note(layer.note) for layer in line.file.layers if layer.note), "")
        yield from _paragraphs([note or say("report.no_finding")])
        return
    yield '<table width="100%">\n<tbody>\n'
    for found in line.findings:
        yield from _finding(found, mask, parts.who(line.file, found) if parts.who else "")
    yield "</tbody>\n</table>\n"


def _finding(found: AnyFinding, mask: Mask, who: str) -> Iterator[str]:
    wording = mask.wording
    said = mask.explain(found)
    item = found.location.item if isinstance(found, Finding) else found.item
    texts = {
        "message": said.message,
        "value": mask.value(found),
        "fix": said.fix,
        "who": mask.who(found.code, who),
        "place": _place(found, mask),
    }
    state = f"{severity_text(found, wording)}\n{found.code}"
    title = f"{item} {said.title}".strip()
    shown = [f"<b>{escape(title)}</b>"]
    for name, text in texts.items():
        if text:
            label = wording.say("report.column.who" if name == "who" else f"report.{name}_label")
            shown.append(f"{escape(label)}: {escape(text)}")
    cell = escape(state).replace("\n", "<br>")
    yield f'<tr><td class="state">{cell}</td><td>{"<br>".join(shown)}</td></tr>\n'


def _place(found: AnyFinding, mask: Mask) -> str:
    if not isinstance(found, Finding):
        return "、".join(map(mask.name, found.sources))
    place = found.location
    if not place.line:
        return place.xpath
    say = mask.wording.say
    return say("report.place", line=place.line, column=place.column, xpath=place.xpath).rstrip()


def _paragraphs(texts: list[str]) -> Iterator[str]:
    for text in texts:
        yield f"<p>{escape(text)}</p>\n"
