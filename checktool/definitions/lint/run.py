"""All of lint in order."""

from checktool.definitions.lint import expressions, profiles, records, schemas, sheet, texts
from checktool.definitions.lint.opened import opened
from checktool.definitions.lint.remark import Level, Remark

_GRAVEST_FIRST = tuple(Level)


def lint(target: str | None) -> list[Remark]:
    """Every remark on the pack of an id, folder or ZIP, sorted by file, line and code.

    Raises PackError where there is no pack or its cover sheet cannot be read.
    """
    pack, said = opened(target)
    written = texts.read(pack)
    said += schemas.remarks(pack)
    said += sheet.remarks(pack)
    said += records.remarks(pack, written)
    said += texts.remarks(written)
    said += expressions.remarks(pack)
    said += profiles.remarks(pack, written)
    return sorted(dict.fromkeys(said), key=lambda one: (one.file, one.line, one.code))


def worst(remarks: list[Remark]) -> Level | None:
    """The gravest level among some remarks, or None without any."""
    return min((one.level for one in remarks), key=_GRAVEST_FIRST.index, default=None)
