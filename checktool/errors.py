"""Faults of the tool, a pack, a medium or the settings: one family, a code and its params.

Each is worded in one place (``checktool.wording``); faults in the data are findings, not errors.
"""


class CheckToolError(Exception):
    """The family; ``code`` is the key of its wording, ``params`` the arguments."""

    def __init__(self, code: str, /, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __reduce__(self) -> tuple[object, ...]:
        """Rebuild from code and params, so that it can come back from a worker process."""
        return _rebuilt, (type(self), self.code, self.params)


def _rebuilt(kind: type[CheckToolError], code: str, params: dict[str, str | int]) -> CheckToolError:
    return kind(code, **params)


class PackError(CheckToolError):
    """A definition pack cannot be used (codes P…)."""


class ReadError(CheckToolError):
    """Input cannot be reached at all (codes I…)."""


class HandoffError(CheckToolError):
    """A package cannot be written or verified (codes H…)."""


class SettingsError(CheckToolError):
    """Settings or policy cannot be used (codes G…)."""


class UsageError(CheckToolError):
    """A request that cannot be meant (codes A…)."""
