"""The entry of the command line: arguments in, exit status out; every fault is worded here."""

import atexit
import gc
import importlib
import io
import os
import signal
import sys
import threading
import traceback
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Protocol, TextIO

from checktool import __version__
from checktool.cli.later import refuse_later
from checktool.cli.output import write_report
from checktool.cli.parser import Parser, Subparsers, WideFormatter, add_command, speak
from checktool.cli.status import ExitStatus, status_of_error
from checktool.errors import CheckToolError
from checktool.wording import Wording

DEBUG = "CHECKTOOL_DEBUG"
RARELY = (20_000, 50, 100)
"""When to look for cycles: definitions live to the end, and what a document leaves has next to none.

At the end there is no need to look.
"""

COMMANDS = {
    name: f"checktool.cli.{name}"
    for name in (
        "check",
        "handoff",
        "verify",
        "explain",
        "rules",
        "sample",
        "pack",
        "selftest",
        "demo",
        "gui",
    )
}


class Command(Protocol):
    """What a command module offers."""

    def add_parser(self, subparsers: "Subparsers[Parser]", wording: Wording) -> None:
        """Declare the arguments."""

    def run(self, args: Namespace, wording: Wording) -> ExitStatus:
        """Do the work; faults of the CheckToolError family may be raised."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line; the answer is the exit status, see ``ExitStatus``."""
    sys.stdout, sys.stderr = prepare(sys.stdout), prepare(sys.stderr)
    gc.set_threshold(*RARELY)
    atexit.register(gc.freeze)
    try:
        with _ended_as_stopped():
            return int(_answer(sys.argv[1:] if argv is None else list(argv)))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return int(ExitStatus.WRITE)
    except Exception:
        _print_traceback()
        _print_error("checktool: E070")
        return int(ExitStatus.TOOL)


def open_window() -> int:
    """The entry of the window; arguments are paths to check. Answers as ``main`` does."""
    return main(["gui", "--", *sys.argv[1:]])


def build_parser(wording: Wording, chosen: str = "") -> Parser:
    """The parser of all commands; only the chosen one is declared by its module, so only that is loaded."""
    speak(wording)
    parser = Parser(
        prog="checktool",
        description=wording.say("cli.description"),
        epilog=wording.say("cli.epilog"),
        formatter_class=WideFormatter,
        allow_abbrev=False,
    )
    version = f"checktool {__version__}"
    parser.add_argument(
        "--version", action="version", version=version, help=wording.say("cli.option.version")
    )
    commands = parser.add_subparsers(
        title=wording.say("cli.commands"),
        dest="command",
        metavar=wording.say("cli.command_name"),
        required=True,
    )
    for name, module in COMMANDS.items():
        if name == chosen:
            _command(module).add_parser(commands, wording)
        else:
            add_command(commands, wording, name)
    return parser


def prepare(stream: TextIO | None) -> TextIO:
    """Let a stream take any character: UTF-8 unless it is a terminal, escapes for what is left.

    A stream that was closed before the start becomes one that takes everything and shows nothing.
    """
    if stream is None:
        return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 - lives as long as the process
    if isinstance(stream, io.TextIOWrapper):
        if stream.isatty():
            stream.reconfigure(errors="backslashreplace")
        else:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    return stream


@contextmanager
def _ended_as_stopped() -> Iterator[None]:
    """Being ended by the system is being stopped: what is half done is taken back."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _answer(argv: list[str]) -> ExitStatus:
    wording = Wording()
    try:
        status = run_line(argv, wording)
        write_report((), None)
        return status
    except CheckToolError as error:
        return tell(error, wording)
    except KeyboardInterrupt:
        _print_error(wording.say("cli.stopped"))
        return ExitStatus.STOPPED
    except BrokenPipeError:
        raise
    except Exception:
        _print_traceback()
        return tell(CheckToolError("E070"), wording)


def run_line(argv: Sequence[str], wording: Wording) -> ExitStatus:
    """Run the command that arguments name; faults of the CheckToolError family may be raised."""
    parser = build_parser(wording, argv[0] if argv else "")
    if not argv:
        parser.print_help(sys.stderr)
        return ExitStatus.USAGE
    refuse_later(argv)
    try:
        args = parser.parse_args(argv)
    except SystemExit as leaving:
        return ExitStatus(int(leaving.code or 0))
    return _command(COMMANDS[args.command]).run(args, wording)


def tell(error: CheckToolError, wording: Wording) -> ExitStatus:
    """Say a fault on standard error: what, why, the next step and its code."""
    said = wording.error(error)
    _print_error(
        wording.say("cli.error", title=said.title, message=said.message, fix=said.fix, code=error.code)
    )
    return status_of_error(error)


def _print_traceback() -> None:
    if os.environ.get(DEBUG) == "1":
        traceback.print_exc()


def _print_error(text: str) -> None:
    print(text, file=sys.stderr)


def _command(module: str) -> Command:
    command: Command = importlib.import_module(module)
    return command
