"""Exit statuses of the command line (interfaces.md section 1) and how they are chosen."""

from enum import IntEnum, unique

from checktool.errors import (
    CheckToolError,
    HandoffError,
    PackError,
    ReadError,
    SettingsError,
    UsageError,
)
from checktool.model.report import Verdict


@unique
class ExitStatus(IntEnum):
    """What a command answers to its caller; never a count."""

    OK = 0
    CORRECT = 1
    USAGE = 2
    UNCHECKED = 3
    PACK = 4
    WRITE = 5
    TOOL = 70
    STOPPED = 130


WORST_FIRST = (
    ExitStatus.STOPPED,
    ExitStatus.TOOL,
    ExitStatus.WRITE,
    ExitStatus.PACK,
    ExitStatus.UNCHECKED,
    ExitStatus.USAGE,
    ExitStatus.CORRECT,
    ExitStatus.OK,
)

_FAMILIES: tuple[tuple[type[CheckToolError], ExitStatus], ...] = (
    (PackError, ExitStatus.PACK),
    (HandoffError, ExitStatus.WRITE),
    (ReadError, ExitStatus.UNCHECKED),
    (SettingsError, ExitStatus.USAGE),
    (UsageError, ExitStatus.USAGE),
)


def worst(*statuses: ExitStatus) -> ExitStatus:
    """The status that wins when several apply; OK when none is given."""
    return next(status for status in WORST_FIRST if status in statuses or status is ExitStatus.OK)


def status_of_error(error: CheckToolError) -> ExitStatus:
    """The exit status of a fault, by its family; TOOL for one outside the families."""
    for family, status in _FAMILIES:
        if isinstance(error, family):
            return status
    return ExitStatus.TOOL


def status_of_verdict(verdict: Verdict, fail_on: str = "error") -> ExitStatus:
    """The exit status of a verdict; ``fail_on`` is ``error``, ``warning`` or ``never``.

    ``never`` silences what is to be corrected; what could not be checked is always told.
    """
    if verdict is Verdict.UNCHECKED:
        return ExitStatus.UNCHECKED
    if verdict is Verdict.CORRECT and fail_on != "never":
        return ExitStatus.CORRECT
    if verdict is Verdict.CONFIRM and fail_on == "warning":
        return ExitStatus.CORRECT
    return ExitStatus.OK
