"""``checktool handoff``: check, then write what may go out as a verified package."""

import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping
from pathlib import Path

from checktool.checking.engine import run as run_engine
from checktool.cli.output import show
from checktool.cli.parser import (
    Parser,
    Subparsers,
    add_command,
    add_pack_options,
    add_paths,
    add_run_options,
    option_help,
)
from checktool.cli.running import listed, options_of, run_check
from checktool.cli.status import ExitStatus, worst
from checktool.cli.staying import stayed
from checktool.definitions.registry import wording_of
from checktool.definitions.trust.state import load
from checktool.errors import HandoffError, UsageError
from checktool.handoff.selection import Left, codes_to_confirm
from checktool.handoff.staging import demand_folder
from checktool.handoff.writer import HandoffRequest, HandoffResult, write
from checktool.model.finding import Severity
from checktool.model.report import CheckReport, Verdict, verdicts
from checktool.reading.sources import Source
from checktool.wording import Wording

STATUS_OF_LEFT = {
    Verdict.CLEAN: ExitStatus.OK,
    Verdict.CONFIRM: ExitStatus.CORRECT,
    Verdict.CORRECT: ExitStatus.CORRECT,
    Verdict.UNCHECKED: ExitStatus.UNCHECKED,
}


def add_parser(subparsers: "Subparsers[Parser]", wording: Wording) -> None:
    """Declare the arguments of ``handoff``."""
    parser = add_command(subparsers, wording, "handoff")
    add_paths(parser, wording)
    parser.add_argument("--to", required=True, metavar="FOLDER", help=option_help(wording, "handoff_to"))
    add_pack_options(parser, wording)
    parser.add_argument("--accept-warnings", metavar="REASON", help=option_help(wording, "accept_warnings"))
    parser.add_argument(
        "--confirm", action="append", default=[], metavar="CODE=REASON", help=option_help(wording, "confirm")
    )
    parser.add_argument(
        "--leave-out", action="append", default=[], metavar="NAME", help=option_help(wording, "leave_out")
    )
    parser.add_argument("--zip", action="store_true", help=option_help(wording, "zip"))
    parser.add_argument("--encrypt", action="store_true", help=option_help(wording, "encrypt"))
    parser.add_argument("--by", default="", metavar="NAME", help=option_help(wording, "by"))
    parser.add_argument("--dest", default="", metavar="TEXT", help=option_help(wording, "dest"))
    add_run_options(parser, wording)


def run(args: Namespace, wording: Wording) -> ExitStatus:
    """Check and hand over; OK when everything went out, else by what stayed behind."""
    _demand_usable(args)
    demand_folder(Path(args.to))
    pack = load(args.pack, args.profile, args.on)
    wording = wording_of(pack)
    sources = listed(args.paths, pack.limits, wording)
    options = options_of(args)
    report = run_check(sources, pack, options, wording, args.progress)
    if not report.completed:
        print(wording.say("cli.stopped"), file=sys.stderr)
        return ExitStatus.STOPPED
    request = request_of(args, report, wording)
    readable = [source for source in sources if isinstance(source, Source)]
    try:
        result = write(
            report, readable, pack, request, wording, lambda data: run_engine([str(data)], pack, options)
        )
    except HandoffError as fault:
        if fault.code == "H003":
            show(*nothing_handed(report, request.confirmed, wording))
        raise
    _show_summary(result, request, report, wording)
    return worst(*(STATUS_OF_LEFT[left.verdict] for left in result.left))


def request_of(args: Namespace, report: CheckReport, wording: Wording) -> HandoffRequest:
    """What the arguments ask for; ``--accept-warnings`` confirms every code of the run.

    Raises UsageError A015 for a document to leave out that was not checked, A005 for a code to confirm
    that is none, A019 for one that is no warning.
    """
    names = {file.source for file in report.files}
    if unknown := sorted(set(args.leave_out) - names):
        raise UsageError("A015", name=unknown[0])
    every = {code for codes in codes_to_confirm(report).values() for code in codes}
    confirmations = _confirmations(args)
    changed = {change.code: change.severity for change in report.overrides}
    for code in sorted(set(confirmations) - every):
        usual = wording.rule(code).severity
        if changed.get(code, usual.word if usual is not None else "off") != Severity.WARNING.word:
            raise UsageError("A019", code=code)
    confirmed = dict.fromkeys(sorted(every), args.accept_warnings) if args.accept_warnings else {}
    return HandoffRequest(
        Path(args.to),
        args.on,
        {**confirmed, **confirmations},
        frozenset(args.leave_out),
        args.by,
        args.dest,
        zip=args.zip,
    )


def summary(
    result: HandoffResult, request: HandoffRequest, report: CheckReport, wording: Wording
) -> Iterator[str]:
    """What went out and what stayed behind, line by line; with the names of the hospital's files."""

    def say(key: str, **params: str | int) -> str:
        return wording.say(f"handoff.summary.{key}", **params)

    practice = say("practice") if report.pack.status == "sample" else ""
    files = len({handed.output.partition("#")[0] for handed in result.handed})
    confirmed = sum(handed.verdict is Verdict.CONFIRM for handed in result.handed)
    yield say("package", name=result.name, practice=practice)
    yield say("place", path=str(result.package))
    yield say("proof", files=files, documents=len(result.handed))
    yield say("manifest", sha256=result.manifest_sha256)
    if request.by:
        yield say("by", by=request.by)
    if request.dest:
        yield say("dest", dest=request.dest)
    yield say("handed", count=len(result.handed))
    if confirmed:
        reasons = "、".join(dict.fromkeys(request.confirmed.values()))
        yield say("confirmed", count=confirmed, reason=reasons)
    yield say("mapping")
    for handed in result.handed:
        mark = wording.say(f"report.mark.{handed.verdict.value}")
        yield say("mapping_line", output=handed.output, mark=mark, input=handed.input)
    yield wording.say("handoff.verify.upload")
    yield from stayed(result.left, report, request.confirmed, wording)
    yield wording.say("report.disclaimer")


def nothing_handed(report: CheckReport, confirmed: Mapping[str, str], wording: Wording) -> Iterator[str]:
    """Why nothing went out, line by line."""
    yield wording.say("handoff.summary.nothing")
    left = [Left(file.source, verdict) for file, verdict in zip(report.files, verdicts(report), strict=True)]
    yield from stayed(left, report, confirmed, wording)


def _demand_usable(args: Namespace) -> None:
    if args.encrypt:
        raise UsageError("A003", name="--encrypt")
    if args.accept_warnings is not None and not args.accept_warnings.strip():
        raise UsageError("A002", option="--accept-warnings", value=args.accept_warnings)
    _confirmations(args)


def _confirmations(args: Namespace) -> dict[str, str]:
    pairs = {}
    for given in args.confirm:
        code, _, reason = given.partition("=")
        if not code.strip() or not reason.strip():
            raise UsageError("A002", option="--confirm", value=given, expected="CODE=REASON")
        pairs[code.strip()] = reason.strip()
    return pairs


def _show_summary(
    result: HandoffResult, request: HandoffRequest, report: CheckReport, wording: Wording
) -> None:
    """What went out; where it cannot be shown, that there is a package, on standard error."""
    try:
        show(*summary(result, request, report, wording))
    except HandoffError:
        print(wording.say("handoff.summary.place", path=str(result.package)), file=sys.stderr)
        raise
