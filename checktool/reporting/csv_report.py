"""The report for spreadsheets: one finding a row, UTF-8 with byte order mark, CRLF (RFC 4180)."""

import csv
import io
from collections.abc import Iterator

from checktool.model.report import CheckReport, PackInfo
from checktool.reporting.masking import Mask, ReportOptions, mask_for
from checktool.reporting.tree import Tree, report_tree
from checktool.wording import Wording

BYTE_ORDER_MARK = "\ufeff"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = (
    "source", "form", "verdict", "code", "severity", "layer", "item", "value", "title", "message",
    "fix", "who", "line", "column", "xpath", "pack",
)  # fmt: skip


def csv_report(report: CheckReport, wording: Wording, options: ReportOptions) -> Iterator[str]:
    """A Japanese header and one row a finding; a batch finding names its files, parted by ``;``.

    The header of the last, empty column is the disclaimer, so that every sheet carries it.
    """
    mask = mask_for(report, wording, options)
    tree = report_tree(report, mask)
    header = [wording.say(f"report.column.{name}") for name in COLUMNS]
    yield BYTE_ORDER_MARK + _row([*header, tree["disclaimer"]])
    packs = [_pack(file.pack or report.pack, wording) for file in report.files]
    for cells in _findings(tree, packs, mask):
        cells = {"pack": _pack(report.pack, wording), **cells}
        yield _row([*(str(cells.get(name, "")) for name in COLUMNS), ""])


def _pack(pack: PackInfo, wording: Wording) -> str:
    status = wording.say(f"report.status.{pack.status}")
    return wording.say("report.pack", title=pack.title, edition=pack.edition, status=status)


def _findings(tree: Tree, packs: list[str], mask: Mask) -> Iterator[Tree]:
    for file, pack in zip(tree["files"], packs, strict=True):
        shared = {
            "source": file["source"],
            "pack": pack,
            "form": file["form_name"],
            "verdict": mask.wording.say(f"report.verdict.{file['verdict']}"),
        }
        for found in file["findings"]:
            yield {**found, **shared, **_said(found, mask)}
    for found in tree["batch"]["findings"]:
        yield {**found, "source": "; ".join(found["sources"]), **_said(found, mask)}


def _said(found: Tree, mask: Mask) -> Tree:
    wording = mask.wording
    return {
        "severity": wording.say(f"report.severity.{found['severity']}"),
        "layer": wording.say(f"report.layer.{found['layer']}"),
        "who": mask.who(found["code"]),
        "line": found.get("line") or "",
        "column": found.get("column") or "",
    }


def _row(cells: list[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow([_harmless(cell) for cell in cells])
    return buffer.getvalue()


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + cell if cell.startswith(FORMULA_STARTS) else cell
