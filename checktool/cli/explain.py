"""``checktool explain CODE``: the page of one rule or error."""

from argparse import Namespace

from checktool.cli.output import write_report
from checktool.cli.parser import Parser, Subparsers, add_command, option_help
from checktool.cli.status import ExitStatus
from checktool.definitions.pack import load
from checktool.definitions.registry import rules_of
from checktool.errors import PackError, UsageError
from checktool.reporting.rule_pages import error_page, markdown_page, plain_page
from checktool.wording import Wording


def add_parser(subparsers: "Subparsers[Parser]", wording: Wording) -> None:
    """Declare the arguments of ``explain``."""
    parser = add_command(subparsers, wording, "explain")
    parser.add_argument("code", metavar="CODE", help=option_help(wording, "code"))
    parser.add_argument("--pack", metavar="ID|PATH", help=option_help(wording, "pack"))


def run(args: Namespace, wording: Wording) -> ExitStatus:
    """Print the page of a rule, else of an error of the tool; unknown code: UsageError A005."""
    error = error_page(args.code.upper(), wording)
    try:
        page = _page_of_rule(args.code, args.pack)
    except (UsageError, PackError):
        if error is None:
            raise
        page = error
    write_report([plain_page(page, wording)], None)
    return ExitStatus.OK


def _page_of_rule(code: str, pack_id: str | None) -> str:
    pack = load(pack_id)
    wording = Wording(rules_of(pack))
    any_case = {rule.code.upper(): rule for rule in wording.rules()}
    return markdown_page(any_case.get(code.upper()) or wording.rule(code), pack, wording)
