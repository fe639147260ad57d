"""The argument parser: argparse speaking Japanese, and the options that commands share."""

import argparse
import sys
from collections.abc import Callable
from datetime import date
from typing import NoReturn

from checktool.reporting.columns import wrap
from checktool.wording import Wording

# argparse finds its texts by gettext in the .mo files of the system's locale and has no other hook,
# so its look-up is replaced: English text of argparse -> key of [argparse] in cli.ja.toml.
ARGPARSE_TEXTS = {
    "usage: ": "usage",
    "positional arguments": "positionals",
    "options": "options",
    "show this help message and exit": "help",
    "argument %(argument_name)s: %(message)s": "argument",
    "unknown parser %(parser_name)r (choices: %(choices)s)": "unknown_command",
    "unrecognized arguments: %s": "unrecognized",
    "not allowed with argument %s": "not_with",
    "ignored explicit argument %r": "explicit",
    "the following arguments are required: %s": "required",
    "one of the arguments %s is required": "one_of",
    "expected one argument": "expected_one",
    "expected at most one argument": "expected_at_most_one",
    "expected at least one argument": "expected_at_least_one",
    "expected %s argument": "expected_count",
    "expected %s arguments": "expected_count",
    "ambiguous option: %(option)s could match %(matches)s": "ambiguous",
    "unexpected option string: %s": "unexpected",
    "invalid %(type)s value: %(value)r": "invalid_value",
    "invalid choice: %(value)r (choose from %(choices)s)": "invalid_choice",
}

_spoken: dict[str, str] = {}


class Parser(argparse.ArgumentParser):
    """An argument parser whose faults end with exit status 2 and a Japanese sentence."""

    def error(self, message: str) -> NoReturn:
        """Print the usage and what is wrong on standard error and leave with status 2."""
        self.print_usage(sys.stderr)
        hint = _spoken["hint"] % {"prog": self.prog}
        self.exit(2, f"{_spoken['error']}{message}\n{hint}\n")


class WideFormatter(argparse.HelpFormatter):
    """Help whose lines are cut by display width, since Japanese has no blanks to cut at."""

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrap(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for line in wrap(text, width - len(indent)))


Subparsers = argparse._SubParsersAction  # the only name argparse gives to this type


def speak(wording: Wording) -> None:
    """Let argparse take its own texts from the wording."""
    keys = {*ARGPARSE_TEXTS.values(), "error", "hint"}
    _spoken.update({key: wording.say(f"cli.argparse.{key}") for key in keys})

    def look_up(text: str) -> str:
        return _spoken[ARGPARSE_TEXTS[text]] if text in ARGPARSE_TEXTS else text

    def look_up_plural(one: str, _many: str, _count: int) -> str:
        return look_up(one)

    vars(argparse).update(_=look_up, ngettext=look_up_plural)


def add_command(
    subparsers: "Subparsers[Parser]", wording: Wording, name: str, key: str | None = None
) -> Parser:
    """A command's parser with the texts [command.<key>], by default its name: help, description, example."""
    key = key or name
    return subparsers.add_parser(
        name,
        help=wording.say(f"cli.command.{key}.help"),
        description=wording.say(f"cli.command.{key}.description"),
        epilog=wording.say("cli.example") + "\n" + wording.say(f"cli.command.{key}.example"),
        formatter_class=WideFormatter,
        allow_abbrev=False,
    )


def option_help(wording: Wording, name: str) -> str:
    """The help of an option, [option] in cli.ja.toml; percent signs made safe for argparse."""
    return wording.say(f"cli.option.{name}").replace("%", "%%")


def add_paths(parser: Parser, wording: Wording) -> None:
    """PATH… : what to check."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help=option_help(wording, "paths"))


def add_pack_options(parser: Parser, wording: Wording) -> None:
    """--pack --profile --on: what to judge by. Gives ``pack``, ``profile`` and ``on`` (a date)."""
    parser.add_argument("--pack", metavar="ID|PATH", help=option_help(wording, "pack"))
    parser.add_argument("--profile", metavar="NAME", help=option_help(wording, "profile"))
    add_date_option(parser, wording)


def add_date_option(parser: Parser, wording: Wording) -> None:
    """--on: the date taken as today; ``args.on`` is a date."""
    parser.add_argument(
        "--on",
        type=reader_of_dates(wording),
        default=date.today(),
        metavar="DATE",
        help=option_help(wording, "on"),
    )


def add_run_options(parser: Parser, wording: Wording) -> None:
    """--jobs --no-progress. Gives ``jobs`` (processes, None = auto) and ``progress``."""
    parser.add_argument(
        "--jobs",
        type=reader_of_jobs(wording),
        metavar="N|auto",
        help=option_help(wording, "jobs"),
    )
    parser.add_argument(
        "--no-progress", dest="progress", action="store_false", help=option_help(wording, "no_progress")
    )


def reader_of_dates(wording: Wording) -> Callable[[str], date]:
    """A reader of YYYY-MM-DD for ``type=``."""

    def read(text: str) -> date:
        try:
            day = date.fromisoformat(text)
        except ValueError:
            day = None
        if day is None or day.isoformat() != text:
            raise argparse.ArgumentTypeError(wording.say("cli.fault.date", value=text))
        return day

    return read


def reader_of_counts(wording: Wording, least: int = 1, key: str = "count") -> Callable[[str], int]:
    """A reader of whole numbers from ``least`` on for ``type=``; ``cli.fault.<key>`` refuses others."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit()) or int(text) < least:
            raise argparse.ArgumentTypeError(wording.say(f"cli.fault.{key}", value=text, least=least))
        return int(text)

    return read


def reader_of_jobs(wording: Wording) -> Callable[[str], int | None]:
    """A reader of a number of processes for ``type=``; ``auto`` gives None: as the amount asks."""
    read_count = reader_of_counts(wording, key="jobs")
    return lambda text: None if text == "auto" else read_count(text)
