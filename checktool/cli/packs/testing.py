"""``checktool pack test``: the test sets that a definition pack carries."""

import json
from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from checktool.checking.packtests.run import CaseResult, SetsReport, run_tests
from checktool.cli.output import write_report
from checktool.cli.parser import Parser, Subparsers, add_command, add_date_option, option_help
from checktool.cli.status import ExitStatus
from checktool.definitions.pack import load
from checktool.model.report import PackInfo
from checktool.wording import Wording

FORMATS = ("text", "json")


def add_action(actions: "Subparsers[Parser]", wording: Wording, action: str) -> None:
    """Declare the arguments of ``pack test``."""
    parser = add_command(actions, wording, action, f"pack_{action}")
    parser.add_argument("target", nargs="?", metavar="ID|PATH", help=option_help(wording, "pack_target"))
    formats = wording.say("cli.option.report_format", formats=" ".join(FORMATS))
    parser.add_argument("--format", choices=FORMATS, default="text", metavar="F", help=formats)
    parser.add_argument("-o", "--output", metavar="FILE", help=option_help(wording, "output"))
    add_date_option(parser, wording)


def run(args: Namespace, wording: Wording) -> ExitStatus:
    """Run the tests; status PACK when one does not go as expected. Without any, PackError P030."""
    pack = load(args.target)
    report = run_tests(pack, args.on)
    writer = _json if args.format == "json" else _text
    write_report(writer(pack.info, report, wording), args.output)
    return ExitStatus.PACK if report.failed else ExitStatus.OK


def _text(pack: PackInfo, report: SetsReport, wording: Wording) -> Iterator[str]:
    for result in report.results:
        if not result.problem:
            yield wording.say("pack_test.passed", name=result.case.name) + "\n"
            continue
        yield wording.say("pack_test.failed", name=result.case.name, problem=_problem(result, wording)) + "\n"
        found = " ".join(result.found) or wording.say("pack_test.nothing")
        yield wording.say("pack_test.found", codes=found) + "\n"
    for key, codes in (("without_pass", report.without_pass), ("without_fail", report.without_fail)):
        if codes:
            yield wording.say(f"pack_test.{key}", count=len(codes), codes=" ".join(codes)) + "\n"
    if report.rules and not (report.without_pass or report.without_fail):
        yield wording.say("pack_test.covered") + "\n"
    yield wording.say("pack_test.summary", id=pack.id, edition=pack.edition, **_counts(report)) + "\n"


def _problem(result: CaseResult, wording: Wording) -> str:
    return wording.say(f"pack_test.problem.{result.problem}", codes=" ".join(result.codes))


def _counts(report: SetsReport) -> dict[str, int]:
    count = len(report.results)
    return {"count": count, "passed": count - report.failed, "failed": report.failed}


def _json(pack: PackInfo, report: SetsReport, wording: Wording) -> Iterator[str]:
    tree = {
        "pack": {"id": pack.id, "edition": pack.edition},
        "summary": _counts(report),
        "cases": [_case(result, wording) for result in report.results],
        "without_pass": report.without_pass,
        "without_fail": report.without_fail,
    }
    yield json.dumps(tree, ensure_ascii=False, indent=2) + "\n"


def _case(result: CaseResult, wording: Wording) -> dict[str, Any]:
    return {
        "name": result.case.name,
        "result": "failed" if result.problem else "passed",
        "problem": result.problem,
        "message": _problem(result, wording) if result.problem else "",
        "expected": [one.code for one in result.case.expectation.wanted],
        "found": list(result.found),
    }
