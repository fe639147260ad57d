"""What refers to codes: profiles, ``off``, rule pages."""

from collections.abc import Iterator

from checktool.definitions import cover
from checktool.definitions.lint.opened import Opened
from checktool.definitions.lint.remark import Remark, passed_on, remark
from checktool.errors import PackError
from checktool.model.builtin import BUILTIN
from checktool.model.finding import Severity

_BUILTIN = {known.code: known for known in BUILTIN}


def remarks(pack: Opened, codes: set[str]) -> Iterator[Remark]:
    """What there is to say where the pack names codes; ``codes`` are those of its rules."""
    known = codes | set(_BUILTIN)
    locked = set(map(str, pack.table.get("locked", ())))
    for code in sorted(locked - known):
        yield remark("K509", pack.name(pack.sheet), 0, code=code)
    for code in pack.table.get("off", ()):
        yield from _changed(str(code), "off", known, pack.name(pack.sheet))
    for path in sorted((pack.rules_folder / "profiles").glob("*.toml")):
        try:
            overrides = cover.profile(pack.rules_folder, path.stem)
        except PackError as fault:
            yield passed_on(fault)
            continue
        for override in overrides:
            yield from _changed(override.code, override.severity, known, pack.name(path))
            if override.code in locked & codes and override.severity == "off":
                yield remark("K002", pack.name(path), 0, code=override.code)
    for path in sorted((pack.rules_folder / "pages").glob("*.md")):
        if path.stem not in known:
            yield remark("K509", pack.name(path), 0, code=path.stem)


def _changed(code: str, severity: str, known: set[str], file: str) -> Iterator[Remark]:
    builtin = _BUILTIN.get(code)
    if code not in known:
        yield remark("K509", file, 0, code=code)
    elif builtin is not None and builtin.locked and _lowers(severity, builtin.severity):
        yield remark("K002", file, 0, code=code)


def _lowers(word: str, severity: Severity) -> bool:
    return word == "off" or Severity[word.upper()] < severity
