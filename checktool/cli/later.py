"""Commands and formats that the contract names and this version does not have yet."""

from checktool.errors import UsageError

LATER_COMMANDS = ("history", "policy", "support-bundle", "gui")


def demand_built(name: str, built: tuple[str, ...]) -> None:
    """Raise UsageError A003 when a named part is not among those that this version has."""
    if name not in built:
        raise UsageError("A003", name=name)
