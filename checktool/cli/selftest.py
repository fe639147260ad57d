"""``checktool selftest``: proves that this installation reads, judges, writes and verifies."""

import platform
from argparse import Namespace

from checktool import __version__
from checktool.cli.output import show
from checktool.cli.parser import Parser, Subparsers, add_command, option_help
from checktool.cli.status import ExitStatus
from checktool.errors import UsageError
from checktool.handoff.rehearsal import Outcome, rehearse
from checktool.wording import Wording


def add_parser(subparsers: "Subparsers[Parser]", wording: Wording) -> None:
    """Declare the arguments of ``selftest``."""
    parser = add_command(subparsers, wording, "selftest")
    parser.add_argument("--gui", action="store_true", help=option_help(wording, "selftest_gui"))


def run(args: Namespace, wording: Wording) -> ExitStatus:
    """Print one line a step; OK when all hold, else TOOL. Steps behind a fault are not run."""
    if args.gui:
        raise UsageError("A003", name="selftest --gui")
    system = f"Python {platform.python_version()} {platform.system()}"
    show(wording.say("cli.selftest.head", version=__version__, system=system))
    held = True
    for step in rehearse(wording):
        title = wording.say(f"cli.selftest.{step.name}")
        key = f"cli.selftest.{step.outcome.value}"
        show(wording.say(key, title=title, detail=step.detail, reason=step.detail).rstrip())
        held = held and step.outcome is Outcome.PASSED
    show(wording.say("cli.selftest.good" if held else "cli.selftest.bad"))
    return ExitStatus.OK if held else ExitStatus.TOOL
