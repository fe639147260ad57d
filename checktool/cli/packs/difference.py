"""``checktool pack diff``: two definition packs compared, in words and on documents."""

from argparse import Namespace
from collections.abc import Sequence
from datetime import date

from checktool.checking.engine import CheckOptions
from checktool.checking.flips import Flips, compared
from checktool.cli.output import write_binary, write_report
from checktool.cli.parser import (
    Parser,
    Subparsers,
    add_command,
    add_run_options,
    option_help,
    reader_of_dates,
)
from checktool.cli.running import run_check
from checktool.cli.status import ExitStatus
from checktool.definitions.comparison.run import compare
from checktool.definitions.pack import load
from checktool.definitions.registry import rules_of
from checktool.errors import ReadError
from checktool.model.definition import DefinitionPack
from checktool.model.report import CheckReport
from checktool.reading.sources import list_sources
from checktool.reporting.pack_diff.content import Compared
from checktool.reporting.pack_diff.page import html
from checktool.reporting.pack_diff.plain import json_report, text
from checktool.reporting.pack_diff.workbook import xlsx
from checktool.settings import policy
from checktool.wording import Wording

WRITERS = {"text": text, "html": html, "json": json_report}
FORMATS = (*WRITERS, "xlsx")


def add_action(actions: "Subparsers[Parser]", wording: Wording, action: str) -> None:
    """Declare the arguments of ``pack diff``."""
    parser = add_command(actions, wording, action, f"pack_{action}")
    parser.add_argument("one", metavar="A", help=option_help(wording, "diff_one"))
    parser.add_argument("other", metavar="B", help=option_help(wording, "diff_other"))
    parser.add_argument("--on", action="append", metavar="PATH", help=option_help(wording, "diff_on"))
    parser.add_argument(
        "--date",
        type=reader_of_dates(wording),
        default=date.today(),
        metavar="DATE",
        help=option_help(wording, "diff_day"),
    )
    formats = wording.say("cli.option.report_format", formats=" ".join(FORMATS))
    parser.add_argument("--format", choices=FORMATS, default="text", metavar="F", help=formats)
    parser.add_argument("-o", "--output", metavar="FILE", help=option_help(wording, "output"))
    parser.add_argument("--all", action="store_true", help=option_help(wording, "diff_all"))
    add_run_options(parser, wording)


def run(args: Namespace, wording: Wording) -> ExitStatus:
    """Compare and report; status OK when nothing differs, CORRECT when something does."""
    one, other = load(args.one), load(args.other)
    flips = None
    if args.on:
        reports = [_checked(args, pack, wording) for pack in (one, other)]
        if not all(report.completed for report in reports):
            return ExitStatus.STOPPED
        flips = compared(*reports)
    found = Compared(one.info, other.info, compare(one, other), flips, _titles((one, other), flips))
    if args.format == "xlsx":
        write_binary(xlsx(found, wording), args.output)
    else:
        write_report(WRITERS[args.format](found, wording, args.all), args.output)
    return ExitStatus.OK if found.same else ExitStatus.CORRECT


def _checked(args: Namespace, pack: DefinitionPack, wording: Wording) -> CheckReport:
    """The documents judged by one pack. Raises ReadError I001, I002."""
    sources = list_sources(args.on, pack.limits)
    if not sources:
        raise ReadError("I002")
    options = CheckOptions(on=args.date, jobs=args.jobs, hospital=policy().hospital)
    return run_check(sources, pack, options, wording, args.progress)


def _titles(packs: Sequence[DefinitionPack], flips: Flips | None) -> dict[str, str]:
    """The titles of all codes, those of the later pack where both have one."""
    if flips is None:
        return {}
    return {rule.code: rule.title for pack in packs for rule in Wording(rules_of(pack)).rules()}
