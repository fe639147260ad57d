"""A finding: what was found and where, as a small frozen record of strings and ints."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

Param = tuple[str, str | int]


class Severity(IntEnum):
    """How grave a finding is; greater is graver."""

    INFO = 0
    WARNING = 1
    ERROR = 2

    @property
    def word(self) -> str:
        """The name used in reports and packs: ``info``, ``warning`` or ``error``."""
        return self.name.lower()


class Layer(StrEnum):
    """The steps of a check, in the order in which they run."""

    READING = "reading"
    FORM = "form"
    STRUCTURE = "structure"
    TEXT = "text"
    CODES = "codes"
    RULES = "rules"
    BATCH = "batch"


FILE_LAYERS = (Layer.READING, Layer.FORM, Layer.STRUCTURE, Layer.TEXT, Layer.CODES, Layer.RULES)


@dataclass(frozen=True, slots=True)
class Location:
    """Where a finding stands.

    ``xpath`` has local names with positions and resolves to one node (empty before a root exists);
    ``item`` is the Japanese item name; ``line`` and ``column`` are 1-based characters, 0 = unknown.
    """

    source: str
    xpath: str = ""
    item: str = ""
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding of one document.

    ``params`` are the arguments of its wording; ``value`` is the parameter of that name.
    ``personal`` names the parameters that quote a personal value or a free text. ``edition`` is that of the
    pack whose words it has, empty for the pack of the run.
    """

    code: str
    severity: Severity
    location: Location
    params: tuple[Param, ...] = ()
    personal: tuple[str, ...] = ()
    edition: str = ""

    def param(self, name: str) -> str | int:
        """The value of a parameter, or an empty string when the finding has none of that name."""
        return next((value for key, value in self.params if key == name), "")


@dataclass(frozen=True, slots=True)
class BatchFinding:
    """One finding about several documents of a run; ``sources`` are theirs, in input order."""

    code: str
    severity: Severity
    sources: tuple[str, ...]
    item: str = ""
    params: tuple[Param, ...] = ()
    personal: tuple[str, ...] = ()
