"""The data of the sample pack agrees with itself: schemas, records, code tables, cover sheet."""

import csv
import tomllib
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import xmlschema
from lxml import etree
from xmlschema.validators import XsdElement, XsdGroup

from checktool.definitions import codetable, record
from checktool.model.definition import CodeTable, RecordItem
from checktool.paths import data_root

PACK = "nanshou-sample"
RULES = data_root() / "rules" / PACK
SCHEMAS = data_root() / "xsd" / PACK
TABLES = data_root() / "codetables" / PACK
FORMS = {"survey": "ClinicalSurvey", "opinion": "MedicalOpinion"}
NAMESPACE = "urn:checktool:nanshou:2025"
R7 = date(2025, 4, 1)


def _records(form: str) -> tuple[RecordItem, ...]:
    return record.read(RULES / "records" / f"{form}.csv")


def _table(name: str) -> CodeTable:
    return codetable.read(TABLES / f"{name}.csv")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _leaves(element: XsdElement, path: str = "", needed: bool = True) -> Iterator[tuple[str, bool]]:
    """(path, whether the schema always demands it) of each attribute and value of an element."""
    prefix = f"{path}/" if path else ""
    content = getattr(element.type, "content", None)
    if not isinstance(content, XsdGroup):
        yield path, needed
    for name, attribute in element.attributes.items():
        yield f"{prefix}@{name}", needed and attribute.use == "required"
    for child in content if isinstance(content, XsdGroup) else ():
        assert isinstance(child, XsdElement)
        yield from _leaves(child, f"{prefix}{child.local_name}", needed and child.min_occurs > 0)


def _schema_paths(form: str) -> dict[str, bool]:
    schema = xmlschema.XMLSchema(SCHEMAS / f"{form}.xsd", validation="strict")
    return dict(_leaves(schema.elements[FORMS[form]]))


@pytest.mark.parametrize("form", FORMS)
def test_schema_is_valid_for_both_validators(form: str) -> None:
    path = SCHEMAS / f"{form}.xsd"
    xmlschema.XMLSchema(path, validation="strict")
    etree.XMLSchema(etree.parse(path))


@pytest.mark.parametrize("form", FORMS)
def test_every_value_of_the_schema_has_a_record_and_back(form: str) -> None:
    assert {item.path for item in _records(form)} == set(_schema_paths(form))


@pytest.mark.parametrize("form", FORMS)
def test_elements_of_the_record_stand_in_the_order_of_the_schema(form: str) -> None:
    def elements(paths: list[str]) -> list[str]:
        return [path for path in paths if "@" not in path]

    record_order = elements([item.path for item in _records(form)])
    assert record_order == elements(list(_schema_paths(form)))


@pytest.mark.parametrize("form", FORMS)
def test_what_the_schema_demands_the_form_demands(form: str) -> None:
    demanded = {item.path for item in _records(form) if item.required == "always"}
    assert {path for path, needed in _schema_paths(form).items() if needed} <= demanded


@pytest.mark.parametrize("form", FORMS)
def test_item_names_tell_the_items_apart(form: str) -> None:
    names = [item.item for item in _records(form)]
    assert len(names) == len(set(names))
    assert [item.no for item in _records(form)] == [str(n) for n in range(1, len(names) + 1)]


@pytest.mark.parametrize("form", FORMS)
def test_code_tables_of_the_record_exist(form: str) -> None:
    for item in _records(form):
        assert not item.code_table or _table(item.code_table).entries, item.path
        assert not item.key_path or item.key_path in _schema_paths(form), item.path


def test_cover_sheet_names_files_that_exist() -> None:
    sheet = tomllib.loads((RULES / "pack.toml").read_text(encoding="utf-8"))
    assert (sheet["id"], sheet["status"]) == (PACK, "sample")
    for form in sheet["form"]:
        assert form["root"] == f"{{{NAMESPACE}}}{FORMS[form['id']]}"
        assert (SCHEMAS / form["xsd"]).is_file()
        assert (RULES / form["record"]).is_file()
    for table in sheet["tables"]:
        assert (TABLES / f"{table}.csv").is_file()


@pytest.mark.parametrize("path", sorted(TABLES.glob("*.csv")), ids=lambda path: path.stem)
def test_table_is_clean(path: Path) -> None:
    raw = path.read_bytes()
    assert b"\r" not in raw
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert _table(path.stem).entries
    for row in _rows(path):
        for column, value in row.items():
            assert value == unicodedata.normalize("NFC", value.strip()), (row["code"], column)
        assert row["name"]


@pytest.mark.parametrize(
    ("day", "count"),
    [(date(2021, 11, 1), 338), (date(2024, 4, 1), 341), (R7, 348), (date(2026, 3, 31), 348)],
)
def test_designated_diseases_of_a_day(day: date, count: int) -> None:
    table = _table("nanbyo")
    assert [code for code in table.entries if table.on(code, day)] == [
        str(number) for number in range(1, count + 1)
    ]


@pytest.mark.parametrize(("day", "count"), [(R7 - timedelta(1), 845), (R7, 858)])
def test_childhood_diseases_of_an_edition(day: date, count: int) -> None:
    table = _table("shoman")
    valid = {code for code in table.entries if table.on(code, day)}
    assert len(valid) == count
    for group in _table("disease-group").entries:
        numbers = sorted(int(code[3:]) for code in valid if code.startswith(f"{group}-"))
        assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize(
    ("table", "code", "day", "name"),
    [
        ("nanbyo", "54", date(2024, 3, 31), "成人スチル病"),
        ("nanbyo", "54", date(2024, 4, 1), "成人発症スチル病"),
        ("nanbyo", "63", date(2025, 4, 1), "免疫性血小板減少症"),
        ("shoman", "06-23", date(2025, 3, 31), "全身性強皮症"),
        ("shoman", "06-24", date(2025, 4, 1), "全身性強皮症"),
        ("shoman", "16-2", date(2025, 4, 1), "カサバッハ・メリット症候群"),
        ("ventilator-usage", "3", R7, "一日中施行"),
        ("sex-opinion", "3", R7, "性別未決定"),
    ],
)
def test_name_of_a_code_on_a_day(table: str, code: str, day: date, name: str) -> None:
    entry = _table(table).on(code, day)
    assert entry is not None
    assert entry.name == name


@pytest.mark.parametrize("table", ["criteria-items", "severity-scales"])
def test_items_and_scales_speak_of_known_diseases(table: str) -> None:
    known = {*_table("nanbyo").entries, *_table("shoman").entries}
    for row in _rows(TABLES / f"{table}.csv"):
        assert set(row["disease"].split()) <= known, row["code"]


def test_criteria_items_are_well_described() -> None:
    known = "|".join(f"{row['code']}={row['name']}" for row in _rows(TABLES / "yes-no-unknown.csv"))
    for row in _rows(TABLES / "criteria-items.csv"):
        assert row["type"] in {"yesno", "number", "date", "text", "choice"}, row["code"]
        assert row["when"] in {"new", "both"}, row["code"]
        assert bool(row["choices"]) == (row["type"] in {"choice", "yesno"}), row["code"]
        if row["type"] == "yesno":
            assert row["choices"] == known, row["code"]
        if row["type"] == "number":
            assert float(row["min"]) <= float(row["example"]) <= float(row["max"]), row["code"]
        if row["type"] == "choice":
            assert row["example"] in {c.split("=")[0] for c in row["choices"].split("|")}


def test_scales_have_bounds_and_an_example_within() -> None:
    for row in _rows(TABLES / "severity-scales.csv"):
        low, high, step = float(row["min"]), float(row["max"]), float(row["step"])
        assert low <= float(row["example"]) <= high, row["code"]
        assert ((float(row["example"]) - low) / step).is_integer(), row["code"]
        codes = [choice.split("=")[0] for choice in row["choices"].split("|") if choice]
        assert codes in ([], [str(n) for n in range(int(low), int(high) + 1)]), row["code"]


def test_every_postal_zone_names_known_prefectures() -> None:
    zones = _rows(TABLES / "postal.csv")
    prefectures = _table("prefecture").entries
    assert [zone["code"] for zone in zones] == [f"{number:02}" for number in range(100)]
    named = {code for zone in zones for code in zone["prefecture"].split()}
    assert named == set(prefectures)


def test_parts_of_a_scale_add_up_to_its_total() -> None:
    rows = {row["code"]: row for row in _rows(TABLES / "severity-scales.csv")}
    totals = {row["total"] for row in rows.values() if row["total"]}
    assert totals == {"BARTHEL", "SLEDAI", "ESSDAI", "IOIBD"}
    for total in totals:
        parts = [row for row in rows.values() if row["total"] == total]
        assert [part["code"] for part in parts] == [f"{total}-{n:02}" for n in range(1, len(parts) + 1)]
        assert sum(float(part["max"]) for part in parts) == float(rows[total]["max"]), total
        assert sum(float(part["example"]) for part in parts) == float(rows[total]["example"]), total
        assert {part["disease"] for part in parts} == {rows[total]["disease"]}


def test_drugs_asked_of_a_group_are_told_from_both_sides() -> None:
    drugs = _rows(TABLES / "medications.csv")
    for group in _rows(TABLES / "disease-group.csv"):
        asked = [drug["code"] for drug in drugs if group["code"] in drug["groups"].split()]
        assert group["medications"].split() == asked
        assert len(asked) <= 8
        assert all(len(code) == 3 for code in asked)
    assert len(drugs) == 27
