"""The rules: codes that come and go, severity, forms, words and tests of those that both have."""

from collections.abc import Iterator

from checktool.definitions import registry
from checktool.definitions.comparison.change import Change, Kind, Section, differing, parted
from checktool.model.definition import DefinitionPack, Rule

_NOT_TOLD = "off"


def rules(one: DefinitionPack, other: DefinitionPack) -> Iterator[Change]:
    """Every difference of the rules. Raises PackError P007, P008."""
    old, new = ({rule.code: rule for rule in registry.rules_of(pack)} for pack in (one, other))
    added, removed, both = parted(old, new)
    for code in added:
        yield _rule(Kind.ADDED, new[code])
    for code in removed:
        yield _rule(Kind.REMOVED, old[code])
    tests = [_tests(pack) for pack in (one, other)]
    for code, before, after in both:
        facts = [{**_facts(rule), "test": tests[place][code]} for place, rule in enumerate((before, after))]
        yield from differing(Section.RULES, code, *facts, title=after.title or after.message)


def _rule(kind: Kind, rule: Rule) -> Change:
    params = (("title", rule.title or rule.message), ("severity", _severity(rule)))
    return Change(Section.RULES, kind, rule.code, kind.value, params)


def _severity(rule: Rule) -> str:
    return _NOT_TOLD if rule.severity is None else rule.severity.word


def _facts(rule: Rule) -> dict[str, object]:
    return {
        "severity": _severity(rule),
        "forms": "、".join(rule.forms),
        "label": rule.title,
        "message": " / ".join((rule.message, *rule.others)),
        "fix": rule.fix,
        "source": rule.source,
        "who": rule.who,
    }


def _tests(pack: DefinitionPack) -> dict[str, str]:
    """The contexts and tests of each code as written, blanks made one."""
    found: dict[str, dict[str, None]] = {}
    for form in pack.forms:
        for schema in registry.schemas_of(pack, form):
            for pattern in schema.patterns:
                for rule in pattern.rules:
                    for one in rule.assertions:
                        word = "report" if one.report else "assert"
                        written = " ".join(f"{rule.context} {word} {one.test}".split())
                        found.setdefault(one.code, {})[written] = None
    return {code: " / ".join(written) for code, written in found.items()}
