"""How grave a code is in one run: the catalogue's word, unless the chosen profile says otherwise."""

from checktool.definitions.registry import rules_of
from checktool.errors import PackError
from checktool.model.builtin import BUILTIN
from checktool.model.definition import DefinitionPack
from checktool.model.finding import Severity

_BUILTIN = {known.code: known for known in BUILTIN}


class Severities:
    """The severities of one run."""

    def __init__(self, pack: DefinitionPack) -> None:
        """Take the profile of a pack.

        Raises PackError P011 where it names a code that is none, or lowers what is locked.
        """
        self._changed: dict[str, Severity | None] = dict.fromkeys(pack.off)
        rules = {rule.code: rule for rule in rules_of(pack)} if pack.overrides else {}
        for override in pack.overrides:
            severity = None if override.severity == "off" else Severity[override.severity.upper()]
            known = _BUILTIN.get(override.code) or rules.get(override.code)
            if known is None or (known.locked and _is_lower(severity, known.severity)):
                raise PackError("P011", file=f"{pack.profile}.toml", reason=override.code)
            self._changed[override.code] = severity

    @property
    def off(self) -> frozenset[str]:
        """The codes that are not checked in this run."""
        return frozenset(code for code, severity in self._changed.items() if severity is None)

    def of(self, code: str, found: Severity | None = None) -> Severity | None:
        """The severity of a finding; ``found`` is what its check gave it. None: not to be shown."""
        if code in self._changed:
            return self._changed[code]
        if found is not None:
            return found
        return _BUILTIN[code].severity


def _is_lower(severity: Severity | None, usual: Severity | None) -> bool:
    return usual is not None and (severity is None or severity < usual)
