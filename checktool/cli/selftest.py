"""``checktool selftest``: proves that this installation reads, judges, writes and verifies.

With ``--gui`` also that its window opens, checks and shows every page.
"""

import platform
from argparse import Namespace
from collections.abc import Iterable

from checktool import __version__
from checktool.cli.output import show
from checktool.cli.parser import Parser, Subparsers, add_command, option_help
from checktool.cli.status import ExitStatus
from checktool.handoff.rehearsal import Outcome, Step, rehearse
from checktool.wording import Wording


def add_parser(subparsers: "Subparsers[Parser]", wording: Wording) -> None:
    """Declare the arguments of ``selftest``."""
    parser = add_command(subparsers, wording, "selftest")
    parser.add_argument("--gui", action="store_true", help=option_help(wording, "selftest_gui"))


def run(args: Namespace, wording: Wording) -> ExitStatus:
    """Print one line a step; OK when all hold, else TOOL. Steps behind a fault are not run."""
    system = f"Python {platform.python_version()} {platform.system()}"
    show(wording.say("cli.selftest.head", version=__version__, system=system))
    held = _told(rehearse(wording), wording)
    if args.gui:
        held = _window(wording) and held
    show(wording.say("cli.selftest.good" if held else "cli.selftest.bad"))
    return ExitStatus.OK if held else ExitStatus.TOOL


def _window(wording: Wording) -> bool:
    """Whether the window works; where this installation has none, it says so."""
    try:
        from checktool.gui.rehearsal import rehearse_window
    except ImportError:
        show(wording.say("cli.no_window"))
        return False
    return _told(rehearse_window(wording), wording)


def _told(steps: Iterable[Step], wording: Wording) -> bool:
    """Print the steps as they end; whether all of them passed."""
    held = True
    for step in steps:
        title = wording.say(f"cli.selftest.{step.name}")
        key = f"cli.selftest.{step.outcome.value}"
        show(wording.say(key, title=title, detail=step.detail, reason=step.detail).rstrip())
        held = held and step.outcome is Outcome.PASSED
    return held
