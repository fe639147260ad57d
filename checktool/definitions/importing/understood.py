"""What an import understood, guessed, could not use and leaves to be decided: records, not sentences.

Each remark is a key of ``resources/wording/import.ja.toml`` below its kind, with its arguments.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from checktool.wording import Wording

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
    """Collects the remarks of one import, each once, in the order in which they come.

    ``heard`` is told of each when it is made.
    """

    remarks: dict[Remark, None] = field(default_factory=dict)
    heard: Callable[[Remark], None] | None = None

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
        remark = Remark(kind, key, tuple(params.items()), sure)
        self.remarks[remark] = None
        if self.heard is not None:
            self.heard(remark)


def remark_text(remark: Remark, wording: Wording, instead: Mapping[str, str] = MappingProxyType({})) -> str:
    """A remark on one line, with its mark; ``instead`` has texts that stand in place of others, by key."""
    params = {key: _one_line(value) for key, value in remark.params}
    text = wording.say(instead.get(remark.key, f"import.{remark.kind}.{remark.key}"), **params)
    sure = wording.say(f"import.sure.{remark.sure}") if remark.sure else ""
    return wording.say(f"import.mark.{remark.kind}", text=text, sure=sure)


def _one_line(value: str | int) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in str(value)).split())
