"""``checktool pack sign|install|use|remove``: where packs come from, and which edition is in use."""

import shutil
import tempfile
from argparse import Namespace
from datetime import date
from pathlib import Path

from checktool.checking.check import CheckOptions
from checktool.checking.judge import Judge
from checktool.cli.output import write_report
from checktool.cli.parser import Parser, Subparsers, add_command, option_help
from checktool.cli.status import ExitStatus
from checktool.definitions import pack as packs
from checktool.definitions.trust import signing, state, store
from checktool.errors import PackError, UsageError
from checktool.model.definition import DefinitionPack
from checktool.model.period import Validity
from checktool.settings import policy
from checktool.wording import Wording


def add_action(actions: "Subparsers[Parser]", wording: Wording, action: str) -> None:
    """Declare the arguments of one of the four actions."""
    parser = add_command(actions, wording, action, f"pack_{action}")
    if action == "sign":
        parser.add_argument("target", nargs="?", metavar="FOLDER|ZIP", help=option_help(wording, "sign_pack"))
        parser.add_argument("--key", metavar="FILE", help=option_help(wording, "sign_key"))
        parser.add_argument("--new-key", metavar="FILE", help=option_help(wording, "sign_new_key"))
        parser.add_argument("--password-file", metavar="FILE", help=option_help(wording, "sign_password"))
        parser.add_argument("-o", dest="output", metavar="FOLDER", help=option_help(wording, "sign_output"))
    elif action == "install":
        parser.add_argument("target", metavar="FOLDER|ZIP", help=option_help(wording, "install_pack"))
        parser.add_argument("--machine", action="store_true", help=option_help(wording, "install_machine"))
    else:
        parser.add_argument("target", metavar="ID", help=option_help(wording, "use_id"))
        optional = "?" if action == "use" else None
        parser.add_argument(
            "edition", nargs=optional, metavar="EDITION", help=option_help(wording, "use_edition")
        )
        if action == "use":
            parser.add_argument("--back", action="store_true", help=option_help(wording, "use_back"))


def run(args: Namespace, wording: Wording) -> ExitStatus:
    """Do one of the four actions; a pack that cannot be used raises PackError."""
    lines = {"sign": _sign, "install": _install, "use": _use, "remove": _remove}[args.action](args, wording)
    write_report((line + "\n" for line in lines), None)
    return ExitStatus.OK


def _sign(args: Namespace, wording: Wording) -> list[str]:
    password = _password(args.password_file)
    lines = []
    if args.new_key:
        made = signing.new_key(Path(args.new_key), password)
        lines.append(wording.say("trust.key_made", path=args.new_key, key=made))
    key = args.key or args.new_key
    if args.target is None and args.new_key:
        return lines
    if not key or not args.target or not args.output:
        raise UsageError("A002", option="pack sign", value="FOLDER|ZIP --key FILE -o FOLDER")
    given = packs.load(args.target)
    output = Path(args.output)
    if output.exists():
        raise PackError("P047", path=output.name, reason="exists")
    try:
        signer = _signed(given, output, Path(key), password)
    except OSError as fault:
        raise PackError("P047", path=args.output, reason=type(fault).__name__) from None
    lines.append(wording.say("trust.signed", id=given.info.id, edition=given.info.edition, path=args.output))
    lines.append(wording.say("trust.fingerprint", key=signer))
    return lines


def _signed(given: DefinitionPack, output: Path, key: Path, password: bytes | None) -> str:
    """Write a signed copy, or nothing; answers the fingerprint of the key."""
    output.resolve().parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=output.resolve().parent, prefix=".checktool-") as folder:
        staging = Path(folder) / "pack"
        root = given.rules_folder.parent.parent
        for name, path in packs.files_of(root, given.info.id).items():
            place = staging / name
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)
        signer = signing.sign(staging, given.info.id, key, password)
        packs.load(str(staging))
        staging.rename(output)
    return signer


def _password(path: str | None) -> bytes | None:
    if path is None:
        return None
    try:
        return Path(path).read_bytes().strip()
    except OSError as fault:
        raise PackError("P040", path=path, reason=type(fault).__name__) from None


def _install(args: Namespace, wording: Wording) -> list[str]:
    given = packs.load(args.target)
    signature = state.admit(given, policy())
    Judge(given, CheckOptions(on=date.today()))
    installed, new = store.install(args.target, args.machine)
    facts = {"id": installed.info.id, "edition": installed.info.edition}
    lines = [wording.say("trust.installed" if new else "trust.there", **facts)]
    lines.append(wording.say(f"trust.signature.{signature}"))
    if key := state.signature_state(installed, policy())[1]:
        lines.append(wording.say("trust.signer", key=key))
    validity = state.validity_state(installed, date.today(), state.installed(installed.info.id))
    lines.append(wording.say(f"trust.validity.{validity}"))
    lines.append(wording.say("trust.next", **facts))
    return lines


def _use(args: Namespace, wording: Wording) -> list[str]:
    if args.back and args.edition:
        raise UsageError("A002", option="--back", value=args.edition)
    edition = store.back(args.target) if args.back else store.use(args.target, args.edition or "")
    others = state.installed(args.target)
    chosen = next(pack for pack in others if pack.info.edition == edition)
    validity = state.validity_state(chosen, date.today(), others)
    said = [wording.say("trust.in_use", id=args.target, edition=edition)]
    return said if validity is Validity.VALID else [*said, wording.say(f"trust.validity.{validity}")]


def _remove(args: Namespace, wording: Wording) -> list[str]:
    before = _judging()
    left = store.remove(args.target, args.edition)
    lines = [wording.say("trust.removed", id=args.target, edition=args.edition)]
    if left:
        return [*lines, wording.say("trust.left", id=args.target, edition=left)]
    after = _judging()
    if after is None or after == before:
        return lines
    facts = {"id": after[0], "edition": after[1]}
    return [*lines, wording.say("trust.left", **facts), wording.say("trust.choose")]


def _judging() -> tuple[str, str] | None:
    """Id and edition of the pack that a check uses by default; None where that cannot be told."""
    try:
        sheet = packs.locate(None)
        return sheet.parent.name, packs.edition_of(sheet)
    except PackError:
        return None
