"""The sample pack, handed out as a ministry would, comes back: items by tag alone, tables by name.

And what an import makes goes through lint, test and diff as it is.
"""

import csv
import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook

from .conftest import ON, Importer

SAMPLE = "nanshou-sample"
HEADINGS = ["No.", "大項目", "データ項目名", "要素名", "データ型", "文字数", "必須区分", "コード表名", "備考"]
KINDS = {
    "name": "文字列", "string": "文字列", "freetext": "自由記載", "code": "コード", "digits": "半角数字",
    "integer": "整数", "decimal": "小数", "date": "年月日", "month": "年月",
}  # fmt: skip
DEMANDS = {
    "always": "必須",
    "no": "任意",
    "new": "新規のみ",
    "renewal": "更新のみ",
    "conditional": "条件付き",
}
FORMS = {"survey": "clinical-survey", "opinion": "medical-opinion"}


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file of a pack."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def handed_out(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """XSDs, a workbook of tables, a workbook of items with tags but no paths, examples."""
    folder = tmp_path_factory.mktemp("own") / "資料"
    shutil.copytree(root / "xsd" / SAMPLE, folder / "XSD")
    shutil.copytree(root / "resources" / "demo", folder / "例")
    records, tables = Workbook(), Workbook()
    for form in FORMS:
        sheet = records.create_sheet(form)
        sheet.append([f"{form} レコード定義"])
        sheet.append([])
        sheet.append(HEADINGS)
        section = ""
        for row in read(root / "rules" / SAMPLE / "records" / f"{form}.csv"):
            shown = None if row["section"] == section else row["section"]
            section = row["section"]
            kind, tag = row["type"].partition(":")[0], row["path"].rpartition("/")[2]
            table = row["code_table"].partition(":")[0]
            sheet.append([int(row["no"]), shown, row["item"], tag, KINDS[kind], row["max_len"],
                          DEMANDS[row["required"]], table, row["note"]])  # fmt: skip
    for path in sorted((root / "codetables" / SAMPLE).glob("*.csv")):
        sheet = tables.create_sheet(path.stem)
        with path.open(encoding="utf-8", newline="") as stream:
            columns, *rows = list(csv.reader(stream))
        for row in (["コード", "名称", "適用開始日", "適用終了日", *columns[4:]], *rows):
            sheet.append(row)
    for book, name in ((records, "レコード定義.xlsx"), (tables, "コード表.xlsx")):
        book.remove(book.worksheets[0])
        book.save(folder / name)
    return folder


@pytest.fixture(scope="module")
def links(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What no delivery says: the code of a disease stands behind its group."""
    path = tmp_path_factory.mktemp("map") / "map.toml"
    path.write_text('[links]\n"shoman" = "shoman:Disease/@group"\n', encoding="utf-8")
    return path


def test_every_item_finds_its_place_by_its_tag(
    importer: Importer, handed_out: Path, links: Path, tmp_path: Path, root: Path
) -> None:
    assert importer(handed_out, "--id", "own", "--map", links, "-o", tmp_path / "out").status == 0
    for form, made in FORMS.items():
        ours = read(root / "rules" / SAMPLE / "records" / f"{form}.csv")
        theirs = read(tmp_path / "out" / "rules" / "own" / "records" / f"{made}.csv")
        columns = ("section", "item", "path", "code_table", "required")
        assert [[row[key] for key in columns] for row in theirs] == [
            [row[key] for key in columns] for row in ours
        ]


def test_every_table_comes_back_as_it_was(
    importer: Importer, handed_out: Path, tmp_path: Path, root: Path
) -> None:
    importer(handed_out, "--id", "own", "-o", tmp_path / "out")
    for path in (root / "codetables" / SAMPLE).glob("*.csv"):
        made = read(tmp_path / "out" / "codetables" / "own" / path.name)
        assert [tuple(row.values()) for row in made] == [tuple(row.values()) for row in read(path)], path.name


def test_its_examples_are_clean(importer: Importer, handed_out: Path, links: Path, tmp_path: Path) -> None:
    said = importer(handed_out, "--id", "own", "--map", links, "-o", tmp_path / "out").out
    assert said.count("○ 指摘なし 例/") == 7


def test_a_pack_made_of_a_delivery_passes_lint_and_its_own_tests(
    importer: Importer, delivery: Path, tmp_path: Path
) -> None:
    importer(delivery, "--id", "kakuu", "-o", tmp_path / "out")
    assert importer.run("pack", "lint", tmp_path / "out").status == 0
    assert importer.run("pack", "test", tmp_path / "out").status == 0
    assert importer.run("pack", "verify", tmp_path / "out").status == 0


def test_two_editions_are_told_apart(
    importer: Importer, delivery: Path, second: Path, tmp_path: Path
) -> None:
    for source, name in ((delivery, "one"), (second, "two")):
        importer(source, "--id", "kakuu", "-o", tmp_path / name)
    documents = delivery / "04_XML例"
    answer = importer.run("pack", "diff", tmp_path / "one", tmp_path / "two", "--on", documents, "--date", ON)
    assert "3 転入" in answer.out
    assert "250 → 400" in answer.out
