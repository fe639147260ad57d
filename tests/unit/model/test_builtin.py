"""The table of built-in codes is sorted, closed under its own rules and told in docs/codes.md."""

import re
from pathlib import Path

import pytest

from checktool.model.builtin import BUILTIN, BuiltinCode
from checktool.model.finding import Layer, Severity

LOCKED_LAYERS = (Layer.READING, Layer.FORM, Layer.STRUCTURE)
LAYERS_OF_LETTER = {
    "F": {Layer.READING, Layer.STRUCTURE},
    "X": {Layer.READING, Layer.FORM, Layer.STRUCTURE},
    "T": {Layer.TEXT},
    "C": {Layer.CODES},
    "B": {Layer.BATCH},
}
GIVEN_BY_RECORDS = {"C403", "C406"}
"""Codes that only the record definition of a pack names, in its column ``code``."""

ROW = re.compile(r"\| ([A-Z][0-9]{3}) \| ([a-z, ]+) \| ([a-z]+) \| ([a-z]+) \| ([^|]+) \|")


def rows(root: Path) -> dict[str, tuple[str, str, str]]:
    """The findings of docs/codes.md: code → layer, severity, who emits it."""
    text = (root / "docs" / "codes.md").read_text(encoding="utf-8")
    found = [match.groups() for line in text.splitlines() if (match := ROW.match(line))]
    assert len({row[0] for row in found}) == len(found), "a code stands twice"
    return {code: (layer, severity, who) for code, layer, severity, _, who in found}


def modules(root: Path) -> dict[str, str]:
    """The sources of the rooms that find something, by path below the package, sorted."""
    package = root / "checktool"
    paths = [path for room in ("checking", "reading") for path in sorted((package / room).glob("*.py"))]
    return {path.relative_to(package).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def asserted(root: Path) -> dict[str, set[str]]:
    """The codes that the rules of the shipped packs assert, and the roles that each has there."""
    found: dict[str, set[str]] = {}
    for path in sorted((root / "rules").rglob("*.sch")):
        for tag in re.findall(r"<(?:\w+:)?(?:assert|report)\s([^>]*)", path.read_text(encoding="utf-8")):
            words = dict(re.findall(r"\b(id|role)=\"([^\"]+)\"", tag))
            if "id" in words:
                found.setdefault(words["id"], set()).add(words.get("role", "error"))
    return found


def test_codes_are_sorted_and_unique() -> None:
    """One sorted table, so that a code is found and none is given twice."""
    codes = [known.code for known in BUILTIN]
    assert codes == sorted(set(codes))


@pytest.mark.parametrize("known", BUILTIN, ids=lambda known: known.code)
def test_a_code_keeps_the_rules_of_its_letter_and_layer(known: BuiltinCode) -> None:
    """The letter tells the layer; errors of the first layers are locked; refusals are such errors."""
    assert known.layer in LAYERS_OF_LETTER[known.code[0]]
    if known.layer in LOCKED_LAYERS:
        assert known.locked == (known.severity is Severity.ERROR)
    if known.layer in (Layer.READING, Layer.FORM) or known.refused:
        assert known.refused == known.locked
        assert known.layer is not Layer.STRUCTURE


def test_a_control_character_is_never_lowered() -> None:
    """T201 makes a document unreadable elsewhere, whatever a profile says."""
    assert [known.code for known in BUILTIN if known.locked and known.layer is Layer.TEXT] == ["T201"]


def test_params_are_named_once_and_leave_item_and_value_out() -> None:
    """item and value come with every code."""
    for known in BUILTIN:
        assert len(set(known.params)) == len(known.params), known.code
        assert not {"item", "value"} & set(known.params), known.code


def test_the_table_in_docs_tells_every_builtin_code(root: Path) -> None:
    """Layer and severity in docs/codes.md are those of the table, the modules those that write the code."""
    told = rows(root)
    written = modules(root)
    for known in BUILTIN:
        severity = "unchecked" if known.refused else known.severity.word
        layer, said, who = told[known.code]
        assert (layer, said) == (known.layer.value, severity), known.code
        named = re.findall(r"`([a-z/]+\.py)`", who)
        if known.code in GIVEN_BY_RECORDS:
            assert named == ["checking/codes.py"]
        else:
            assert named == [name for name, text in written.items() if f'"{known.code}"' in text], known.code


def test_the_table_in_docs_tells_every_code_of_the_packs(root: Path) -> None:
    """What a shipped pack asserts is in docs/codes.md as a pack code, graded as there, and not built in."""
    told = rows(root)
    builtin = {known.code for known in BUILTIN}
    for code, roles in sorted(asserted(root).items()):
        assert code not in builtin, code
        layer, severity, who = told[code]
        assert layer == Layer.RULES.value
        assert who.startswith("pack: "), code
        assert severity in roles | {"off"}, code
