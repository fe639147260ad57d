"""The page of a rule: the one that was written (``pages/<CODE>.md``), else one made from the rule."""

import re

from checktool.model.definition import DefinitionPack, Rule
from checktool.paths import resource
from checktool.reporting.rules_list import page_texts
from checktool.wording import Wording

PARTS = ("message", "fix", "who", "severity", "rule_source", "form", "layer", "condition", "xpath")
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~&])")


def written_page(rule: Rule, pack: DefinitionPack) -> str | None:
    """The written page in Markdown, of the pack before that of the tool; None when there is none."""
    places = (pack.rules_folder / "pages", resource("pages"))
    found = (page for place in places if place.is_dir() for page in place.iterdir())
    page = next((page for page in found if page.name == f"{rule.code}.md"), None)
    return page.read_text(encoding="utf-8").rstrip() if page else None


def markdown_page(rule: Rule, pack: DefinitionPack, wording: Wording) -> str:
    """The page of a rule in Markdown, written or made, with the disclaimer at its end."""
    page = written_page(rule, pack)
    if page is None:
        title, texts = page_texts(rule, wording)
        parts = [f"# {rule.code} {_escaped(title)}"]
        for name in PARTS:
            if texts[name]:
                lines = "\n\n".join(map(_escaped, texts[name].splitlines()))
                parts += [f"## {wording.say(f'report.column.{name}')}", lines]
        page = "\n\n".join(parts)
    return f"{page}\n\n---\n\n{wording.say('report.disclaimer')}\n"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
