"""``checktool gui``: open the window; paths are checked at once."""

import sys
from argparse import Namespace

from checktool.cli.parser import Parser, Subparsers, add_command, option_help
from checktool.cli.status import ExitStatus
from checktool.wording import Wording


def add_parser(subparsers: "Subparsers[Parser]", wording: Wording) -> None:
    """Declare the arguments of ``gui``."""
    parser = add_command(subparsers, wording, "gui")
    parser.add_argument("paths", nargs="*", metavar="PATH", help=option_help(wording, "gui_paths"))


def run(args: Namespace, wording: Wording) -> ExitStatus:
    """Open the window until it is closed; USAGE where this installation or PC has none to open."""
    try:
        from checktool.gui import app
    except ImportError:
        print(wording.say("cli.no_window"), file=sys.stderr)
        return ExitStatus.USAGE
    if not app.has_screen():
        print(wording.say("cli.no_display"), file=sys.stderr)
        return ExitStatus.USAGE
    return ExitStatus(app.run(args.paths))
