"""Which items identify a person: by what the delivery says, by their names, and else what may hold a name.

A text of which nothing is known counts as personal: a word too many hidden harms nobody, a name shown does.
"""

from checktool.definitions.importing.forms import FormDraft
from checktool.definitions.importing.records import Item
from checktool.definitions.importing.tables import some
from checktool.definitions.importing.tree import Node
from checktool.definitions.importing.understood import Sure, Understood
from checktool.definitions.importing.vocabulary import contains, fold, words
from checktool.errors import PackError

OPEN = "not_personal"
_FREE = {"string", "name", "freetext", "digits", "code"}
_CLOSED_BASES = {"boolean", "time", "duration", "gYear", "gMonth", "gMonthDay", "gDay"}


def mark(forms: list[FormDraft], notes: Understood) -> None:
    """Mark the items of all forms once their types and tables are known. Raises PackError P024."""
    for form in forms:
        _form(form, notes)


def _form(form: FormDraft, notes: Understood) -> None:
    opened = form.entry.get(OPEN, [])
    paths = {item.path for item in form.items}
    if not isinstance(opened, list) or not all(isinstance(path, str) and path in paths for path in opened):
        raise PackError("P024", key=f"form.{OPEN}")
    nodes = {node.path: node for node in form.tree.nodes}
    named: list[str] = []
    unknown: list[str] = []
    for item in form.items:
        said = item.columns["personal"]
        node = nodes.get(item.path)
        by_name, is_free = is_named(item), _is_free(item, node) and item.path != form.version
        personal = item.path not in opened and (said == "yes" or by_name or (is_free and said != "no"))
        item.columns["personal"] = "yes" if personal else ""
        if personal and said != "yes":
            (named if by_name else unknown).append(item.item)
    if named:
        notes.guessed("personal", Sure.LIKELY, form=form.id, count=len(named), items=some(named))
    if unknown:
        notes.guessed("personal_unknown", Sure.UNSURE, form=form.id, count=len(unknown), items=some(unknown))


def is_for_clerks(item: Item) -> bool:
    """Whether an item is of the kind that clerks fill in: who somebody is, not what a doctor finds."""
    said = f"{item.section} {item.item}"
    if contains("items", "doctors", said):
        return False
    return is_named(item) or contains("items", "basic", said)


def is_named(item: Item) -> bool:
    """Whether the name of an item, its tag or those above it for texts, speak of what identifies a person."""
    *above, tag = (fold(step) for step in item.path.split("/"))
    listed = words()["items"]
    if contains("items", "personal", item.item) or any(word in tag for word in listed["personal_tags"]):
        return True
    text = item.columns["type"] in ("string", "name") and not item.columns.get("code_table")
    return text and any(word in step for step in (*above, tag) for word in listed["personal_steps"])


def _is_free(item: Item, node: Node | None) -> bool:
    """Whether an item may hold any text: neither a number or a day, nor one of some listed values."""
    if item.columns["type"] not in _FREE or item.columns.get("code_table"):
        return False
    return node is None or not (node.simple.choices or node.fixed or node.simple.base in _CLOSED_BASES)
