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
        known, least = _known(pack) if pack.overrides else (set(), {})
        for override in pack.overrides:
            severity = None if override.severity == "off" else Severity[override.severity.upper()]
            locked = least.get(override.code)
            if override.code not in known or (locked is not None and (severity is None or severity < locked)):
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


def _known(pack: DefinitionPack) -> tuple[set[str], dict[str, Severity]]:
    """All codes of the tool and the pack, and of those that are locked the severity that is the least."""
    least = {code: known.severity for code, known in _BUILTIN.items() if known.locked}
    rules = rules_of(pack)
    least |= {rule.code: rule.severity for rule in rules if rule.locked and rule.severity is not None}
    return {*_BUILTIN, *(rule.code for rule in rules)}, least
