"""``checktool pack import``: a pack from what a ministry or vendor hands out."""

import tempfile
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from checktool.checking.engine import CheckOptions
from checktool.checking.engine import run as check
from checktool.checking.judge import Judge
from checktool.cli.output import write_report
from checktool.cli.parser import Parser, Subparsers, add_command, add_date_option, option_help
from checktool.cli.status import ExitStatus
from checktool.definitions.cover import STATUSES
from checktool.definitions.importing import draft as drafts
from checktool.definitions.importing import mapping
from checktool.definitions.importing.draft import PackDraft
from checktool.definitions.importing.examples import Example
from checktool.definitions.importing.rulefiles import reason_of
from checktool.definitions.importing.understood import Kind, Remark
from checktool.definitions.importing.write import Staged, refuse_existing, staged
from checktool.errors import PackError
from checktool.model.definition import DefinitionPack
from checktool.model.report import FileReport, Verdict, verdict_of_file
from checktool.wording import Wording

STATED = ("id", "edition", "title", "status")


def add_action(actions: "Subparsers[Parser]", wording: Wording, action: str) -> None:
    """Declare the arguments of ``pack import``."""
    parser = add_command(actions, wording, action, f"pack_{action}")
    parser.add_argument("sources", nargs="+", metavar="SOURCE", help=option_help(wording, "import_sources"))
    parser.add_argument("--map", metavar="MAP.toml", help=option_help(wording, "import_map"))
    parser.add_argument("--id", metavar="ID", help=option_help(wording, "import_id"))
    parser.add_argument("--edition", metavar="E", help=option_help(wording, "import_edition"))
    parser.add_argument("--title", metavar="TEXT", help=option_help(wording, "import_title"))
    parser.add_argument("--status", choices=STATUSES, help=option_help(wording, "import_status"))
    add_date_option(parser, wording)
    parser.add_argument(
        "-o", dest="output", required=True, metavar="FOLDER|ZIP", help=option_help(wording, "import_output")
    )


def run(args: Namespace, wording: Wording) -> ExitStatus:
    """Import, try the examples, say what was understood; a pack that cannot be made raises PackError."""
    target = Path(args.output)
    refuse_existing(target)
    given = mapping.read(Path(args.map)) if args.map else mapping.ImportMap()
    stated = {key: value for key in STATED if (value := getattr(args, key))}
    with tempfile.TemporaryDirectory(prefix="checktool-import-") as folder:
        draft = drafts.make(args.sources, given, stated, Path(folder))
        with staged(draft, target, wording) as pack:
            tried = list(_tried(draft, _judgeable(pack, args.on), args.on))
            _keep_tests(draft, pack, tried)
            map_path = pack.finish()
            lines = [*_told(draft, wording), *_results(tried, wording)]
    lines += [
        wording.say("import.made", path=str(target), map=str(map_path), id=draft.id, edition=draft.edition)
    ]
    lines += [wording.say("import.next", path=str(target)), wording.say("report.disclaimer")]
    write_report((line.rstrip() + "\n" for line in lines), None)
    return ExitStatus.OK


def _judgeable(pack: Staged, on: date) -> DefinitionPack:
    """The pack without the rule files that no check can be built of; others raise PackError."""
    while True:
        loaded = pack.load()
        try:
            Judge(loaded, CheckOptions(on=on))
        except PackError as fault:
            if not pack.leave_out(str(fault.params.get("file", "")), reason_of(fault)):
                raise
        else:
            return loaded


def _tried(
    draft: PackDraft, pack: DefinitionPack, on: date
) -> Iterator[tuple[Example, tuple[FileReport, ...]]]:
    """Each example with the reports that the new pack gives of it."""
    options = CheckOptions(on=on)
    for example in draft.examples:
        yield example, check([str(example.piece.path)], pack, options).files


def _keep_tests(draft: PackDraft, pack: Staged, tried: list[tuple[Example, tuple[FileReport, ...]]]) -> None:
    """Examples without any finding become test cases of the pack."""
    number = 0
    for example, reports in tried:
        if reports and all(verdict_of_file(one) is Verdict.CLEAN and not one.findings for one in reports):
            number += 1
            name = f"rules/{draft.id}/tests/X107/pass-example-{number:02}.xml"
            pack.add(name, example.piece.path.read_bytes())


def _told(draft: PackDraft, wording: Wording) -> Iterator[str]:
    for kind in Kind:
        remarks = draft.notes.of(kind)
        if remarks:
            yield wording.say(f"import.list.{kind}", count=len(remarks))
            yield from (f"  {_line(remark, wording)}" for remark in remarks)
            yield ""


def _line(remark: Remark, wording: Wording) -> str:
    params = {key: _one_line(value) for key, value in remark.params}
    text = wording.say(f"import.{remark.kind}.{remark.key}", **params)
    sure = wording.say(f"import.sure.{remark.sure}") if remark.sure else ""
    return wording.say(f"import.mark.{remark.kind}", text=text, sure=sure)


def _one_line(value: str | int) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in str(value)).split())


def _results(tried: list[tuple[Example, tuple[FileReport, ...]]], wording: Wording) -> Iterator[str]:
    if not tried:
        return
    yield wording.say("import.examples", count=len(tried))
    for example, reports in tried:
        for report in reports:
            counts = Counter(finding.code for finding in report.findings)
            codes = " ".join(f"{code}×{count}" for code, count in sorted(counts.items()))
            verdict = wording.say(f"import.verdict.{verdict_of_file(report)}")
            number = report.source.rpartition("#")[2] if "#" in report.source else ""
            name = f"{example.piece.name}#{number}" if number else example.piece.name
            yield "  " + wording.say("import.example", mark=verdict, file=name, form=report.form, codes=codes)
    yield ""
