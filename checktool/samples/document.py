"""Documents as text: order and nesting from the record definition, values from a story.

UTF-8 with XML declaration, LF, default namespace without prefix, one element a line.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from html import escape

from checktool.errors import PackError
from checktool.model.definition import Form
from checktool.samples.story import Value

Values = Callable[[str], Value]

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'


@dataclass(slots=True)
class Slot:
    """An element of a form: the paths of its text, its attributes and its children, in order."""

    name: str
    path: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: dict[str, "Slot"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the items of a form stand."""

    namespace: str
    root: Slot


def layout(form: Form) -> Layout:
    """The layout of a form, from its record definition. Raises PackError P014 when it has none."""
    if not form.record or not form.root:
        raise PackError("P014", file=form.id, reason="record")
    namespace, _, name = form.root.rpartition("}")
    root = Slot(name, "")
    for item in form.record:
        slot = root
        for step in item.path.split("/"):
            path = f"{slot.path}/{step}".lstrip("/")
            if step.startswith("@"):
                slot.attributes[step[1:]] = path
            else:
                slot = slot.children.setdefault(step, Slot(step, path))
    return Layout(namespace.lstrip("{"), root)


def written(form: Layout, values: Values, removed: Collection[str] = ()) -> str:
    """One document; elements and attributes of the removed paths are left out with all below."""
    lines = [DECLARATION]
    root = form.root
    attributes = _attributes(root, values, removed)
    lines.append(f'<{root.name} xmlns="{form.namespace}"{attributes}>')
    for child in root.children.values():
        _write(child, values, removed, "  ", lines)
    lines.append(f"</{root.name}>\n")
    return "\n".join(lines)


def _write(slot: Slot, values: Values, removed: Collection[str], indent: str, lines: list[str]) -> None:
    if slot.path in removed:
        return
    value = values(slot.path)
    if isinstance(value, list):
        lines += [_repeated(slot.name, entry, indent) for entry in value]
        return
    if slot.children and not isinstance(value, str):
        _write_parent(slot, values, removed, indent, lines)
    elif isinstance(value, str):
        lines.append(_leaf(slot.name, _attributes(slot, values, removed), value, indent))
    elif attributes := _attributes(slot, values, removed):
        lines.append(f"{indent}<{slot.name}{attributes}/>")


def _write_parent(
    slot: Slot, values: Values, removed: Collection[str], indent: str, lines: list[str]
) -> None:
    at = len(lines)
    for child in slot.children.values():
        _write(child, values, removed, f"{indent}  ", lines)
    attributes = _attributes(slot, values, removed)
    if len(lines) > at or attributes:
        lines.insert(at, f"{indent}<{slot.name}{attributes}>")
        lines.append(f"{indent}</{slot.name}>")


def _leaf(name: str, attributes: str, text: str, indent: str) -> str:
    if not text:
        return f"{indent}<{name}{attributes}/>"
    return f"{indent}<{name}{attributes}>{escape(text, quote=False)}</{name}>"


def _repeated(name: str, entry: Mapping[str, str], indent: str) -> str:
    attributes = "".join(f' {key[1:]}="{escape(text)}"' for key, text in entry.items() if key.startswith("@"))
    return _leaf(name, attributes, entry.get("", ""), indent)


def _attributes(slot: Slot, values: Values, removed: Collection[str]) -> str:
    written = ""
    for name, path in slot.attributes.items():
        value = values(path)
        if isinstance(value, str) and path not in removed:
            written += f' {name}="{escape(value)}"'
    return written
