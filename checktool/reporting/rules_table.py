"""The check specification as a table: an HTML page to print, an Excel workbook to sort and filter."""

from collections.abc import Iterator
from html import escape

from checktool.model.definition import DefinitionPack
from checktool.reporting.clockless import clockless
from checktool.reporting.html_report import STYLE
from checktool.reporting.rules_list import page_texts
from checktool.wording import Wording

COLUMNS = {
    "code": 8, "title": 30, "severity": 10, "layer": 10, "form": 24, "message": 60, "fix": 60, "who": 14,
    "condition": 50, "rule_source": 40, "xpath": 50,
}  # fmt: skip
PRINTED = ("code", "title", "severity", "form", "message", "fix", "who")


def rules_html(pack: DefinitionPack, wording: Wording) -> Iterator[str]:
    """The page in pieces: no script, no outside resource."""
    title = escape(wording.say("report.rules_title"))
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    yield '<!DOCTYPE html>\n<html lang="ja">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    yield f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
    yield f"<p>{escape(_pack_line(pack, wording))}</p>\n<table>\n<thead><tr>"
    yield "".join(f"<th>{escape(wording.say(f'report.column.{name}'))}</th>" for name in PRINTED)
    yield "</tr></thead>\n<tbody>\n"
    for row in _rows(pack, wording):
        cells = (escape(row[name]).replace("\n", "<br>") for name in PRINTED)
        yield "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>\n"
    yield f'</tbody>\n</table>\n<p class="note">{escape(wording.say("report.disclaimer"))}</p>\n'
    yield "</body>\n</html>\n"


def rules_xlsx(pack: DefinitionPack, wording: Wording) -> bytes:
    """The workbook; the same rules give the same bytes. Nothing in it is a formula."""
    import openpyxl
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = wording.say("report.rules_title")
    heads = [wording.say(f"report.column.{name}") for name in COLUMNS]
    lines = [[row[name] for name in COLUMNS] for row in _rows(pack, wording)]
    last = [[_pack_line(pack, wording)], [wording.say("report.disclaimer")]]
    for number, line in enumerate([heads, *lines, *last], 1):
        for column, value in enumerate(line, 1):
            cell = sheet.cell(number, column)
            cell.value, cell.data_type = value, "s"
            cell.alignment = Alignment(wrap_text=1 < number <= len(lines) + 1, vertical="top")
            cell.font = Font(bold=number == 1)
    for column, width in enumerate(COLUMNS.values(), 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{len(lines) + 1}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    return clockless(book)


def _pack_line(pack: DefinitionPack, wording: Wording) -> str:
    status = wording.say(f"report.status.{pack.info.status}")
    return wording.say("report.pack", title=pack.info.title, edition=pack.info.edition, status=status)


def _rows(pack: DefinitionPack, wording: Wording) -> Iterator[dict[str, str]]:
    """Every rule as texts for people, with the severity that the profile gives it."""
    forms = {form.id: form.name for form in pack.forms}
    changed = {change.code: change.severity for change in pack.overrides}
    for rule in wording.rules():
        title, texts = page_texts(rule, wording)
        row = {**texts, "code": rule.code, "title": title}
        row["form"] = "\n".join(dict.fromkeys(forms[form] for form in rule.forms))
        if rule.code in changed:
            row["severity"] = wording.say(f"report.severity.{changed[rule.code]}")
        yield row
