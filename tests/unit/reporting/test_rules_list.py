"""The check specification as JSON, as a list and as a page."""

import io
import json
from dataclasses import replace

import openpyxl
import pytest

from checktool.definitions.pack import load
from checktool.definitions.registry import rules_of
from checktool.model.definition import DefinitionPack
from checktool.model.report import Override
from checktool.reporting.rules_list import rules_json, rules_text, shown
from checktool.reporting.rules_table import COLUMNS, rules_html, rules_xlsx
from checktool.wording import Wording


@pytest.fixture(scope="module")
def pack() -> DefinitionPack:
    return load()


@pytest.fixture(scope="module")
def all_words(pack: DefinitionPack) -> Wording:
    return Wording(rules_of(pack))


def test_json_has_exactly_the_members_of_the_contract(pack: DefinitionPack, all_words: Wording) -> None:
    tree = json.loads("".join(rules_json(pack, all_words)))
    assert list(tree) == ["rules", "forms"]
    assert {tuple(rule) for rule in tree["rules"]} == {
        ("code", "layer", "severity", "form", "condition", "xpath", "message", "fix", "source")
    }
    assert [form["id"] for form in tree["forms"]] == ["survey", "opinion"]


def test_json_lists_every_code_once_in_order(pack: DefinitionPack, all_words: Wording) -> None:
    codes = [rule["code"] for rule in json.loads("".join(rules_json(pack, all_words)))["rules"]]
    assert codes == sorted(set(codes))
    assert codes == [rule.code for rule in all_words.rules()]


def test_a_profile_shows_in_the_severity(pack: DefinitionPack, all_words: Wording) -> None:
    changed = replace(pack, profile="x", overrides=(Override("T205", "off", "r"),))
    rules = json.loads("".join(rules_json(changed, all_words)))["rules"]
    assert [rule["severity"] for rule in rules if rule["code"] == "T205"] == ["off"]


def test_the_list_for_people_names_every_code_and_no_placeholder(
    pack: DefinitionPack, all_words: Wording
) -> None:
    text = "".join(rules_text(pack, all_words))
    assert [rule.code for rule in all_words.rules() if f"\n{rule.code}  " not in text] == []
    assert "{" not in text
    assert text.endswith(all_words.say("report.disclaimer") + "\n")


def test_an_unknown_placeholder_shows_as_dots(all_words: Wording) -> None:
    assert shown("{never_heard}", all_words) == "〔…〕"


def test_the_workbook_has_a_row_a_rule_and_no_formula(pack: DefinitionPack, all_words: Wording) -> None:
    data = rules_xlsx(pack, all_words)
    assert data == rules_xlsx(pack, all_words)
    (sheet,) = openpyxl.load_workbook(io.BytesIO(data)).worksheets
    rows = list(sheet.iter_rows())
    assert [row[0].value for row in rows[1:-2]] == [rule.code for rule in all_words.rules()]
    assert {cell.data_type for row in rows for cell in row if cell.value} == {"s"}
    assert len(rows[0]) == len(COLUMNS)
    assert str(rows[-1][0].value).startswith("本ツールは厚生労働省が配布・承認したものではありません。")


def test_the_page_names_every_rule_and_brings_nothing_along(pack: DefinitionPack, all_words: Wording) -> None:
    changed = replace(pack, overrides=(Override("D609", "off", "x"),))
    page = "".join(rules_html(changed, all_words))
    assert all(f"<td>{rule.code}</td>" in page for rule in all_words.rules())
    assert page.count(f"<td>{all_words.say('report.severity.off')}</td>") == 3
    assert not any(word in page for word in ("<script", "http://", "https://", "src="))
