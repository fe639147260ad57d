"""The check specification: every rule as JSON, or as a list for people."""

import json
import re
from collections.abc import Iterator
from typing import Any

from checktool.model.definition import DefinitionPack, Rule
from checktool.reporting.columns import pad
from checktool.wording import Wording

PLACEHOLDER = re.compile(r"\{(\w+)\}")


def rules_json(pack: DefinitionPack, wording: Wording) -> Iterator[str]:
    """The list of interfaces.md section 1 as one JSON document."""
    changed = {change.code: change.severity for change in pack.overrides}
    tree = {
        "rules": [_entry(rule, changed) for rule in wording.rules()],
        "forms": [{"id": form.id, "name": form.name, "versions": list(form.versions)} for form in pack.forms],
    }
    yield json.dumps(tree, ensure_ascii=False, indent=1) + "\n"


def rules_text(pack: DefinitionPack, wording: Wording) -> Iterator[str]:
    """One rule a line with its message below, then the disclaimer."""
    changed = {change.code: change.severity for change in pack.overrides}
    status = wording.say(f"report.status.{pack.info.status}")
    yield wording.say("report.pack", title=pack.info.title, edition=pack.info.edition, status=status) + "\n\n"
    for rule in wording.rules():
        severity = wording.say(f"report.severity.{_severity(rule, changed)}")
        layer = wording.say(f"report.layer.{rule.layer.value}")
        yield f"{rule.code}  {pad(severity, 8)}  {pad(layer, 8)}  {shown(rule.title, wording)}\n"
        yield f"    {shown(rule.message, wording)}\n"
    yield "\n" + wording.say("report.disclaimer") + "\n"


def page_texts(rule: Rule, wording: Wording) -> tuple[str, dict[str, str]]:
    """The title of a rule and the text of each part of its page, empty where there is none."""
    return shown(rule.title, wording), {
        **_entry(rule, {}),
        "message": "\n".join(shown(message, wording) for message in (rule.message, *rule.others)),
        "fix": shown(rule.fix, wording),
        "severity": wording.say(f"report.severity.{_severity(rule, {})}"),
        "layer": wording.say(f"report.layer.{rule.layer.value}"),
        "who": wording.say(f"report.who.{rule.who}") if rule.who else "",
        "rule_source": rule.source,
    }


def shown(template: str, wording: Wording) -> str:
    """A template with its placeholders as people read them: ``〔値〕``."""

    def word(found: re.Match[str]) -> str:
        name = "value" if found[1].isdigit() else found[1]
        try:
            return wording.say(f"report.placeholder.{name}")
        except KeyError:
            return wording.say("report.placeholder.other")

    return PLACEHOLDER.sub(word, template)


def _severity(rule: Rule, changed: dict[str, str]) -> str:
    return changed.get(rule.code) or (rule.severity.word if rule.severity is not None else "off")


def _entry(rule: Rule, changed: dict[str, str]) -> dict[str, Any]:
    return {
        "code": rule.code,
        "layer": rule.layer.value,
        "severity": _severity(rule, changed),
        "form": " ".join(rule.forms),
        "condition": rule.condition,
        "xpath": " ".join(rule.xpath.split()),
        "message": rule.message,
        "fix": rule.fix,
        "source": rule.source,
    }
