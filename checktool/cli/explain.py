"""``checktool explain CODE``: the page of one rule."""

from argparse import Namespace

from checktool.cli.output import write_report
from checktool.cli.parser import Parser, Subparsers, add_command, option_help
from checktool.cli.status import ExitStatus
from checktool.definitions.pack import load
from checktool.definitions.registry import rules_of
from checktool.reporting.rule_pages import written_page
from checktool.reporting.rules_list import rule_page
from checktool.wording import Wording


def add_parser(subparsers: "Subparsers[Parser]", wording: Wording) -> None:
    """Declare the arguments of ``explain``."""
    parser = add_command(subparsers, wording, "explain")
    parser.add_argument("code", metavar="CODE", help=option_help(wording, "code"))
    parser.add_argument("--pack", metavar="ID|PATH", help=option_help(wording, "pack"))


def run(args: Namespace, _wording: Wording) -> ExitStatus:
    """Print the written page of a code, or one made from its rule; unknown code: UsageError A005."""
    pack = load(args.pack)
    wording = Wording(rules_of(pack))
    any_case = {rule.code.upper(): rule for rule in wording.rules()}
    rule = any_case.get(args.code.upper()) or wording.rule(args.code)
    page = written_page(rule, pack)
    if page is None:
        write_report(rule_page(rule, wording), None)
    else:
        write_report([page, "\n\n", wording.say("report.disclaimer"), "\n"], None)
    return ExitStatus.OK
