"""``checktool pack list|show|verify``: the definition packs of this PC."""

from argparse import Namespace
from collections.abc import Iterator
from datetime import date

from checktool.checking.check import CheckOptions
from checktool.checking.judge import Judge
from checktool.cli.output import write_report
from checktool.cli.parser import Parser, Subparsers, add_command, option_help
from checktool.cli.status import ExitStatus
from checktool.definitions.codetable import Tables
from checktool.definitions.pack import files_of, load
from checktool.definitions.registry import rules_of
from checktool.definitions.trust import state
from checktool.definitions.trust.inventory import inventory
from checktool.model.definition import FIRST_DAY, LAST_DAY, DefinitionPack
from checktool.settings import policy
from checktool.wording import Wording


def add_action(actions: "Subparsers[Parser]", wording: Wording, action: str) -> None:
    """Declare the arguments of ``pack list``, ``pack show`` or ``pack verify``."""
    parser = add_command(actions, wording, action, f"pack_{action}")
    if action != "list":
        parser.add_argument("target", nargs="?", metavar="ID|PATH", help=option_help(wording, "pack_target"))


def run(args: Namespace, wording: Wording) -> ExitStatus:
    """List, show or verify; a pack that cannot be used raises PackError."""
    if args.action == "list":
        _print(_listed(wording))
    elif args.action == "show":
        _print(_shown(load(args.target), wording))
    else:
        _print(_verified(load(args.target), wording))
    return ExitStatus.OK


def _listed(wording: Wording) -> Iterator[str]:
    for each in inventory(date.today()):
        faults = [wording.error(fault) for fault in (each.error, each.refused) if fault]
        if each.error is None:
            status = wording.say(f"report.status.{each.status}")
            facts = {"id": each.id, "edition": each.edition, "status": status, "title": each.title}
            yield wording.say("cli.pack.line", **facts) + (wording.say("trust.mark") if each.chosen else "")
            yield "    " + wording.say(f"trust.validity.{each.validity}")
            yield "    " + wording.say(f"trust.signature.{each.signature}")
        else:
            yield wording.say("cli.pack.unusable", id=each.id, edition=each.edition)
        yield from ("    " + fault.message + fault.fix for fault in faults)


def _shown(pack: DefinitionPack, wording: Wording) -> Iterator[str]:
    info = pack.info
    valid = wording.say(
        "cli.pack.period",
        start="" if pack.valid_from == FIRST_DAY else pack.valid_from.isoformat(),
        end="" if pack.valid_to == LAST_DAY else pack.valid_to.isoformat(),
    )
    profiles = sorted(path.stem for path in (pack.rules_folder / "profiles").glob("*.toml"))
    facts = {
        "title": info.title,
        "id": info.id,
        "edition": info.edition,
        "status": wording.say(f"report.status.{info.status}"),
        "sha256": info.sha256,
        "valid": valid,
        "published": pack.published_on.isoformat() if pack.published_on else "",
        "profiles": " ".join(profiles),
        "rules": str(len(rules_of(pack))),
    }
    for key, text in facts.items():
        if text:
            yield wording.say(f"cli.pack.{key}", text=text)
    for form in pack.forms:
        key = "cli.pack.form_versions" if form.versions else "cli.pack.form"
        yield wording.say(key, id=form.id, name=form.name, versions=" ".join(form.versions))
    yield from _state(pack, wording)
    yield wording.say("report.disclaimer")


def _state(pack: DefinitionPack, wording: Wording) -> Iterator[str]:
    """Whose the pack is and whether it applies today; raises PackError P045."""
    signature, key = state.signature_state(pack, policy())
    yield wording.say(f"trust.signature.{signature}")
    if key:
        yield wording.say("trust.signer", key=key)
    others = state.installed(pack.info.id)
    yield wording.say(f"trust.validity.{state.validity_state(pack, date.today(), others)}")
    for each in others:
        if each.info.sha256 != pack.info.sha256:
            yield wording.say("trust.other", edition=each.info.edition, title=each.info.title)


def _verified(pack: DefinitionPack, wording: Wording) -> Iterator[str]:
    """Everything of the pack is read and built, as for a check; what cannot be raises PackError."""
    root = pack.rules_folder.parent.parent
    yield wording.say("cli.pack.part.cover")
    yield wording.say("cli.pack.part.files", count=len(files_of(root, pack.info.id)))
    ids = pack.tables.ids if isinstance(pack.tables, Tables) else tuple(pack.tables)
    tables = [pack.tables[table] for table in ids]
    yield wording.say("cli.pack.part.tables", count=len(tables))
    Judge(pack, CheckOptions(on=date.today()))
    for form in pack.forms:
        yield wording.say("cli.pack.part.form", name=form.name)
    yield wording.say("cli.pack.part.rules", count=len(rules_of(pack)))
    yield from _state(pack, wording)
    yield wording.say("cli.pack.sound", id=pack.info.id, edition=pack.info.edition, sha256=pack.info.sha256)


def _print(lines: Iterator[str]) -> None:
    write_report((line.rstrip() + "\n" for line in lines), None)
