"""What goes out and what stays behind: by the verdicts of the check and what was confirmed or left out."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from checktool.handoff.names import neutral_names, prefix_of
from checktool.model.finding import Severity
from checktool.model.report import CheckReport, FileReport, Verdict, verdicts
from checktool.reading.sources import Source


@dataclass(frozen=True, slots=True)
class Document:
    """One document of the check: its entry, its verdict, and the source that holds it.

    ``record`` is its number in a multi-record file, 0 for a file of its own.
    """

    report: FileReport
    verdict: Verdict
    source: Source
    record: int = 0


@dataclass(frozen=True, slots=True)
class Output:
    """One file of the package: its neutral name and the documents that it is made of."""

    name: str
    documents: tuple[Document, ...]

    @property
    def source(self) -> Source:
        """The file that holds its documents."""
        return self.documents[0].source

    @property
    def records(self) -> frozenset[int]:
        """The numbers of the records that it keeps; empty for a file with one document."""
        return frozenset(document.record for document in self.documents if document.record)

    def names(self) -> list[tuple[str, Document]]:
        """The name of each document in the package: its file's, with ``#n`` in a multi-record file."""
        if not self.records:
            return [(self.name, self.documents[0])]
        return [(f"{self.name}#{number}", each) for number, each in enumerate(self.documents, start=1)]


@dataclass(frozen=True, slots=True)
class Left:
    """One document that stays behind, its verdict, and whether it was left out on purpose."""

    input: str
    verdict: Verdict
    on_purpose: bool = False


def choose(
    report: CheckReport,
    sources: Iterable[Source],
    confirmed: Container[str],
    leave_out: Container[str],
    pattern: str,
) -> tuple[list[Output], list[Left]]:
    """The files of the package and the documents left, both in the order of the check.

    ``leave_out`` names documents by source, see ``handed_over``. ``pattern`` is what the pack demands of
    file names. A record stays behind with its file when the file as a whole may not go out.
    """
    by_name = {source.name: source for source in sources}
    going = set(handed_over(report, confirmed, leave_out))
    judged = dict(zip((file.source for file in report.files), verdicts(report), strict=True))
    chosen: dict[str, list[Document]] = {}
    left: list[Left] = []
    for file in report.files:
        document = _document(file, judged[file.source], by_name)
        if document is None or file.source not in going:
            left.append(Left(file.source, judged[file.source], file.source in leave_out))
        else:
            chosen.setdefault(document.source.name, []).append(document)
    groups = [_without_envelope(group) for group in chosen.values()]
    prefixes = [prefix_of(document.report.form for document in group) for group in groups]
    names = neutral_names(prefixes, pattern)
    return [Output(name, tuple(group)) for name, group in zip(names, groups, strict=True)], left


def handed_over(report: CheckReport, confirmed: Container[str], leave_out: Container[str]) -> list[str]:
    """The sources of the documents that may go out, in the order of the check.

    ○ goes out; △ when every code for which it is △ was confirmed; never × or －, nor what is left out
    on purpose. A record goes with its file only: what is to confirm of the file, told at one record, holds
    for all of them.
    """
    codes = open_codes(report, confirmed)
    may_go: dict[str, bool] = {}
    for file, verdict in zip(report.files, verdicts(report), strict=True):
        usable = verdict in (Verdict.CLEAN, Verdict.CONFIRM) and not codes[file.source]
        may_go[file.source] = usable and file.source not in leave_out
    return [
        source for source, usable in may_go.items() if usable and may_go.get(source.rpartition("#")[0], True)
    ]


def open_codes(report: CheckReport, confirmed: Container[str]) -> dict[str, list[str]]:
    """The codes that keep each document back until they are confirmed: its own and those of its file."""
    codes, of_file = codes_to_confirm(report), _codes_of_files(report)
    return {
        file.source: sorted(
            code
            for code in codes.get(file.source, frozenset())
            | of_file.get(file.source.rpartition("#")[0], set())
            if code not in confirmed
        )
        for file in report.files
    }


def _codes_of_files(report: CheckReport) -> dict[str, set[str]]:
    """The codes to confirm of each multi-record file as such: its encoding, its name, its size."""
    found: dict[str, set[str]] = {}
    for file in report.files:
        whole = file.source.rpartition("#")[0]
        codes = {one.code for one in file.layers[0].findings if one.severity is Severity.WARNING}
        if whole and codes:
            found.setdefault(whole, set()).update(codes)
    return found


def codes_to_confirm(report: CheckReport) -> dict[str, frozenset[str]]:
    """The codes for which each △ document is △, by its source: its own and those it shares."""
    shared: dict[str, set[str]] = {}
    for finding in report.batch.findings:
        if finding.severity is Severity.WARNING:
            for source in finding.sources:
                shared.setdefault(source, set()).add(finding.code)
    return {
        file.source: frozenset(
            {found.code for found in file.findings if found.severity is Severity.WARNING}
            | shared.get(file.source, set())
        )
        for file, verdict in zip(report.files, verdicts(report), strict=True)
        if verdict is Verdict.CONFIRM
    }


def _document(file: FileReport, verdict: Verdict, by_name: dict[str, Source]) -> Document | None:
    """The document of an entry; None for one whose source is not at hand or could not be read."""
    if file.source in by_name:
        return Document(file, verdict, by_name[file.source])
    name, _, number = file.source.rpartition("#")
    if name in by_name and number.isascii() and number.isdigit():
        return Document(file, verdict, by_name[name], int(number))
    return None


def _without_envelope(group: Sequence[Document]) -> Sequence[Document]:
    """The documents of one file; an entry for a multi-record file as a whole is no document."""
    return [document for document in group if document.record] or group
