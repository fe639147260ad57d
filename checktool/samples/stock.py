"""What recipes draw from: word pools of the pack, its code tables, and people who do not exist."""

import csv
from collections.abc import Mapping
from datetime import date
from functools import cache
from itertools import product
from pathlib import Path

from checktool.definitions.codetable import rows_of
from checktool.errors import PackError
from checktool.model.definition import DefinitionPack
from checktool.samples.digits import spread

Row = Mapping[str, str]
Pair = tuple[str, str]

FAMILY: Mapping[str, tuple[Pair, ...]] = {
    "plain": (("family-first", "family-last"),),
    "rare": (("family-rare", "family-last"),),
}
GIVEN: tuple[Pair, ...] = (
    ("given-male-first", "given-male-last"),
    ("given-female-first", "given-female-last"),
)


class Stock:
    """The material of one pack; everything is read when first drawn and kept."""

    def __init__(self, pack: DefinitionPack) -> None:
        self.pack = pack
        self.folder = pack.rules_folder / "samples"
        self.rows = cache(self._rows)
        self.codes = cache(self._codes)
        self.names = cache(self._names)

    def _rows(self, pool: str) -> tuple[Row, ...]:
        return read_rows(self.folder / "pools" / f"{pool}.csv")

    def _codes(self, table: str, day: date) -> tuple[Row, ...]:
        known = self.pack.tables[table]
        return tuple(
            {"code": code, "name": entry.name, **dict(zip(known.columns, entry.values, strict=True))}
            for code, entries in known.entries.items()
            for entry in entries
            if entry.valid_from <= day <= entry.valid_to
        )

    def _names(self, pools: tuple[Pair, ...]) -> tuple[Row, ...]:
        found: dict[str, Row] = {}
        for group, (first_pool, last_pool) in enumerate(pools, 1):
            for first, last in product(self.rows(first_pool), self.rows(last_pool)):
                if first["kanji"] != last["kanji"]:
                    name = {key: first[key] + last[key] for key in ("kanji", "kana", "latin")}
                    found.setdefault(name["kana"], {**name, "group": str(group)})
        return tuple(found.values())

    def person(self, serial: int, names: str) -> Row:
        """The person of a number; a name comes back only after all others have been used.

        ``turn`` counts these rounds, ``place`` tells the names apart, ``sex`` is 1 or 2.
        """
        families, givens = self.names(FAMILY[names]), self.names(GIVEN)
        turn, rest = divmod(serial, len(families) * len(givens))
        place = spread(rest, len(families) * len(givens))
        family, given = families[place // len(givens)], givens[place % len(givens)]
        return {
            "family": family["kanji"],
            "given": given["kanji"],
            "family_kana": family["kana"],
            "given_kana": given["kana"],
            "latin": f"{family['latin'].capitalize()} {given['latin'].capitalize()}",
            "sex": given["group"],
            "place": str(place),
            "turn": str(turn),
        }


def read_rows(path: Path) -> tuple[Row, ...]:
    """The rows of a CSV file by its header. Raises PackError P014 when it cannot be read."""
    try:
        rows = rows_of(path, bool)
        header = next(rows)[1]
        return tuple(dict(zip(header, cells, strict=True)) for _, cells in rows)
    except (OSError, ValueError, csv.Error) as fault:
        raise PackError("P014", file=path.name, reason=str(fault)) from None
