"""``checktool check``: check documents and report; the main job."""

import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from checktool.cli.later import demand_built
from checktool.cli.output import demand_place, write_binary, write_report
from checktool.cli.parser import (
    Parser,
    Subparsers,
    add_command,
    add_pack_options,
    add_paths,
    add_run_options,
    option_help,
    reader_of_counts,
)
from checktool.cli.running import listed, options_of, run_check
from checktool.cli.status import ExitStatus, status_of_verdict
from checktool.definitions.registry import wording_of
from checktool.definitions.trust.state import load
from checktool.errors import UsageError
from checktool.model.report import CheckReport, verdict_of_run
from checktool.reading.sources import Refused, Source
from checktool.reporting.formats import BINARY_REPORTERS, REPORTERS
from checktool.reporting.listing import outdated
from checktool.reporting.masking import ReportOptions
from checktool.wording import Wording

FORMATS = ("text", "json", "jsonl", "csv", "xlsx", "html", "pdf", "sarif", "junit", "svrl")
FAIL_ON = ("error", "warning", "never")
MAX_FINDINGS = 1000


def add_parser(subparsers: "Subparsers[Parser]", wording: Wording) -> None:
    """Declare the arguments of ``check``."""
    parser = add_command(subparsers, wording, "check")
    add_paths(parser, wording)
    add_pack_options(parser, wording)
    parser.add_argument(
        "--format", choices=FORMATS, default="text", metavar="F", help=option_help(wording, "format")
    )
    parser.add_argument("-o", "--output", metavar="FILE", help=option_help(wording, "output"))
    parser.add_argument(
        "--fail-on",
        choices=FAIL_ON,
        default="error",
        metavar="error|warning|never",
        help=option_help(wording, "fail_on"),
    )
    parser.add_argument("--redact", action="store_true", help=option_help(wording, "redact"))
    add_run_options(parser, wording)
    parser.add_argument(
        "--max-findings",
        type=reader_of_counts(wording),
        default=MAX_FINDINGS,
        metavar="N",
        help=option_help(wording, "max_findings"),
    )


def run(args: Namespace, wording: Wording) -> ExitStatus:
    """Check, report, and answer by the verdict of the run."""
    demand_built(args.format, [*REPORTERS, *BINARY_REPORTERS])
    if args.format in BINARY_REPORTERS:
        demand_place(args.format, args.output)
    pack = load(args.pack, args.profile, args.on)
    wording = wording_of(pack)
    sources = listed(args.paths, pack.limits, wording, names=not args.redact)
    _spare_the_sources(sources, args.output)
    options = replace(options_of(args), traced=args.format == "svrl")
    report = run_check(sources, pack, options, wording, args.progress)
    wishes = ReportOptions(args.redact, _colour(args.output))
    if args.format in BINARY_REPORTERS:
        write_binary(BINARY_REPORTERS[args.format](report, wording, wishes), args.output)
    else:
        write_report(REPORTERS[args.format](report, wording, wishes), args.output)
    _tell(report, args, wording)
    return status_of_run(report, args.fail_on)


def status_of_run(report: CheckReport, fail_on: str = "error") -> ExitStatus:
    """STOPPED for a run that was broken off, else what its verdict means."""
    if not report.completed:
        return ExitStatus.STOPPED
    return status_of_verdict(verdict_of_run(report), fail_on)


def _spare_the_sources(sources: Sequence[Source | Refused], output: str | None) -> None:
    if output is None or not Path(output).exists():
        return
    written = Path(output).stat()
    for source in sources:
        if isinstance(source, Source) and source.path and _is_file(source.path, written):
            raise UsageError("A008", path=output)


def _is_file(path: str, known: os.stat_result) -> bool:
    try:
        return os.path.samestat(known, Path(path).stat())
    except OSError:
        return False


def _colour(output: str | None) -> bool:
    return output is None and sys.stdout.isatty() and "NO_COLOR" not in os.environ


def _tell(report: CheckReport, args: Namespace, wording: Wording) -> None:
    if not report.completed:
        print(wording.say("cli.stopped_after", count=_finished(report)), file=sys.stderr)
    if not report.files and (args.format != "text" or args.output is not None):
        print(wording.say("cli.no_file"), file=sys.stderr)
    if args.format == "jsonl" and report.batch.findings:
        print(wording.say("cli.batch_elsewhere", count=len(report.batch.findings)), file=sys.stderr)
    for line in outdated(report, wording) if args.format != "text" else ():
        print(line, file=sys.stderr)
    if args.format == "jsonl":
        print(wording.say("report.disclaimer"), file=sys.stderr)


def _finished(report: CheckReport) -> int:
    notes = [{layer.note.key for layer in file.layers if layer.note} for file in report.files]
    return sum("stopped" not in keys for keys in notes)
