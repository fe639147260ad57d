"""``checktool verify``: whether packages are what was handed over; needs nothing but the packages."""

from argparse import Namespace
from pathlib import Path

from checktool.cli.output import show
from checktool.cli.parser import Parser, Subparsers, add_command, option_help
from checktool.cli.status import ExitStatus, worst
from checktool.errors import HandoffError, ReadError
from checktool.handoff.extract import extract
from checktool.handoff.staging import target_fault
from checktool.handoff.tree import packages_at, unfinished_at
from checktool.handoff.verifier import Verification, verify
from checktool.wording import Wording


def add_parser(subparsers: "Subparsers[Parser]", wording: Wording) -> None:
    """Declare the arguments of ``verify``."""
    parser = add_command(subparsers, wording, "verify")
    parser.add_argument("paths", nargs="+", metavar="FOLDER|ZIP", help=option_help(wording, "package"))
    parser.add_argument("--extract", metavar="FOLDER", help=option_help(wording, "extract"))


def run(args: Namespace, wording: Wording) -> ExitStatus:
    """Verify every package named or found; WRITE when one has a fault."""
    statuses = [_run_path(Path(path), args.extract, wording) for path in args.paths]
    return worst(*statuses)


def _run_path(path: Path, to: str | None, wording: Wording) -> ExitStatus:
    if not path.exists():
        raise ReadError("I001", path=path.name)
    try:
        packages = packages_at(path)
        unfinished = unfinished_at(path)
    except OSError as fault:
        raise target_fault(fault, path) from fault
    if packages != [path]:
        show(wording.say("handoff.verify.several", path=path.name or str(path), count=len(packages)))
    for name in unfinished:
        show(wording.say("handoff.verify.unfinished", name=name))
    return worst(*(_run_package(package, to, wording) for package in packages))


def _run_package(package: Path, to: str | None, wording: Wording) -> ExitStatus:
    try:
        verified = verify(package)
    except HandoffError as fault:
        said = wording.error(fault)
        show(package.name)
        show(wording.say("cli.error", title=said.title, message=said.message, fix=said.fix, code=fault.code))
        return ExitStatus.WRITE
    except OSError as fault:
        raise target_fault(fault, package) from fault
    if verified.faults:
        _print_faults(verified, wording)
        if to is not None:
            show(wording.say("handoff.verify.not_extracted"))
        return ExitStatus.WRITE
    practice = wording.say("handoff.summary.practice") if verified.practice else ""
    show(wording.say("handoff.verify.package", name=verified.name, practice=practice))
    show(wording.say("handoff.verify.ok", files=verified.files, octets=f"{verified.octets:,}"))
    if to is not None:
        show(wording.say("handoff.verify.extracted", path=str(extract(verified, Path(to)))))
        show(wording.say("handoff.verify.upload"))
    return ExitStatus.OK


def _print_faults(verified: Verification, wording: Wording) -> None:
    show(wording.say("handoff.verify.package", name=verified.name))
    show(wording.say("handoff.verify.fault_count", count=len(verified.faults)))
    for fault in verified.faults:
        key = f"handoff.fault.{fault.kind}"
        show("  " + wording.say(key, path=fault.path, stated=fault.stated, actual=fault.actual))
    show(wording.say("handoff.verify.clutter" if verified.only_clutter else "handoff.verify.advice"))
