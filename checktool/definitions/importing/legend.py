"""What the signs of a sheet mean by its own legend, such as ``◎必須 ○条件付き必須 △任意``."""

import re
from collections.abc import Mapping

from checktool.definitions.importing.cells import Grid
from checktool.definitions.importing.vocabulary import fold, meaning, words

FEWEST = 2
LONGEST = 400


def legend_of(grid: Grid) -> Mapping[str, str]:
    """Sign → value of the column ``required``; empty where the sheet explains none."""
    for row in grid.numbers():
        for cell in grid.rows[row].values():
            found = _pairs(cell.text) if not cell.spread and len(cell.text) <= LONGEST else {}
            if len(found) >= FEWEST:
                return found
    return {}


def _pairs(text: str) -> dict[str, str]:
    signs = re.escape(str(words()["required"]["signs"]))
    found = {}
    for sign, word in re.findall(rf"([{signs}])\s*[:=…\-]?\s*([^\s{signs},;、，；/]+)", fold_widths(text)):
        value = meaning("required", word)
        if value:
            found[fold(sign)] = value
    return found


def fold_widths(text: str) -> str:
    """A text with colons and blanks of one width, its other signs kept."""
    return text.replace("\u3000", " ").replace("\uff1a", ":").replace("\uff1d", "=")
