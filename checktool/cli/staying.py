"""Why documents stayed behind, and what lets them out: told line by line after a hand-over."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from checktool.handoff.selection import Left, open_codes
from checktool.model.finding import BatchFinding, Finding, Severity
from checktool.model.report import CheckReport, FileReport, LayerStatus, Verdict
from checktool.wording import Wording

UNDONE = (LayerStatus.BROKEN, LayerStatus.SKIPPED)


def stayed(
    left: Sequence[Left], report: CheckReport, confirmed: Mapping[str, str], wording: Wording
) -> Iterator[str]:
    """How many stayed behind, and of each its name, its verdict and why."""
    codes = open_codes(report, confirmed)
    files = {file.source: file for file in report.files}
    yield wording.say("handoff.summary.left", count=len(left))
    for each in left:
        yield wording.say(
            "handoff.summary.left_line",
            mark=wording.say(f"report.mark.{each.verdict.value}"),
            word=wording.say(f"report.verdict.{each.verdict.value}"),
            input=each.input,
            why=_why(each, files[each.input], codes[each.input], report, wording),
        )


def _why(left: Left, file: FileReport, codes: Sequence[str], report: CheckReport, wording: Wording) -> str:
    def say(key: str, **params: str) -> str:
        return wording.say(f"handoff.summary.why.{key}", **params)

    if left.on_purpose:
        return say("on_purpose")
    if left.verdict is Verdict.CORRECT:
        return say("correct", first=_first_error(file, report, wording))
    if left.verdict is Verdict.UNCHECKED:
        return say("unchecked", reason=_reason(file, report, wording))
    return say("confirm", codes="、".join(codes)) if codes else say("with_file")


def _first_error(file: FileReport, report: CheckReport, wording: Wording) -> str:
    """The code and item (without one: the title) of what is to correct first; empty when there is none."""
    shared = (found for found in report.batch.findings if file.source in found.sources)
    every: Iterator[Finding | BatchFinding] = chain(file.findings, shared)
    found = next((one for one in every if one.severity is Severity.ERROR), None)
    return f"{found.code} {_item(found) or wording.explain(found).title}" if found else ""


def _reason(file: FileReport, report: CheckReport, wording: Wording) -> str:
    """Why a document could not be checked: what was found first, else the note of what was not done."""
    undone = (wording.note(layer.note) for layer in file.layers if layer.status in UNDONE)
    return _first_error(file, report, wording) or next(filter(None, undone), "")


def _item(found: Finding | BatchFinding) -> str:
    return found.location.item if isinstance(found, Finding) else found.item
