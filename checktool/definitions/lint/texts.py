"""Codes and words of the assertions, as they are written in the rule files.

A rule file is one of ours when ids of its assertions are codes such as ``D601``: then every assertion
must have code, role, text, title and fix. Of other files it is only said what they go without.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from checktool.definitions.lint.opened import Opened
from checktool.definitions.lint.remark import Remark, remark
from checktool.definitions.schematron import NAMESPACE, SEVERITIES
from checktool.definitions.schematron_parts import line_of
from checktool.model.builtin import BUILTIN

OUR_CODE = re.compile("[A-Z][0-9]{3}")
_CHECKS = (f"{{{NAMESPACE}}}assert", f"{{{NAMESPACE}}}report")
_RULE = f"{{{NAMESPACE}}}rule"
_BUILTIN = frozenset(known.code for known in BUILTIN)
_KINDS = ("title", "fix")


@dataclass(frozen=True, slots=True)
class Written:
    """One assertion as written; ``severity`` is its role or flag, or that of its rule.

    ``words`` are the texts of its diagnostics as far as they stand in the same file.
    """

    file: str
    line: int
    code: str
    severity: str
    text: str
    diagnostics: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(slots=True)
class RuleTexts:
    """The assertions of all rule files that a pack uses, files of ours told from others."""

    ours: list[Written] = field(default_factory=list)
    others: list[Written] = field(default_factory=list)

    @property
    def codes(self) -> set[str]:
        """Every id that is written."""
        return {one.code for one in (*self.ours, *self.others) if one.code}


def read(pack: Opened) -> RuleTexts:
    """The assertions of every Schematron file below ``rules``, those that cannot be read left out."""
    found = RuleTexts()
    for path in sorted(pack.rules_folder.rglob("*.sch")):
        written = list(_written(path, pack.name(path)))
        ours = any(OUR_CODE.fullmatch(one.code) for one in written)
        (found.ours if ours else found.others).extend(written)
    return found


def _written(path: Path, name: str) -> Iterator[Written]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.parse(str(path), parser).getroot()
    except (OSError, etree.XMLSyntaxError):
        return
    words = {node.get("id"): _text(node) for node in root.iter(f"{{{NAMESPACE}}}diagnostic")}
    for node in root.iter(*_CHECKS):
        above = node.getparent()
        rule = above if above is not None and above.tag == _RULE else None
        grave = [holder.get(key) for holder in (node, rule) if holder is not None for key in ("role", "flag")]
        diagnostics = tuple(node.get("diagnostics", "").split())
        yield Written(
            name,
            line_of(node),
            node.get("id", "").strip(),
            next((word for word in grave if word), ""),
            _text(node),
            diagnostics,
            tuple(words.get(name, "") for name in diagnostics),
        )


def _text(node: etree._Element) -> str:
    """What an element says; values from the document stand as dots."""
    return " ".join("".join(map(str, node.itertext())).split()) + "…" * len(node)


def remarks(texts: RuleTexts) -> Iterator[Remark]:
    """What there is to say of codes and words."""
    yield from _codes(texts)
    for one in texts.ours:
        yield from _demanded(one)
    yield from _shared(texts.ours)
    for file in dict.fromkeys(one.file for one in texts.others):
        yield from _gone_without(file, [one for one in texts.others if one.file == file])


def _codes(texts: RuleTexts) -> Iterator[Remark]:
    for one in (*texts.ours, *texts.others):
        if one.code in _BUILTIN:
            yield remark("K301", one.file, one.line, code=one.code)


def _demanded(one: Written) -> Iterator[Remark]:
    """What an assertion of ours must have."""
    place = (one.file, one.line)
    if not one.code:
        yield remark("K303", *place)
        return
    if one.severity.lower() not in SEVERITIES:
        yield remark("K304", *place, code=one.code, role=one.severity)
    if not one.text:
        yield remark("K305", *place, code=one.code)
    for kind, code in zip(_KINDS, ("K306", "K307"), strict=True):
        if f"{one.code}-{kind}" not in one.diagnostics:
            yield remark(code, *place, code=one.code)


def _shared(ours: list[Written]) -> Iterator[Remark]:
    """One code has one set of diagnostics and one severity, and no words of another code."""
    first: dict[str, Written] = {}
    said: dict[str, Written] = {}
    told = {""}
    for one in ours:
        before = first.setdefault(one.code, one)
        place = (one.file, one.line)
        if one.code and before.diagnostics != one.diagnostics:
            yield remark("K302", *place, code=one.code, other=f"{before.file}:{before.line}")
        elif one.code and before.words != one.words:
            yield remark("K308", *place, code=one.code, other=before.file)
        if one.code not in told and before.severity.lower() != one.severity.lower():
            told.add(one.code)
            yield remark("K309", *place, code=one.code, other=f"{before.file}:{before.line}")
        same = said.setdefault(one.text, one)
        if one.text.strip("…") and same.code != one.code:
            yield remark("K310", *place, code=one.code, other=same.code)


def _gone_without(file: str, written: list[Written]) -> Iterator[Remark]:
    """What a rule file from elsewhere goes without, once a file."""
    counts = Counter(
        what
        for one in written
        for what, missing in (
            ("id", not one.code),
            ("text", not one.text),
            ("title", not any(name.endswith("-title") for name in one.diagnostics)),
            ("fix", not any(name.endswith("-fix") for name in one.diagnostics)),
        )
        if missing
    )
    if counts:
        yield remark("K311", file, 0, count=len(written),
                     **{what: counts[what] for what in ("id", "text", "title", "fix")})  # fmt: skip
