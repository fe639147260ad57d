"""The report for machines: one JSON document, or one JSON line a file."""

import json
from collections.abc import Iterator

from checktool.model.report import CheckReport
from checktool.reporting.masking import ReportOptions, mask_for
from checktool.reporting.tree import Tree, file_trees, report_tree
from checktool.wording import Wording

_ENCODER = json.JSONEncoder(ensure_ascii=False)


def json_report(report: CheckReport, wording: Wording, options: ReportOptions) -> Iterator[str]:
    """The whole report as one indented JSON document."""
    mask = mask_for(report, wording, options)
    tree = report_tree(report, mask, with_files=False)
    layers: dict[tuple[tuple[str, ...], ...], str] = {}
    before = "{\n "
    for key, value in tree.items():
        yield f"{before}{_ENCODER.encode(key)}: "
        if key == "files" and report.files:
            for number, file in enumerate(file_trees(report, mask)):
                yield f"{',' if number else '['}\n  {_entry(file, layers)}"
            yield "\n ]"
        else:
            yield _indented(value, 1)
        before = ",\n "
    yield "\n}\n"


def _entry(file: Tree, layers: dict[tuple[tuple[str, ...], ...], str]) -> str:
    """One file; ``layers`` remembers how they read, since those of most files read alike."""
    key = tuple(tuple(layer.values()) for layer in file["layers"])
    if key not in layers:
        layers[key] = _indented(file["layers"], 3)
    parts = [
        f"{_ENCODER.encode(name)}: {layers[key] if name == 'layers' else _indented(value, 3)}"
        for name, value in file.items()
    ]
    return "{\n   " + ",\n   ".join(parts) + "\n  }"


def _indented(value: object, depth: int) -> str:
    """A value as it stands at a depth of a document that is indented by one."""
    if isinstance(value, str) or not value:
        return _ENCODER.encode(value)
    return json.dumps(value, ensure_ascii=False, indent=1).replace("\n", "\n" + " " * depth)


def jsonl_report(report: CheckReport, wording: Wording, options: ReportOptions) -> Iterator[str]:
    """One line a file: exactly the entries of ``files``; what concerns the run stands in ``json`` only."""
    for tree in file_trees(report, mask_for(report, wording, options)):
        yield json.dumps(tree, ensure_ascii=False) + "\n"
