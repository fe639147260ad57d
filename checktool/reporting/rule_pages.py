"""The page of a rule: the one that was written (``pages/<CODE>.md``), else one made from the rule."""

import re
from collections.abc import Mapping

from checktool.model.definition import DefinitionPack, Rule
from checktool.paths import resource
from checktool.reporting.rules_list import page_texts, shown
from checktool.wording import Wording

PARTS = ("message", "fix", "who", "severity", "rule_source", "form", "layer", "condition", "xpath")
RULE = "---"
_HEADING = re.compile(r"(#+) +")
_ITEM = re.compile(r"^[-*] +")
_MARKUP = re.compile(r"`([^`]+)`|\*\*([^*]+)\*\*|\\([\\`*_{}\[\]()#+\-.!|<>~&])")
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
        forms = {form.id: form.name for form in pack.forms}
        texts["form"] = "\n".join(dict.fromkeys(forms.get(form, form) for form in rule.forms))
        page = _made(f"{rule.code} {title}", texts, wording)
    return f"{page}\n\n---\n\n{wording.say('report.disclaimer')}\n"


def error_page(code: str, wording: Wording) -> str | None:
    """The page of an error of the tool, a pack, a medium or the settings in Markdown; None for no such."""
    said = wording.error_words(code)
    if said is None:
        return None
    texts = {"message": shown(said.message, wording), "fix": shown(said.fix, wording)}
    return _made(f"{code} {said.title}", texts, wording) + "\n"


def plain_page(page: str, wording: Wording) -> str:
    """A page in Markdown as plain text: headings at the margin, what stands below them indented."""
    lines: list[str] = []
    indent, point = "", wording.say("report.mark.info")
    for line in page.splitlines():
        heading = _HEADING.match(line)
        if heading or line == RULE:
            lines += [""] if lines and lines[-1] else []
            indent = "  " if heading and len(heading[1]) > 1 else ""
        if line and line != RULE:
            bare = line[heading.end() :] if heading else line
            text = _MARKUP.sub(lambda found: found[found.lastindex or 0], bare)
            lines.append(text if heading else indent + _ITEM.sub(point, text))
    return "\n".join(lines) + "\n"


def _made(title: str, texts: Mapping[str, str], wording: Wording) -> str:
    parts = [f"# {_escaped(title)}"]
    for name in PARTS:
        if texts.get(name):
            lines = "\n\n".join(map(_escaped, texts[name].splitlines()))
            parts += [f"## {wording.say(f'report.column.{name}')}", lines]
    return "\n\n".join(parts)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
