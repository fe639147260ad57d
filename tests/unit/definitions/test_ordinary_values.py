"""What the sample pack's rules take for granted of its code tables (docs/rules.md, cheap conditions)."""

import pytest

from checktool.definitions import codetable
from checktool.model.definition import CodeEntry, CodeTable
from checktool.paths import data_root

TABLES = data_root() / "codetables" / "nanshou-sample"
ITEMS = codetable.read(TABLES / "criteria-items.csv")
OF_ALL_DISEASES = ("VS-", "LAB-", "GEN-", "DIF-", "OBS-", "TRT-")
ORDINARY = {
    **dict.fromkeys(("mobility", "self-care", "usual-activities", "pain", "anxiety"), ("eq5d-", "123")),
    **dict.fromkeys(("grooming", "bathing"), ("daily-", "12")),
    "reception": ("", "123"),
}


def rows(*beginnings: str) -> list[tuple[str, CodeEntry]]:
    """The rows of the items whose codes begin so."""
    return [(code, entry) for code, entries in ITEMS.entries.items() if code.startswith(beginnings)
            for entry in entries]  # fmt: skip


def filled(column: str, *beginnings: str) -> list[str]:
    """The codes that begin so and have a value in a column."""
    return [code for code, entry in rows(*beginnings) if ITEMS.field(entry, column)]


@pytest.mark.parametrize("column", ["disease", "sex"])
def test_items_of_all_diseases_are_bound_to_no_disease_and_no_sex(column: str) -> None:
    assert rows(*OF_ALL_DISEASES)
    assert filled(column, *OF_ALL_DISEASES) == []


def test_vital_signs_and_laboratory_values_are_asked_at_every_renewal() -> None:
    assert [code for code, entry in rows("VS-", "LAB-") if ITEMS.field(entry, "when") != "both"] == []


@pytest.mark.parametrize("column", ["min", "max"])
def test_choices_and_texts_of_all_diseases_have_no_range(column: str) -> None:
    assert filled(column, "GEN-", "DIF-", "OBS-", "TRT-") == []


@pytest.mark.parametrize("name", ORDINARY)
def test_the_values_that_rules_pass_at_once_are_in_their_table(name: str) -> None:
    beginning, values = ORDINARY[name]
    table: CodeTable = codetable.read(TABLES / f"{beginning}{name}.csv")
    assert [value for value in values if table.on(value, None) is None] == []
