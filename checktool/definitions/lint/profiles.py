"""What refers to codes: profiles, ``off``, rule pages."""

from collections.abc import Iterator, Mapping

from checktool.definitions import cover
from checktool.definitions.lint.opened import Opened
from checktool.definitions.lint.remark import Remark, passed_on, remark
from checktool.definitions.lint.texts import RuleTexts
from checktool.definitions.schematron import SEVERITIES
from checktool.errors import PackError
from checktool.model.builtin import BUILTIN
from checktool.model.finding import Severity

_BUILTIN = {known.code: known.severity for known in BUILTIN}
_LOCKED = {known.code: known.severity for known in BUILTIN if known.locked}


def remarks(pack: Opened, texts: RuleTexts) -> Iterator[Remark]:
    """What there is to say where the pack names codes; ``texts`` are those of its rules."""
    graded = {one.code: SEVERITIES.get(one.severity, Severity.ERROR) for one in (*texts.ours, *texts.others)}
    known = texts.codes | set(_BUILTIN)
    locked = [str(code) for code in pack.table.get("locked", ())]
    least = _LOCKED | {code: graded[code] for code in locked if code in graded}
    sheet = pack.name(pack.sheet)
    yield from (remark("K509", sheet, 0, code=code) for code in locked if code not in known)
    for code in pack.table.get("off", ()):
        yield from _changed(str(code), "off", known, least, sheet)
    for path in sorted((pack.rules_folder / "profiles").glob("*.toml")):
        try:
            overrides = cover.profile(pack.rules_folder, path.stem)
        except PackError as fault:
            yield passed_on(fault)
            continue
        for override in overrides:
            yield from _changed(override.code, override.severity, known, least, pack.name(path))
    for path in sorted((pack.rules_folder / "pages").glob("*.md")):
        if path.stem not in known:
            yield remark("K509", pack.name(path), 0, code=path.stem)


def _changed(
    code: str, severity: str, known: set[str], least: Mapping[str, Severity], file: str
) -> Iterator[Remark]:
    if code not in known:
        yield remark("K509", file, 0, code=code)
    elif code in least and (severity == "off" or Severity[severity.upper()] < least[code]):
        yield remark("K002", file, 0, code=code)
