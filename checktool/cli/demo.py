"""``checktool demo``: the main job on shipped practice documents, shown step by step."""

import tempfile
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from checktool.cli.main import run_line
from checktool.cli.output import show
from checktool.cli.parser import Parser, Subparsers, add_command, option_help
from checktool.cli.status import ExitStatus
from checktool.errors import HandoffError
from checktool.samples.trial import shipped
from checktool.wording import Wording

INPUT, OUTPUT = "documents", "packages"


def add_parser(subparsers: "Subparsers[Parser]", wording: Wording) -> None:
    """Declare the arguments of ``demo``."""
    parser = add_command(subparsers, wording, "demo")
    parser.add_argument("-o", "--output", metavar="FOLDER", help=option_help(wording, "keep"))


def run(args: Namespace, wording: Wording) -> ExitStatus:
    """Check, hand over and verify; OK when each step ends as it must with these documents."""
    trial = shipped()
    with _workplace(args.output) as place:
        documents, packages, on = place / INPUT, place / OUTPUT, trial.on.isoformat()
        trial.copy_to(documents)
        show(wording.say("cli.demo.intro", count=len(trial.answers)))
        common = ["--pack", trial.pack, "--on", on, "--no-progress"]
        check = ["check", str(documents), *common]
        handoff = ["handoff", str(documents), "--to", str(packages), *common]
        steps = (
            ("check", check, ExitStatus.CORRECT),
            ("handoff", handoff, ExitStatus.CORRECT),
            ("verify", ["verify", str(packages)], ExitStatus.OK),
        )
        as_expected = [_step(name, line, wording) is expected for name, line, expected in steps]
        if args.output is not None:
            show(wording.say("cli.demo.kept", path=args.output))
    show("", wording.say("cli.demo.end" if all(as_expected) else "cli.demo.unexpected"))
    return ExitStatus.OK if all(as_expected) else ExitStatus.TOOL


def _step(name: str, line: list[str], wording: Wording) -> ExitStatus:
    show("", wording.say(f"cli.demo.{name}"), "$ checktool " + " ".join(line), "")
    return run_line(line, wording)


@contextmanager
def _workplace(kept: str | None) -> Iterator[Path]:
    if kept is None:
        with tempfile.TemporaryDirectory(prefix="checktool-demo-") as temporary:
            yield Path(temporary)
        return
    folder = Path(kept)
    try:
        if folder.exists() and any(folder.iterdir()):
            raise FileExistsError
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise HandoffError("H002", path=kept, reason=type(error).__name__) from error
    yield folder
