"""The differences of two packs as an Excel workbook: a sheet of changes, a sheet of documents."""

from collections.abc import Iterable, Sequence
from typing import Any

from checktool.reporting.clockless import clockless
from checktool.reporting.pack_diff.content import Compared, outside, pack_line, rows, verdict, why
from checktool.wording import Wording

_WIDTHS = (16, 10, 36, 90)


def xlsx(compared: Compared, wording: Wording) -> bytes:
    """The workbook; the same differences give the same bytes."""
    import openpyxl

    book = openpyxl.Workbook()
    told = rows(compared, wording)
    about = [(wording.say(f"pack_diff.{key}", pack=pack_line(info, wording)),)
             for key, info in (("one", compared.one), ("other", compared.other))]  # fmt: skip
    about += [(line,) for line in [outside(compared, wording)] if line]
    about += [(wording.say("pack_diff.count", count=len(told)),), (wording.say("report.disclaimer"),)]
    _sheet(book, 0, "about", (), about, wording)
    changes = [(row.section, row.kind, row.subject, row.text) for row in told]
    _sheet(book, 1, "changes", ("section", "kind", "subject", "text"), changes, wording)
    if compared.flips is not None:
        documents = [
            (
                verdict(flip.before, compared.one, wording),
                verdict(flip.after, compared.other, wording),
                flip.source,
                "\n".join(why(flip, compared, wording)),
            )
            for flip in compared.flips.documents
        ]
        _sheet(book, 2, "documents", ("before", "after", "source", "why"), documents, wording)
    return clockless(book)


def _sheet(
    book: Any, place: int, key: str, heads: Sequence[str], lines: Iterable[Sequence[str]], wording: Wording
) -> None:
    """A sheet of texts; nothing in it is a formula."""
    sheet = book.active if place == 0 else book.create_sheet()
    sheet.title = wording.say(f"pack_diff.sheet.{key}")
    titles = [tuple(wording.say(f"pack_diff.column.{head}") for head in heads)] if heads else []
    for number, line in enumerate((*titles, *lines), 1):
        for column, value in enumerate(line, 1):
            cell = sheet.cell(number, column)
            cell.value = _printable(value)
            cell.data_type = "s"
    if heads:
        sheet.freeze_panes = "A2"
        for letter, width in zip("ABCD", _WIDTHS, strict=True):
            sheet.column_dimensions[letter].width = width


def _printable(value: str) -> str:
    return "".join(char for char in value if char >= " " or char in "\t\n")
