"""The rules of a pack as registry entries, and its rule files read once a form."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from checktool.definitions import schematron
from checktool.definitions.schematron import Assertion, Schema, Template
from checktool.model.definition import DefinitionPack, Form, Rule
from checktool.model.finding import Layer
from checktool.wording import Wording


def wording_of(pack: DefinitionPack) -> Wording:
    """The words for what a pack and its other editions find. Raises PackError P007, P008."""
    others = {each.info.edition: partial(rules_of, each) for each in pack.editions}
    return Wording(rules_of(pack), others)


def schemas_of(pack: DefinitionPack, form: Form) -> tuple[Schema, ...]:
    """The rule files of a form in order. Raises PackError P007, P008."""
    return tuple(_schema(pack, path, form.phase) for path in form.rules)


def _schema(pack: DefinitionPack, path: Path, phase: str) -> Schema:
    key = f"{path}#{phase}"
    if key not in pack.parts:
        pack.parts[key] = schematron.read(path, pack.rules_folder, phase)
    found: Schema = pack.parts[key]
    return found


def rules_of(pack: DefinitionPack) -> list[Rule]:
    """One entry for each code of the pack's rule files, sorted; several forms may share one.

    Raises PackError P007, P008.
    """
    found: dict[str, Rule] = {}
    for form in pack.forms:
        for schema in schemas_of(pack, form):
            for pattern in schema.patterns:
                for rule in pattern.rules:
                    for assertion in rule.assertions:
                        entry = _entry(pack, form, rule.context, assertion)
                        known = found.get(assertion.code)
                        found[assertion.code] = entry if known is None else _joined(known, entry)
    return [found[code] for code in sorted(found)]


def _entry(pack: DefinitionPack, form: Form, context: str, assertion: Assertion) -> Rule:
    def text(kind: str) -> str:
        return assertion.texts.get(kind, Template()).text

    return Rule(
        code=assertion.code,
        layer=Layer.RULES,
        severity=None if assertion.code in pack.off else assertion.severity,
        title=text("title"),
        message=assertion.message.text,
        fix=text("fix"),
        forms=(form.id,),
        condition=text("condition") or assertion.test,
        xpath=context,
        source=text("source"),
        who=text("who"),
        locked=assertion.code in pack.locked,
    )


def _joined(known: Rule, entry: Rule) -> Rule:
    messages = dict.fromkeys((known.message, *known.others, entry.message))
    return replace(
        known,
        forms=tuple(dict.fromkeys((*known.forms, *entry.forms))),
        xpath=" | ".join(dict.fromkeys((*known.xpath.split(" | "), *entry.xpath.split(" | ")))),
        others=tuple(messages)[1:],
    )
