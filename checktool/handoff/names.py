"""Names on the medium: of packages, of their files, and which names are safe on every system."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from checktool.errors import HandoffError
from checktool.model.report import PackInfo

PRACTICE = "RENSHU-"
PREFIXES = {"survey": "S", "opinion": "O"}
OTHER_PREFIX = "F"
# The first is used unless limits.file_name of the pack refuses it: then the first that fits. All are
# neutral; a pattern that none fits would need names that speak of the patient or the hospital.
TEMPLATES = (
    "{prefix}{number:04d}.xml",
    "{prefix}{number:08d}.xml",
    "{lower}{number:04d}.xml",
    "{lower}{number:08d}.xml",
    "{prefix}{number:04d}.XML",
    "{number:04d}.xml",
    "{number:08d}.xml",
    "{prefix}_{number:04d}.xml",
    "{prefix}-{number:04d}.xml",
)
LEFT_BY_LOOKING = (".ds_store", "desktop.ini", "ehthumbs.db", "thumbs.db")
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\..*)?", re.IGNORECASE)
_UNSAFE = re.compile(r"[\x00-\x1f\x7f<>:\"|?*\\]")


def package_name(info: PackInfo, on: date, number: int) -> str:
    """``[RENSHU-]<pack id>-YYYYMMDD-NNNN``; the mark of practice goes with a pack of status sample."""
    mark = PRACTICE if info.status == "sample" else ""
    return f"{mark}{info.id}-{on:%Y%m%d}-{number:04d}"


def next_number(folder: Path, info: PackInfo, on: date) -> int:
    """One more than the highest number of that day in a folder, packages being written included."""
    stem = re.escape(package_name(info, on, 0).removesuffix("0000"))
    pattern = re.compile(rf"\.?{stem}(\d{{4,}})(\.zip|\.part)?", re.IGNORECASE)
    found = (pattern.fullmatch(entry.name) for entry in folder.iterdir())
    return max((int(match.group(1)) for match in found if match), default=0) + 1


def prefix_of(forms: Iterable[str]) -> str:
    """The letter for a file with documents of these forms (their ids)."""
    letters = {PREFIXES.get(form, OTHER_PREFIX) for form in forms}
    return letters.pop() if len(letters) == 1 else OTHER_PREFIX


def neutral_names(prefixes: Iterable[str], pattern: str) -> Iterator[str]:
    """A neutral file name for each prefix, counted from 1, that fits the pack's pattern (empty: any).

    Raises HandoffError H012 when no neutral name fits the pattern.
    """
    count: Counter[str] = Counter()
    template = ""
    for prefix in prefixes:
        template = template or _template(prefix, pattern)
        series = template.format(prefix=prefix, lower=prefix.lower(), number=0)
        count[series] += 1
        name = template.format(prefix=prefix, lower=prefix.lower(), number=count[series])
        if pattern and not re.fullmatch(pattern, name):
            raise HandoffError("H012", pattern=pattern)
        yield name


def _template(prefix: str, pattern: str) -> str:
    for template in TEMPLATES:
        name = template.format(prefix=prefix, lower=prefix.lower(), number=1)
        if not pattern or re.fullmatch(pattern, name):
            return template
    raise HandoffError("H012", pattern=pattern)


def is_safe(path: str) -> bool:
    """Whether a path below a package can be written on every system and stays inside the package."""
    parts = path.split("/")
    if _UNSAFE.search(path) or path.startswith("~"):
        return False
    return all(
        part and part == part.rstrip(". ") and not _RESERVED.fullmatch(part) and _encodable(part)
        for part in parts
    )


def is_left_by_looking(path: str) -> bool:
    """Whether a file below a package is one that systems make when they show its folder."""
    return path.rpartition("/")[2].lower() in LEFT_BY_LOOKING


def collisions(paths: Iterable[str]) -> list[str]:
    """The paths that some file systems cannot tell from an earlier one: case, Unicode composition."""
    seen: set[str] = set()
    clashing = []
    for path in sorted(paths):
        folded = unicodedata.normalize("NFC", path).casefold()
        if folded in seen:
            clashing.append(path)
        seen.add(folded)
    return clashing


def _encodable(part: str) -> bool:
    return not any(unicodedata.category(char) == "Cs" for char in part)
