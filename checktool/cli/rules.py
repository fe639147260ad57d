"""``checktool rules``: the whole check specification (チェック仕様一覧)."""

from argparse import Namespace

from checktool.cli.output import demand_place, write_binary, write_report
from checktool.cli.parser import Parser, Subparsers, add_command, option_help
from checktool.cli.status import ExitStatus
from checktool.definitions.pack import load
from checktool.definitions.registry import rules_of
from checktool.reporting.rules_list import rules_json, rules_text
from checktool.reporting.rules_table import rules_html, rules_xlsx
from checktool.wording import Wording

FORMATS = ("text", "json", "xlsx", "html")
WRITERS = {"text": rules_text, "json": rules_json, "html": rules_html}


def add_parser(subparsers: "Subparsers[Parser]", wording: Wording) -> None:
    """Declare the arguments of ``rules``."""
    parser = add_command(subparsers, wording, "rules")
    parser.add_argument("--pack", metavar="ID|PATH", help=option_help(wording, "pack"))
    parser.add_argument("--profile", metavar="NAME", help=option_help(wording, "profile"))
    parser.add_argument(
        "--format", choices=FORMATS, default="text", metavar="F", help=option_help(wording, "rules_format")
    )
    parser.add_argument("-o", "--output", metavar="FILE", help=option_help(wording, "output"))


def run(args: Namespace, _wording: Wording) -> ExitStatus:
    """List every rule, built-in and of the pack, sorted by code."""
    if args.format == "xlsx":
        demand_place(args.format, args.output)
    pack = load(args.pack, args.profile)
    wording = Wording(rules_of(pack))
    if args.format == "xlsx":
        write_binary(rules_xlsx(pack, wording), args.output)
    else:
        write_report(WRITERS[args.format](pack, wording), args.output)
    return ExitStatus.OK
