"""One fault gives one finding, at its item: every value of a full sample is spoiled in every way."""

from collections.abc import Iterator
from datetime import date
from functools import cache

import pytest
from lxml import etree

from checktool.checking.engine import CheckOptions
from checktool.checking.judge import Judge
from checktool.definitions.pack import load
from checktool.model.finding import Finding
from checktool.reading.nodes import item_path
from checktool.reading.sources import Source
from checktool.samples.make import Request, samples

ON = date(2026, 11, 22)
PACK = load("nanshou-sample")
WIDE = str.maketrans("0123456789-", "０１２３４５６７８９－")
FULL = [("survey", "new"), ("opinion", "renewal")]
WAYS = {
    "empty": lambda value: "",
    "blank": lambda value: " ",
    "wide blank": lambda value: "\u3000",
    "blank before": lambda value: f" {value}",
    "blank behind": lambda value: f"{value} ",
    "full width": lambda value: value.translate(WIDE),
    "letters": lambda value: "abc",
    "words": lambda value: "未記入",
    "unknown code": lambda value: "99",
    "zero": lambda value: "0",
    "negative": lambda value: "-1",
    "too long": lambda value: "あ" * 12_000,
    "private character": lambda value: f"{value}\ue000",
    "half-width kana": lambda value: "ｱ",
    "future": lambda value: "2027-01-05"[: len(value)] if value[4:5] == "-" else value,
    "last century but one": lambda value: "1899-12-31"[: len(value)] if value[4:5] == "-" else value,
    "no such day": lambda value: f"{value[:4]}-13-30"[: len(value)] if value[4:5] == "-" else value,
    "digit more": lambda value: f"{value}1" if value.isdecimal() else value,
}
ENDING = {"X106"}
"""A document of an edition without a definition is not judged item by item."""


@cache
def _judge() -> Judge:
    return Judge(PACK, CheckOptions(on=ON))


@cache
def _sample(form: str, kind: str) -> bytes:
    """A full document with each examination once."""
    for file in samples(PACK, Request(form, ON, count=2, seed=11)):
        root = etree.fromstring(file.data)
        if root.get("kind") == kind:
            seen: set[str] = set()
            for item in root.findall(".//{*}Criteria/{*}Item"):
                if item.get("code", "") in seen:
                    item.getparent().remove(item)
                seen.add(item.get("code", ""))
            return etree.tostring(root)
    raise AssertionError(kind)


def _findings(root: etree._Element) -> list[Finding]:
    (report, _), *_ = _judge().source(Source("m.xml", "m.xml", data=etree.tostring(root)))
    return list(report.findings)


def _is_told_badly(found: list[Finding]) -> bool:
    return len(found) > 1 or any(not one.location.item and one.code not in ENDING for one in found)


def _places(root: etree._Element) -> Iterator[tuple[str, str]]:
    """(XPath of the element, attribute) of every value."""
    tree = root.getroottree()
    for node in root.iter(etree.Element):
        yield from ((tree.getpath(node), name) for name in node.attrib)
        if not len(node) and node.getparent() is not None and item_path(node) != "Disease":
            yield tree.getpath(node), ""


def _at(root: etree._Element, path: str) -> etree._Element:
    (node,) = root.getroottree().xpath(path)
    return node


@pytest.mark.parametrize(("form", "kind"), FULL)
def test_the_sample_has_no_finding(form: str, kind: str) -> None:
    assert _findings(etree.fromstring(_sample(form, kind))) == []


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("form", "kind"), FULL)
def test_a_spoiled_value_gives_one_finding_at_an_item(form: str, kind: str, way: str) -> None:
    several = []
    for path, name in _places(etree.fromstring(_sample(form, kind))):
        root = etree.fromstring(_sample(form, kind))
        node = _at(root, path)
        if name:
            node.set(name, WAYS[way](node.get(name, "")))
        else:
            node.text = WAYS[way](node.text or "")
        found = _findings(root)
        if _is_told_badly(found):
            several.append((path, name, [(one.code, one.location.item) for one in found]))
    assert several == []


@pytest.mark.parametrize("name", ["", "Strange"])
@pytest.mark.parametrize(("form", "kind"), FULL)
def test_an_item_that_is_not_there_gives_one_finding(form: str, kind: str, name: str) -> None:
    several = []
    for path, attribute in _places(etree.fromstring(_sample(form, kind))):
        root = etree.fromstring(_sample(form, kind))
        node = _at(root, path)
        if attribute:
            del node.attrib[attribute]
        elif name and node.getnext() is not None and node.tag == node.getnext().tag:
            continue
        elif name:
            node.tag = f"{{urn:checktool:nanshou:2025}}{name}"
        else:
            node.getparent().remove(node)
        found = _findings(root)
        if _is_told_badly(found):
            several.append((path, attribute, [(one.code, one.location.item) for one in found]))
    assert several == []
