"""``checktool sample``: fictitious documents, clean ones or ones that break exactly one rule."""

import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from checktool.cli.parser import (
    Parser,
    Subparsers,
    add_command,
    add_date_option,
    option_help,
    reader_of_counts,
)
from checktool.cli.status import ExitStatus
from checktool.definitions.pack import load
from checktool.samples.make import NAMES, VARIANTS, Request, samples
from checktool.samples.writer import write
from checktool.wording import Wording


def add_parser(subparsers: "Subparsers[Parser]", wording: Wording) -> None:
    """Declare the arguments of ``sample``."""
    parser = add_command(subparsers, wording, "sample")

    def option(name: str, text: str, **more: Any) -> None:
        parser.add_argument(name, help=option_help(wording, text), **more)

    option("--form", "form", required=True, metavar="FORM")
    option("--count", "count", type=reader_of_counts(wording), default=1, metavar="N")
    option("--seed", "seed", type=reader_of_counts(wording, 0), default=1, metavar="N")
    option("--variant", "variant", choices=VARIANTS, default="full")
    option("--names", "names", choices=NAMES, default="plain")
    add_date_option(parser, wording)
    option("--break", "break", dest="broken", default="", metavar="CODE")
    option("--pack", "pack", metavar="ID|PATH")
    parser.add_argument(
        "-o", "--output", required=True, metavar="FOLDER", help=option_help(wording, "samples_to")
    )


def run(args: Namespace, wording: Wording) -> ExitStatus:
    """Write the samples; UsageError for a request that cannot be met."""
    request = Request(
        form=args.form,
        on=args.on,
        count=args.count,
        seed=args.seed,
        variant=args.variant,
        names=args.names,
        broken=args.broken.upper(),
    )
    count = write(samples(load(args.pack), request), Path(args.output))
    print(wording.say("cli.samples_written", count=count, path=args.output), file=sys.stderr)
    return ExitStatus.OK
