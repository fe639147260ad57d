"""Every code has its words and its page, and words keep the voice of the product."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from checktool.model.builtin import BUILTIN, BuiltinCode
from checktool.wording import CODES

ROOT = Path(__file__).resolve().parents[2]
WORDING = ROOT / "resources" / "wording"
PAGES = ROOT / "resources" / "pages"
HEADINGS = ["何を調べるか", "なぜ", "例（指摘になる・ならない）", "直し方", "根拠"]
FORBIDDEN = ("あなた", "不正", "違反", "失敗しました", "所見", "！", "!")
WHO = {"doctor", "clerk", "vendor", "it"}
ALWAYS_GIVEN = {"item", "value", "code_point"}
ERRORS = {"PackError", "ReadError", "HandoffError", "SettingsError", "UsageError", "CheckToolError"}
OPTIONAL = ("message_with", "message_without", "message_if")
NO_CODE = {"words", "foreign"}

NOT_RAISED_YET = {"A001", "A004", "A006", "E130", "H010", "I003", "P009"}
"""Words that stand ready: the command line says some of these itself, the window will need them."""


def texts_of(name: str) -> dict[str, Any]:
    """One file of the wording."""
    return tomllib.loads((WORDING / f"{name}.ja.toml").read_text(encoding="utf-8"))


def templates(entry: dict[str, Any]) -> Iterator[str]:
    """Every template of a code's table, optional parts and words too."""
    yield from (entry[key] for key in ("title", "message", "fix"))
    for part in OPTIONAL:
        yield from entry.get(part, {}).values()
    for table in entry.get("words", {}).values():
        yield from table.values()


def placeholders(template: str) -> set[str]:
    """The parameters that a template names."""
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def raised() -> set[str]:
    """Every code that a module raises an error with."""
    found = set()
    for path in (ROOT / "checktool").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ERRORS and node.args:
                found |= {part.value for part in ast.walk(node.args[0]) if isinstance(part, ast.Constant)}
    return {str(code) for code in found if re.fullmatch("[A-Z][0-9]{3}", str(code))}


def notes_made() -> set[str]:
    """Every key that a module makes a note with."""
    found = set()
    for path in (ROOT / "checktool").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Note" and node.args:
                found |= {part.value for part in ast.walk(node.args[0]) if isinstance(part, ast.Constant)}
    return {str(key) for key in found}


def test_words_and_codes_are_the_same_set() -> None:
    """No code without words, no words without a code."""
    assert set(texts_of("findings")) - NO_CODE == {known.code for known in BUILTIN}


@pytest.mark.parametrize("known", BUILTIN, ids=lambda known: known.code)
def test_a_code_has_its_words(known: BuiltinCode) -> None:
    """Title, message, fix, who mends it, condition, source; placeholders are parameters of the code."""
    findings = texts_of("findings")
    entry = findings[known.code]
    assert all(entry[key] for key in ("title", "message", "fix", "condition", "source"))
    assert entry["who"] in WHO
    allowed = ALWAYS_GIVEN | set(known.params)
    for template in templates(entry):
        assert placeholders(template) <= allowed, template
    for part in OPTIONAL:
        assert set(entry.get(part, {})) <= allowed
    if "value" in placeholders(entry["message"]):
        assert "value" in entry["message_without"], "an empty value needs words of its own"


@pytest.mark.parametrize("name", ["findings", "errors"])
def test_sentences_end_and_stay_calm(name: str) -> None:
    """Message and fix are sentences; a title is none; nobody is blamed."""
    for code, entry in texts_of(name).items():
        if code in NO_CODE:
            continue
        assert not entry["title"].endswith("。"), code
        parts = [text for part in OPTIONAL for text in entry.get(part, {}).values()]
        for text in (entry["message"], entry["fix"], *parts):
            assert text.endswith(("。", "{reason}", "{rule}", "{cause}")), text


@pytest.mark.parametrize("path", sorted(WORDING.glob("*.toml")), ids=lambda path: path.name)
def test_forbidden_words_are_absent(path: Path) -> None:
    """The voice of the product; 所見 is a section of the forms, never a finding."""
    text = re.sub("臨床所見|検査所見|その他の所見", "", path.read_text(encoding="utf-8"))
    assert [word for word in FORBIDDEN if word in text] == []


@pytest.mark.parametrize("name", ["findings", "errors"])
def test_no_message_repeats_another(name: str) -> None:
    """A message tells its code apart from every other."""
    entries = [entry for code, entry in texts_of(name).items() if code not in NO_CODE]
    for key in ("title", "message"):
        said = [entry[key] for entry in entries]
        assert len(said) == len(set(said))


@pytest.mark.parametrize("known", BUILTIN, ids=lambda known: known.code)
def test_a_code_has_its_page(known: BuiltinCode) -> None:
    """Each page has its code's title, the fixed headings in their order, and says something below each."""
    text = (PAGES / f"{known.code}.md").read_text(encoding="utf-8")
    head, *sections = re.split("^## ", text, flags=re.MULTILINE)
    assert head.strip() == f"# {known.code} {texts_of('findings')[known.code]['title']}"
    assert [section.partition("\n")[0] for section in sections] == HEADINGS
    assert all(section.partition("\n")[2].strip() for section in sections)
    assert [word for word in FORBIDDEN if word in text.replace("<!DOCTYPE", "")] == []


def test_no_page_without_a_code() -> None:
    """Pages of pack codes stand in the pack."""
    assert {path.stem for path in PAGES.glob("*.md")} == CODES


def test_every_error_raised_has_its_words() -> None:
    """And words that nothing raises are listed."""
    worded = set(texts_of("errors")) - NO_CODE
    assert raised() - worded == set()
    assert worded - raised() <= NOT_RAISED_YET


def test_errors_are_told_in_docs() -> None:
    """docs/codes.md names each error code with its title."""
    docs = (ROOT / "docs" / "codes.md").read_text(encoding="utf-8")
    for code, entry in texts_of("errors").items():
        if code not in NO_CODE:
            assert re.search(rf"^\| {code} \| \w+ \| .+ \| {re.escape(entry['title'])} \|$", docs, re.M), code


def test_every_note_has_its_words() -> None:
    """A layer's note never meets an unknown key, and each is a sentence."""
    notes = texts_of("notes")
    assert notes_made() == set(notes)
    assert all(text.endswith("。") for text in notes.values())
