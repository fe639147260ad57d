"""Commands and formats that the contract names and this version does not have yet."""

from collections.abc import Sequence

from checktool.errors import UsageError

LATER_COMMANDS = ("history", "policy", "support-bundle")


def refuse_later(argv: Sequence[str]) -> None:
    """Raise UsageError A003 for a command that is not built yet, whatever stands behind it."""
    if argv[0] in LATER_COMMANDS:
        raise UsageError("A003", name=argv[0])


def demand_built(name: str, built: Sequence[str]) -> None:
    """Raise UsageError A003 when a named part is not among those that this version has."""
    if name not in built:
        raise UsageError("A003", name=name)
