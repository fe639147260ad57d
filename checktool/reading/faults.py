"""Faults of the data that show while bytes are reached for, before there is a document."""

from checktool.model.finding import Param


class ReadFault(Exception):  # noqa: N818 - a fault of the data is no error of the tool
    """Data that cannot be read (codes F…); the reading layer turns it into a finding.

    ``code`` is the code of the finding, ``params`` the arguments of its wording.
    """

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params: tuple[Param, ...] = tuple(params.items())

    def __reduce__(self) -> tuple[object, ...]:
        """Rebuild from code and params, so that it can come back from a worker process."""
        return _rebuilt, (self.code, self.params)


def _rebuilt(code: str, params: tuple[Param, ...]) -> ReadFault:
    return ReadFault(code, **dict(params))


def fault_of(error: OSError) -> ReadFault:
    """The fault that an error of the operating system means for a file that had been listed."""
    if isinstance(error, FileNotFoundError):
        return ReadFault("F010")
    return ReadFault("F001", reason="permission" if isinstance(error, PermissionError) else "unreadable")
