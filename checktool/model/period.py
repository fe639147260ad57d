"""When the editions of one pack apply: each until the next one begins, then perhaps a time of grace."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from checktool.model.definition import DefinitionPack


class Validity(StrEnum):
    """What an edition is on a day."""

    VALID = "valid"
    GRACE = "grace"
    EXPIRED = "expired"
    FUTURE = "future"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Period:
    """The first and last day of an edition, and the last day of its time of grace (the last day: none).

    ``replaced`` tells that the last day is the one before another edition began.
    """

    first: date
    last: date
    grace: date
    replaced: bool = False

    def on(self, day: date) -> Validity:
        """What the edition is on a day."""
        if day < self.first:
            return Validity.FUTURE
        if day <= self.last:
            return Validity.VALID
        if day <= self.grace:
            return Validity.GRACE
        return Validity.REPLACED if self.replaced else Validity.EXPIRED


def period_of(pack: DefinitionPack, others: Iterable[DefinitionPack] = ()) -> Period:
    """When an edition applies, seen that other editions of its id follow it.

    ``grace_until`` of the edition itself or of the one that follows it lengthens it.
    """
    later = sorted((each for each in others if _follows(each, pack)), key=lambda each: each.valid_from)
    last, replaced, graces = pack.valid_to, False, [pack.grace_until]
    if later and later[0].valid_from <= last:
        first_day = later[0].valid_from
        last = first_day - timedelta(days=1) if first_day > date.min else date.min
        replaced = True
    if later:
        graces.append(later[0].grace_until)
    return Period(pack.valid_from, last, max([last, *(day for day in graces if day)]), replaced)


def _follows(other: DefinitionPack, pack: DefinitionPack) -> bool:
    """Whether another edition of the same id comes after this one: it says so, or it begins later."""
    if other.info.id != pack.info.id or other is pack:
        return False
    says_so, is_before = other.replaces == pack.info.edition, pack.replaces == other.info.edition
    return says_so or (other.valid_from > pack.valid_from and not is_before)
