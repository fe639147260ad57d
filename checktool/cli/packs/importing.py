"""``checktool pack import``: a pack from what a ministry or vendor hands out."""

import tempfile
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from checktool.checking.flips import day_outside
from checktool.checking.importing import Tried, make
from checktool.cli.output import write_report
from checktool.cli.parser import (
    Parser,
    Subparsers,
    add_command,
    add_date_option,
    option_help,
    reader_of_dates,
)
from checktool.cli.status import ExitStatus
from checktool.definitions.cover import STATUSES
from checktool.definitions.importing import mapping
from checktool.definitions.importing.draft import STATED, PackDraft
from checktool.definitions.importing.understood import Kind, remark_text
from checktool.definitions.importing.write import refuse_existing, save
from checktool.model.report import verdict_of_file
from checktool.wording import Wording


def add_action(actions: "Subparsers[Parser]", wording: Wording, action: str) -> None:
    """Declare the arguments of ``pack import``."""
    parser = add_command(actions, wording, action, f"pack_{action}")
    parser.add_argument("sources", nargs="+", metavar="SOURCE", help=option_help(wording, "import_sources"))
    parser.add_argument("--map", metavar="MAP.toml", help=option_help(wording, "import_map"))
    parser.add_argument("--id", metavar="ID", help=option_help(wording, "import_id"))
    parser.add_argument("--edition", metavar="E", help=option_help(wording, "import_edition"))
    parser.add_argument("--title", metavar="TEXT", help=option_help(wording, "import_title"))
    parser.add_argument("--status", choices=STATUSES, help=option_help(wording, "import_status"))
    days = reader_of_dates(wording)
    parser.add_argument("--valid-from", type=days, metavar="DATE", help=option_help(wording, "import_from"))
    add_date_option(parser, wording)
    parser.add_argument(
        "-o", dest="output", required=True, metavar="FOLDER|ZIP", help=option_help(wording, "import_output")
    )


def run(args: Namespace, wording: Wording) -> ExitStatus:
    """Import, try the examples, say what was understood; a pack that cannot be made raises PackError."""
    target = Path(args.output)
    refuse_existing(target)
    given = mapping.read(Path(args.map)) if args.map else mapping.ImportMap()
    stated = {key: str(value) for key in STATED if (value := getattr(args, key, None))}
    with tempfile.TemporaryDirectory(prefix="checktool-import-") as folder:
        made = make(args.sources, given, stated, Path(folder), args.on, wording)
        map_path = save(made.folder, target)
        lines = [*_told(made.draft, wording), *_results(made.tried, wording)]
    facts = {"id": made.draft.id, "edition": made.draft.edition, "path": str(target), "map": str(map_path)}
    lines += [wording.say("import.made", **facts), wording.say("import.next", path=str(target))]
    lines.append(wording.say("report.disclaimer"))
    write_report((line.rstrip() + "\n" for line in lines), None)
    return ExitStatus.OK


def _told(draft: PackDraft, wording: Wording) -> Iterator[str]:
    for kind in Kind:
        remarks = draft.notes.of(kind)
        if remarks:
            yield wording.say(f"import.list.{kind}", count=len(remarks))
            yield from (f"  {remark_text(remark, wording)}" for remark in remarks)
            yield ""


def _results(tried: Sequence[Tried], wording: Wording) -> Iterator[str]:
    if not tried:
        return
    yield wording.say("import.examples", count=len(tried))
    for one in tried:
        for report in one.reports:
            counts = Counter(finding.code for finding in report.findings)
            codes = " ".join(f"{code}×{count}" for code, count in sorted(counts.items()))
            verdict = wording.say(f"import.verdict.{verdict_of_file(report)}")
            number = report.source.rpartition("#")[2] if "#" in report.source else ""
            name = f"{one.example.piece.name}#{number}" if number else one.example.piece.name
            day = day_outside(report)
            key = "example_outside" if day else "example" if report.form else "example_formless"
            facts = {"mark": verdict, "file": name, "form": report.form or "", "codes": codes, "day": day}
            yield "  " + wording.say(f"import.{key}", **facts)
    yield ""
