"""Abstract patterns filled in and abstract rules put where they are extended."""

import copy
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lxml import etree

from checktool.definitions.schematron_parts import INHERITED, children, refused, tag

_DEPTH = 20

Fill = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Concrete:
    """A pattern to run. ``fill`` puts its parameters into an expression of a diagnostic that it names."""

    node: etree._Element
    fill: Fill


def patterns_of(root: etree._Element) -> list[Concrete]:
    """The concrete patterns of a schema in order. Raises PackError P007."""
    abstract = {node.get("id"): node for node in children(root, "pattern") if node.get("abstract") == "true"}
    concrete = []
    for node in children(root, "pattern"):
        if node.get("abstract") == "true":
            continue
        made = _instance(node, abstract) if node.get("is-a") else Concrete(node, str)
        _Extender(made.node).extend()
        concrete.append(made)
    return concrete


def _instance(node: etree._Element, abstract: Mapping[str | None, etree._Element]) -> Concrete:
    model = abstract.get(node.get("is-a"))
    if model is None or model.get("is-a"):
        raise refused(node, f"is-a={node.get('is-a')}")
    made = copy.deepcopy(model)
    made.base = model.base
    for name in ("abstract", "id"):
        made.attrib.pop(name, "")
    for attribute, text in node.attrib.items():
        if attribute != "is-a":
            made.set(attribute, text)
    for child in node.iterchildren(tag("*")):
        if child.tag not in (tag("param"), tag("title"), tag("p")):
            raise refused(child, etree.QName(child).localname)
    values = _given(node, model)
    fill = _filler(values)
    for part in made.iter(etree.Element):
        for key, text in part.attrib.items():
            part.set(key, fill(str(text)))
    return Concrete(made, fill)


def _given(node: etree._Element, model: etree._Element) -> dict[str, str]:
    """The parameters of an instance: its own, else the defaults of the abstract pattern."""
    own = {child.get("name", ""): child.get("value", "") for child in children(node, "param")}
    values = {}
    for child in children(model, "param"):
        name, value = child.get("name", ""), child.get("value")
        if value is None and name not in own:
            raise refused(node, f"param={name}")
        values[name] = value or ""
    return values | own


def _filler(values: Mapping[str, str]) -> Fill:
    if not values:
        return str
    names = sorted(values, key=len, reverse=True)
    pattern = re.compile(r"\$(" + "|".join(map(re.escape, names)) + r")(?![\w.\-])")
    return lambda text: pattern.sub(lambda hit: values[hit.group(1)], text)


class _Extender:
    """Puts the contents of the abstract rules of one pattern where its rules extend them.

    What stands in an abstract rule keeps that rule's ``role``, ``flag`` and language.
    """

    def __init__(self, pattern: etree._Element) -> None:
        self._pattern = pattern
        self._models = {
            rule.get("id"): rule for rule in children(pattern, "rule") if rule.get("abstract") == "true"
        }

    def extend(self) -> None:
        """Replace every ``extends`` of the concrete rules. Raises PackError P007."""
        for rule in children(self._pattern, "rule"):
            if rule.get("abstract") != "true":
                for node in list(children(rule, "extends")):
                    self._replace(node, 0)

    def _replace(self, node: etree._Element, depth: int) -> None:
        name, holder = node.get("rule"), node.getparent()
        model = self._models.get(name)
        if model is None or holder is None or depth > _DEPTH:
            raise refused(node, f"extends={name}")
        index = holder.index(node)
        taken = [_inherited(child, model) for child in model.iterchildren(etree.Element)]
        holder[index : index + 1] = taken
        for child in taken:
            if child.tag == tag("extends"):
                self._replace(child, depth + 1)


def _inherited(child: etree._Element, model: etree._Element) -> etree._Element:
    made = copy.deepcopy(child)
    made.base = child.base
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    if model.get(language) and not made.get(language):
        made.set(language, model.get(language, ""))
    for name in ("role", "flag"):
        if model.get(name) and made.get(name) is None:
            made.set(INHERITED + name, model.get(name, ""))
    return made
