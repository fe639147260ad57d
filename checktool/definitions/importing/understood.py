"""What an import understood, guessed, could not use and leaves to be decided: records, not sentences.

Each remark is a key of ``resources/wording/import.ja.toml`` below its kind, with its arguments.
"""

from dataclasses import dataclass, field
from enum import StrEnum

Params = tuple[tuple[str, str | int], ...]


class Kind(StrEnum):
    """The four lists in which the remarks are shown, in this order."""

    UNDERSTOOD = "understood"
    GUESSED = "guessed"
    UNUSED = "unused"
    DECIDE = "decide"


class Sure(StrEnum):
    """How sure a guess is; ``import.sure.<word>`` says it."""

    ALMOST = "almost"
    LIKELY = "likely"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Remark:
    """One line of the lists; ``sure`` is given for guesses alone."""

    kind: Kind
    key: str
    params: Params = ()
    sure: Sure | None = None


@dataclass(slots=True)
class Understood:
    """Collects the remarks of one import, each once, in the order in which they come."""

    remarks: dict[Remark, None] = field(default_factory=dict)

    def of(self, kind: Kind) -> list[Remark]:
        """The remarks of one list."""
        return [remark for remark in self.remarks if remark.kind is kind]

    def understood(self, key: str, /, **params: str | int) -> None:
        """What was read as it stands."""
        self._add(Kind.UNDERSTOOD, key, params, None)

    def guessed(self, key: str, sure: Sure, /, **params: str | int) -> None:
        """What was taken without being written there."""
        self._add(Kind.GUESSED, key, params, sure)

    def unused(self, key: str, /, **params: str | int) -> None:
        """What has no place in a pack."""
        self._add(Kind.UNUSED, key, params, None)

    def decide(self, key: str, /, **params: str | int) -> None:
        """What a person has to look at, because the delivery does not say it."""
        self._add(Kind.DECIDE, key, params, None)

    def _add(self, kind: Kind, key: str, params: dict[str, str | int], sure: Sure | None) -> None:
        self.remarks[Remark(kind, key, tuple(params.items()), sure)] = None
