"""The report for people at a terminal: files with their findings, then what was checked."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from checktool.model.finding import BatchFinding, Finding, Location
from checktool.model.report import (
    CheckReport,
    FileReport,
    LayerStatus,
    Verdict,
    all_findings,
    count_by_code,
    verdict_of_run,
    verdicts,
)
from checktool.reporting.columns import pad, width
from checktool.reporting.evidence import checked_lines
from checktool.reporting.listing import form_text, in_full, profile_of, warnings
from checktool.reporting.masking import Mask, ReportOptions, mask_for
from checktool.wording import Wording

SAME_SHOWN = 5
INDENT = "    "
COLOURS = {"clean": "32", "confirm": "33", "correct": "31", "unchecked": "35", "error": "31", "warning": "33"}
LABELS = ("value", "message", "fix", "who", "place", "sources")


def text_report(report: CheckReport, wording: Wording, options: ReportOptions) -> Iterator[str]:
    """Chunks of lines, each ended by a line feed; a colour never stands without its sign and word."""
    page = _Page(report, mask_for(report, wording, options), options.colour)
    before = ""
    for line in page.lines():
        if line or before:
            yield line + "\n"
        before = line


class _Page:
    """Lays one report out; what stays the same for all its lines."""

    def __init__(self, report: CheckReport, mask: Mask, colour: bool) -> None:
        self.report, self.mask, self.colour = report, mask, colour
        self.say = mask.wording.say
        self.sample = self.say("report.sample_mark") if report.pack.status == "sample" else ""
        labels = {
            name: self.say("report.column.who" if name == "who" else f"report.{name}_label")
            for name in LABELS
        }
        columns = max(map(width, labels.values())) + 2
        self.labels = {name: pad(label, columns) for name, label in labels.items()}

    def lines(self) -> Iterator[str]:
        yield from self.head()
        for file, verdict in zip(self.report.files, verdicts(self.report), strict=True):
            yield from self.file(file, verdict)
        yield ""
        if self.report.batch.findings:
            yield self.say("report.batch_heading")
            yield from self.findings(self.report.batch.findings)
            yield ""
        yield from self.summary()

    def head(self) -> Iterator[str]:
        pack = self.report.pack
        status = self.say(f"report.status.{pack.status}")
        title = self.say("report.pack", title=pack.title, edition=pack.edition, status=status)
        yield self.say("report.title")
        yield self.say("report.pack_line", pack=title)
        yield self.say("report.pack_id", id=pack.id, sha256=pack.sha256)
        yield self.say("report.profile_line", profile=profile_of(self.report, self.mask.wording))
        yield self.say("report.on_line", on=self.report.on)
        yield from warnings(self.report, self.mask.wording)
        yield ""

    def file(self, file: FileReport, verdict: Verdict) -> Iterator[str]:
        name = form_text(file, self.mask.wording)
        form = self.say("report.file_form", form=name) if name else ""
        result, source = self.result(verdict), self.mask.name(file.source)
        yield self.say("report.file_line", result=result, source=source) + form
        yield from self.findings(file.findings)
        more = [*self.shared(file), *self.notes(file)]
        yield from more
        if file.findings or more:
            yield ""

    def notes(self, file: FileReport) -> Iterator[str]:
        """What did not run or ran in part; layers with the same reason stand together."""
        for (status, note), alike in groupby(file.layers, key=lambda layer: (layer.status, layer.note)):
            ran = status in (LayerStatus.PASSED, LayerStatus.FAILED)
            if status is LayerStatus.ABSENT or (ran and note is None):
                continue
            reason = self.mask.note(note)
            yield INDENT + self.say(
                "report.layer_note",
                layer=self.say("report.and").join(
                    self.say(f"report.layer.{layer.layer.value}") for layer in alike
                ),
                word=self.say(f"report.layer_status.{status.value}"),
                note=self.say("report.layer_note_text", note=reason) if reason else "",
            )

    def shared(self, file: FileReport) -> Iterator[str]:
        """The batch findings that concern a file, by code and title; they stand in full below."""
        for finding in self.report.batch.findings:
            if file.source in finding.sources:
                said = self.mask.explain(finding)
                yield INDENT + self.say("report.shared", code=finding.code, title=said.title)

    def findings(self, found: Iterable[Finding | BatchFinding]) -> Iterator[str]:
        count: Counter[tuple[str, str]] = Counter()
        for finding in found:
            said = self.mask.explain(finding)
            count[finding.code, said.message] += 1
            if count[finding.code, said.message] <= SAME_SHOWN:
                yield from self.finding(finding, said.title, said.message, said.fix)
        for (code, message), times in count.items():
            if times > SAME_SHOWN:
                yield f"{INDENT}{code} {message}"
                yield INDENT * 2 + self.say("report.more", count=times - SAME_SHOWN)

    def finding(self, finding: Finding | BatchFinding, title: str, message: str, fix: str) -> Iterator[str]:
        refused = self.mask.wording.rule(finding.code).refused
        severity = "refused" if refused else finding.severity.word
        item = finding.location.item if isinstance(finding, Finding) else finding.item
        yield INDENT + self.say(
            "report.finding_line",
            mark=self.painted(self.say(f"report.mark.{severity}"), severity),
            word=self.say(f"report.severity.{severity}"),
            code=finding.code,
            item=self.say("report.finding_item", item=item) if item else "",
            title=title,
        )
        parts = {"value": self.mask.value(finding), "message": message, "fix": fix}
        parts["who"] = self.mask.who(finding.code)
        if isinstance(finding, Finding):
            parts["place"] = self.place(finding.location)
        else:
            parts["sources"] = ", ".join(map(self.mask.name, finding.sources))
        for name, text in parts.items():
            if text:
                yield INDENT * 2 + self.labels[name] + text

    def place(self, place: Location) -> str:
        if not place.line:
            return place.xpath
        return self.say("report.place", line=place.line, column=place.column, xpath=place.xpath).rstrip()

    def summary(self) -> Iterator[str]:
        count = Counter(verdicts(self.report))
        numbers = {verdict.value: count[verdict] for verdict in Verdict}
        yield self.say("report.summary_heading")
        yield INDENT + self.say("report.summary", files=len(self.report.files), **numbers)
        by_code = count_by_code(self.report)
        if by_code:
            yield self.say("report.by_code_heading")
        first = {found.code: found for found in reversed(list(all_findings(self.report)))}
        for code, times in by_code.items():
            title = self.mask.explain(first[code]).title
            yield INDENT + self.say("report.by_code", code=code, title=title, count=times)
        yield from checked_lines(self.report, self.mask, INDENT)
        yield ""
        yield from self.verdict()

    def verdict(self) -> Iterator[str]:
        verdict = verdict_of_run(self.report)
        if not self.report.files:
            yield self.say("report.no_file")
        if not self.report.completed:
            yield self.say("report.not_completed")
        yield self.say("report.verdict_line", result=self.result(verdict))
        yield from in_full(self.report, self.mask.wording)
        yield ""
        yield self.say("report.disclaimer")

    def result(self, verdict: Verdict) -> str:
        text = self.say(
            "report.result",
            mark=self.say(f"report.mark.{verdict.value}"),
            word=self.say(f"report.verdict.{verdict.value}"),
            sample=self.sample,
        )
        return self.painted(text, verdict.value)

    def painted(self, text: str, kind: str) -> str:
        colour = COLOURS.get(kind) if self.colour else None
        return f"\x1b[{colour}m{text}\x1b[0m" if colour else text
