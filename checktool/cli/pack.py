"""``checktool pack ACTION``: definition packs; each action is a module of ``checktool.cli.packs``."""

import importlib
from argparse import Namespace
from types import ModuleType

from checktool.cli.parser import Parser, Subparsers, add_command
from checktool.cli.status import ExitStatus
from checktool.wording import Wording

ACTIONS = {
    "list": "inventory",
    "show": "inventory",
    "verify": "inventory",
    "lint": "lint",
    "test": "testing",
    "diff": "difference",
    "import": "importing",
    "sign": "trust",
    "install": "trust",
    "use": "trust",
    "remove": "trust",
}


def add_parser(subparsers: "Subparsers[Parser]", wording: Wording) -> None:
    """Declare ``pack`` and its actions."""
    parser = add_command(subparsers, wording, "pack")
    actions = parser.add_subparsers(
        dest="action", metavar=wording.say("cli.action_name"), required=True, title=wording.say("cli.actions")
    )
    for action in ACTIONS:
        _module(action).add_action(actions, wording, action)


def run(args: Namespace, wording: Wording) -> ExitStatus:
    """Do one action; a pack that cannot be used raises PackError."""
    status = _module(args.action).run(args, wording)
    return ExitStatus(status)


def _module(action: str) -> ModuleType:
    return importlib.import_module(f"checktool.cli.packs.{ACTIONS[action]}")
