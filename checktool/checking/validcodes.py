"""Which codes of a table apply on a day, worked out once for each time without a change."""

from bisect import bisect_right
from datetime import date, timedelta

from checktool.model.definition import LAST_DAY, CodeTable


class ValidCodes:
    """The codes of a table that apply on a day, made once for each time without a change."""

    def __init__(self, table: CodeTable) -> None:
        """Find the days on which anything changes."""
        rows = [row for rows in table.entries.values() for row in rows]
        ends = {row.valid_to + timedelta(1) for row in rows if row.valid_to < LAST_DAY}
        self._days = sorted({row.valid_from for row in rows} | ends)
        self._table = table
        self._made: dict[int, frozenset[str]] = {}

    def on(self, day: date) -> frozenset[str]:
        """The codes that apply on a day."""
        place = bisect_right(self._days, day)
        if place not in self._made:
            codes = (code for code in self._table.entries if self._table.on(code, day) is not None)
            self._made[place] = frozenset(codes)
        return self._made[place]
