"""``checktool pack lint``: what is wrong with a definition pack, before any document meets it."""

import json
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from checktool.checking.check import CheckOptions
from checktool.checking.judge import Judge
from checktool.cli.output import write_report
from checktool.cli.parser import Parser, Subparsers, add_command, option_help
from checktool.cli.status import ExitStatus
from checktool.definitions import cover
from checktool.definitions.lint.remark import Level, Remark, passed_on
from checktool.definitions.lint.run import lint
from checktool.definitions.lint.words import words
from checktool.definitions.pack import load, locate
from checktool.errors import PackError
from checktool.wording import Wording

FORMATS = ("text", "json")


def add_action(actions: "Subparsers[Parser]", wording: Wording, action: str) -> None:
    """Declare the arguments of ``pack lint``."""
    parser = add_command(actions, wording, action, f"pack_{action}")
    parser.add_argument("target", nargs="?", metavar="ID|PATH", help=option_help(wording, "pack_target"))
    formats = wording.say("cli.option.report_format", formats=" ".join(FORMATS))
    parser.add_argument("--format", choices=FORMATS, default="text", metavar="F", help=formats)
    parser.add_argument("-o", "--output", metavar="FILE", help=option_help(wording, "output"))


def run(args: Namespace, wording: Wording) -> ExitStatus:
    """Lint a pack; status PACK with an error. A pack without a readable cover sheet raises PackError."""
    remarks = lint(args.target)
    if not any(one.level is Level.ERROR for one in remarks):
        remarks += _refused_by_the_engine(args.target)
    table = cover.read(locate(args.target))
    writer = _json if args.format == "json" else _text
    write_report(writer(str(table["id"]), str(table["edition"]), remarks, wording), args.output)
    return ExitStatus.PACK if any(one.level is Level.ERROR for one in remarks) else ExitStatus.OK


def _refused_by_the_engine(target: str | None) -> list[Remark]:
    """The fault for which a check would not begin, if there is one."""
    try:
        Judge(load(target), CheckOptions(on=date.today()))
    except PackError as fault:
        return [passed_on(fault)]
    return []


def _text(pack_id: str, edition: str, remarks: Sequence[Remark], wording: Wording) -> Iterator[str]:
    for one in remarks:
        message, fix = words(one, wording)
        place = wording.say("lint.place", file=one.file, line=one.line) if one.line else one.file
        word = wording.say(f"lint.level.{one.level}")
        yield wording.say("lint.line", word=word, code=one.code, place=place) + "\n"
        yield wording.say("lint.message", text=message) + "\n"
        yield wording.say("lint.fix", text=fix) + "\n"
    if not remarks:
        yield wording.say("lint.none") + "\n"
    yield wording.say("lint.summary", id=pack_id, edition=edition, **_counts(remarks)) + "\n"


def _json(pack_id: str, edition: str, remarks: Sequence[Remark], wording: Wording) -> Iterator[str]:
    told = []
    for one in remarks:
        message, fix = words(one, wording)
        told.append({"code": one.code, "level": one.level.value, "file": one.file, "line": one.line,
                     "message": message, "fix": fix})  # fmt: skip
    tree = {"pack": {"id": pack_id, "edition": edition}, "summary": _counts(remarks), "remarks": told}
    yield json.dumps(tree, ensure_ascii=False, indent=2) + "\n"


def _counts(remarks: Sequence[Remark]) -> dict[str, int]:
    count = Counter(one.level for one in remarks)
    return {level.value: count[level] for level in Level}
