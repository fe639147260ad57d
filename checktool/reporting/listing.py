"""What the formats for people to keep and print have in common: the heading, the list, who may read it."""

from collections.abc import Iterator
from dataclasses import dataclass

from checktool.model.finding import BatchFinding, Finding, Severity
from checktool.model.period import Validity
from checktool.model.report import CheckReport, FileReport, Verdict, verdict_of_run, verdicts
from checktool.reporting.masking import Mask, Values
from checktool.wording import Wording

COLUMNS = ("verdict", "source", "form", "errors", "warnings", "first")

AnyFinding = Finding | BatchFinding


@dataclass(frozen=True, slots=True)
class Line:
    """One document of the list, with every finding that counts for it."""

    file: FileReport
    verdict: Verdict
    findings: tuple[AnyFinding, ...]

    def count(self, severity: Severity) -> int:
        """How many of its findings are that grave."""
        return sum(found.severity is severity for found in self.findings)


def lines(report: CheckReport) -> Iterator[Line]:
    """The documents in the order of the run."""
    shared: dict[str, list[BatchFinding]] = {}
    for found in report.batch.findings:
        for source in found.sources:
            shared.setdefault(source, []).append(found)
    for file, verdict in zip(report.files, verdicts(report), strict=True):
        yield Line(file, verdict, (*file.findings, *shared.get(file.source, ())))


def cells(line: Line, mask: Mask) -> tuple[str | int, ...]:
    """The row of a document, in the order of ``COLUMNS``."""
    first = max(line.findings, key=lambda found: found.severity, default=None)
    note = next((layer.note for layer in line.file.layers if layer.note), None)
    says_why = line.verdict is Verdict.UNCHECKED
    return (
        verdict_text(line.verdict, mask.wording),
        mask.name(line.file.source),
        form_text(line.file, mask.wording),
        line.count(Severity.ERROR),
        line.count(Severity.WARNING),
        mask.explain(first).message if first else mask.note(note) if says_why else "",
    )


def form_text(file: FileReport, wording: Wording) -> str:
    """The name of a document's form, with the edition that judged it where it is not that of the run."""
    if file.pack is None:
        return file.form_name
    return wording.say("report.judged_by", form=file.form_name, edition=file.pack.edition)


def verdict_text(verdict: Verdict, wording: Wording) -> str:
    """A verdict by its sign and word."""
    return f"{wording.say(f'report.mark.{verdict.value}')} {wording.say(f'report.verdict.{verdict.value}')}"


def severity_text(found: AnyFinding, wording: Wording) -> str:
    """How grave a finding is, by its sign and word."""
    name = "refused" if wording.rule(found.code).refused else found.severity.word
    return f"{wording.say(f'report.mark.{name}')} {wording.say(f'report.severity.{name}')}"


def head(report: CheckReport, wording: Wording) -> list[str]:
    """Which definitions judged, for whom, on which day; that they are a sample."""
    pack, say = report.pack, wording.say
    status = say(f"report.status.{pack.status}")
    title = say("report.pack", title=pack.title, edition=pack.edition, status=status)
    found = [
        say("report.pack_line", pack=title),
        say("report.profile_line", profile=profile_of(report, wording)),
        say("report.on_line", on=report.on),
    ]
    return [*found, *warnings(report, wording)]


def profile_of(report: CheckReport, wording: Wording) -> str:
    """For whom the severities were chosen, as people know it."""
    return report.profile_title or report.profile or wording.say("report.no_profile")


def in_full(report: CheckReport, wording: Wording) -> list[str]:
    """What the verdict of a run means; where only some of it stayed unchecked, that the rest stands."""
    verdict, unchecked = verdict_of_run(report), verdicts(report).count(Verdict.UNCHECKED)
    some = 0 < unchecked < len(report.files)
    texts = [] if some and verdict is Verdict.UNCHECKED else [wording.say(f"report.in_full.{verdict.value}")]
    return [*texts, *([wording.say("report.some_unchecked", count=unchecked)] if some else [])]


def warnings(report: CheckReport, wording: Wording) -> list[str]:
    """What to know of the pack: that it is a sample, that it does not apply on the day of the run."""
    sample = [wording.say("report.banner")] if report.pack.status == "sample" else []
    return [*sample, *outdated(report, wording)]


def outdated(report: CheckReport, wording: Wording) -> list[str]:
    """That the pack does not apply on the day of the run, if so."""
    if report.validity == Validity.VALID:
        return []
    return [wording.say(f"report.validity.{report.validity}")]


def summary(report: CheckReport, wording: Wording) -> str:
    """How many documents have each verdict."""
    judged = verdicts(report)
    count = {verdict.value: judged.count(verdict) for verdict in Verdict}
    return wording.say("report.summary", files=len(report.files), **count)


def handling(mask: Mask) -> str:
    """How a paper or file is to be treated, by what it shows."""
    return mask.wording.say("report.personal" if mask.values is Values.ALL else "report.hidden")
