"""What lint has to say: a code, where in the pack, the arguments of its words; and the table of codes."""

from dataclasses import dataclass
from enum import StrEnum

from checktool.errors import PackError
from checktool.model.finding import Param


class Level(StrEnum):
    """How grave a remark is: an error makes the pack unfit for use."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


_ERRORS = (
    "K001", "K002", "K101", "K102", "K103", "K201", "K203", "K204", "K301", "K302", "K303", "K304",
    "K305", "K306", "K307", "K308", "K401", "K402", "K403", "K405", "K406", "K408", "K501", "K502",
    "K503", "K504", "K506", "K507", "K508", "K511", "K512", "K513", "K514", "K515",
)  # fmt: skip
_WARNINGS = (
    "K104", "K205", "K206", "K310", "K404", "K407", "K409", "K410", "K505", "K509", "K510",
)  # fmt: skip
_INFOS = ("K105", "K202", "K207", "K208", "K309", "K311")

CODES = {
    **dict.fromkeys(_ERRORS, Level.ERROR),
    **dict.fromkeys(_WARNINGS, Level.WARNING),
    **dict.fromkeys(_INFOS, Level.INFO),
}
"""Every code with its level; their words stand in resources/wording/lint.ja.toml."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark; ``file`` is a path in the pack or the name of a rule file, ``line`` 0 is the whole file.

    ``cause`` is the fault of the pack that K001 and K002 pass on.
    """

    code: str
    file: str = ""
    line: int = 0
    params: tuple[Param, ...] = ()
    cause: PackError | None = None

    @property
    def level(self) -> Level:
        """How grave its code is."""
        return CODES[self.code]


def remark(code: str, file: str = "", line: int = 0, /, **params: str | int) -> Remark:
    """A remark with its arguments by name."""
    return Remark(code, file, line, tuple(params.items()))


def passed_on(fault: PackError) -> Remark:
    """A fault by which a part of the pack cannot be read."""
    file = str(fault.params.get("file", fault.params.get("path", "pack.toml")))
    return Remark("K001", file, int(fault.params.get("line", 0)), (), fault)
