# ruff: noqa: E501 - markup and each case stand on one line
"""Layouts of Japanese workbooks, one construct a test: what comes out, and what is said of it."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from checktool.definitions.importing.dates import day_of

from .conftest import Importer, Run

XSD = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="R"><xs:complexType><xs:sequence>
<xs:element name="Kubun" type="xs:string"/>
<xs:element name="Two"><xs:simpleType><xs:restriction base="xs:string"><xs:length value="2"/></xs:restriction>
</xs:simpleType></xs:element>
<xs:element name="Height" type="xs:decimal" minOccurs="0"/><xs:element name="Note" type="xs:string" minOccurs="0"/>
<xs:element name="Written" type="xs:date"/></xs:sequence></xs:complexType></xs:element></xs:schema>"""
HEAD = ["項番", "項目名", "要素名", "型", "桁数", "必須", "コード表", "備考"]
Rows = list[list[Any]]
Make = Callable[..., Run]


@pytest.fixture
def make(importer: Importer, tmp_path: Path) -> Make:
    """Import an XSD with a record definition and sheets of code tables."""

    def run(records: Rows, head: list[str] = HEAD, /, **sheets: Rows) -> Run:
        folder = tmp_path / "in"
        folder.mkdir()
        (folder / "r.xsd").write_text(XSD, encoding="utf-8")
        for name, parts in (("レコード定義", {"項目": [head, *records]}), ("コード表", sheets)):
            book = Workbook()
            book.remove(book.active)
            for title, rows in parts.items():
                sheet = book.create_sheet(title)
                for row in rows:
                    sheet.append(row)
            if parts:
                book.save(folder / f"{name}.xlsx")
        answer = importer(folder, "--id", "kakuu", "-o", tmp_path / "out")
        assert answer.status == 0, answer.err
        return answer

    return run


@pytest.fixture
def items(tmp_path: Path) -> Callable[[], dict[str, dict[str, str]]]:
    """The rows of the record definition that came out, by path."""

    def read() -> dict[str, dict[str, str]]:
        text = (tmp_path / "out/rules/kakuu/records/r.csv").read_text(encoding="utf-8").splitlines()
        rows = [dict(zip(text[0].split(","), line.split(","), strict=True)) for line in text[1:]]
        return {row["path"]: row for row in rows}

    return read


def codes(tmp_path: Path, title: str) -> list[str]:
    """The lines of the code table of a title."""
    folder = tmp_path / "out/codetables/kakuu"
    sources = (folder / "SOURCES.md").read_text(encoding="utf-8")
    name = next(line.split("`")[1] for line in sources.splitlines() if f"| {title} |" in line)
    return (folder / f"{name}.csv").read_text(encoding="utf-8").splitlines()[1:]


TWO: Rows = [
    [1, "区分", "Kubun", "X", "1", "○", None, None],
    [2, "種別", "Two", "9", "2", "○", "別表２", None],
]


def test_tables_are_meant_by_their_number(make: Make, items: Any) -> None:
    make(TWO, 一=[["別表１　色コード"], ["コード", "名称"], ["1", "赤"]],
         二=[["別表２　形コード"], ["コード", "名称"], ["01", "丸"]])  # fmt: skip
    assert items()["Two"]["code_table"]


def test_an_item_is_linked_to_the_table_of_its_name_where_the_mention_is_lost(make: Make, items: Any) -> None:
    rows = [[1, "色", "Kubun", "X", "1", "○", "別冊のとおり", None], TWO[1]]
    make(rows, 一=[["色コード"], ["コード", "名称"], ["1", "赤"]])
    assert items()["Kubun"]["code_table"]


def test_tables_beside_each_other_with_their_own_headings(make: Make, tmp_path: Path) -> None:
    make(TWO, 一=[["別表１　色"], ["色区分コード", "色区分名", None, "形区分コード", "形区分名"],
                 ["A", "赤", None, "X1", "丸"], ["B", "青", None, None, None]])  # fmt: skip
    assert codes(tmp_path, "色") == ["A,赤,,", "B,青,,"]
    assert codes(tmp_path, "形区分") == ["X1,丸,,"]


def test_a_gap_before_a_remark_parts_nothing(make: Make, tmp_path: Path) -> None:
    make(TWO, 一=[["色コード"], ["コード", "名称", None, "備考"], ["A", "赤", None, "暖"]])
    assert codes(tmp_path, "色コード") == ["A,赤,,,暖"]


def test_a_range_of_codes_is_parted(make: Make, tmp_path: Path) -> None:
    said = make(
        TWO, 一=[["色コード"], ["コード", "名称"], ["０８～１０", "赤"], ["11", "青"], ["－", "なし"]]
    ).out
    assert codes(tmp_path, "色コード") == ["08,赤,,", "09,赤,,", "10,赤,,", "11,青,,"]
    assert "「08~10」は、3 個のコードに分けました。" in said
    assert "コードのない行は入れていません: 5: なし" in said


def test_zeros_that_excel_took_come_back_where_the_schema_demands_them(make: Make, tmp_path: Path) -> None:
    said = make(TWO, 二=[["別表２　形コード"], ["コード", "名称"], [1, "丸"], [12, "角"]]).out
    assert codes(tmp_path, "形コード") == ["01,丸,,", "12,角,,"]
    assert "同じ 2 桁に 0 を補いました" in said


def test_zeros_that_excel_may_have_taken_are_asked_about(make: Make, tmp_path: Path) -> None:
    rows = [[1, "区分", "Kubun", "X", "3", "○", "色コード", None], TWO[1]]
    said = make(rows, 一=[["色コード"], ["コード", "名称"], [1, "赤"], [12, "青"]]).out
    assert codes(tmp_path, "色コード") == ["1,赤,,", "12,青,,"]
    assert "コード表「色コード」の 1、12 は Excel の数値です。" in said


def test_signs_are_read_by_the_legend_of_the_sheet(make: Make, items: Any) -> None:
    rows = [
        [1, "区分", "Kubun", "X", "1", "◎", None, None], [2, "種別", "Two", "X", "2", "○", None, None],
        [3, "身長", "Height", "9", "3(1)", "△", None, None], ["※ ◎：必須　○：条件付き必須　△：任意"],
    ]  # fmt: skip
    said = make(rows).out
    assert [items()[path]["required"] for path in ("Kubun", "Two", "Height")] == [
        "always",
        "conditional",
        "no",
    ]
    assert "シートの凡例のとおりに読みました（◎ ○ △）。" in said


def test_occurrences_say_what_is_required(make: Make, items: Any) -> None:
    head = ["項番", "項目名", "要素名", "型", "桁数", "出現回数"]
    make([[1, "区分", "Kubun", "X", "1", "1..1"], [2, "身長", "Height", "9", "3", "0..1"],
          [3, "備考", "Note", "X", "10", "0..*"]], head)  # fmt: skip
    assert [items()[path]["required"] for path in ("Kubun", "Height", "Note")] == ["always", "no", "no"]


@pytest.mark.parametrize(
    ("length", "expected"),
    [("10", ("", "10")), ("最大10", ("", "10")), ("1-10", ("", "10")), ("2～10", ("2", "10")), ("10(20)", ("", "10")),
     ("全角10文字（20バイト）", ("", "10")), ("１０", ("", "10")), ("-", ("", ""))],
)  # fmt: skip
def test_lengths_as_they_are_written(make: Make, items: Any, length: str, expected: tuple[str, str]) -> None:
    make([[1, "備考", "Note", "N", length, "-", "-", None], TWO[0]])
    assert (items()["Note"]["min_len"], items()["Note"]["max_len"]) == expected
    assert items()["Note"]["type"] == "string"


@pytest.mark.parametrize("length", ["3", "3(1)", "5,2", "10.2"])
def test_numbers_of_the_schema_are_numbers_whatever_the_type_says(
    make: Make, items: Any, length: str
) -> None:
    make([[1, "身長", "Height", "9", length, "△", None, None], TWO[0]])
    assert (items()["Height"]["type"], items()["Height"]["max_len"]) == ("decimal", "")


def test_a_note_marks_a_personal_value(make: Make, items: Any) -> None:
    make([[1, "区分", "Kubun", "X", "1", "○", None, "個人情報"], TWO[1]])
    assert items()["Kubun"]["personal"] == "yes"


def test_a_hidden_sheet_is_told(make: Make, importer: Importer, tmp_path: Path) -> None:
    book = Workbook()
    for row in [["コード", "名称"], ["1", "赤"]]:
        book.active.append(row)
    book.active.title = "旧コード"
    book.create_sheet("表紙").append(["表紙"])
    book["旧コード"].sheet_state = "hidden"
    (tmp_path / "in2").mkdir()
    (tmp_path / "in2" / "r.xsd").write_text(XSD, encoding="utf-8")
    book.save(tmp_path / "in2" / "b.xlsx")
    answer = importer(tmp_path / "in2", "--id", "kakuu", "-o", tmp_path / "out2")
    assert "b.xlsx [旧コード] は非表示のシートです。" in answer.out


@pytest.mark.parametrize("separator", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
def test_a_text_file_is_parted_by_what_it_uses(
    importer: Importer, tmp_path: Path, separator: str, encoding: str
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "r.xsd").write_text(XSD, encoding="utf-8")
    text = "コード,名称\r\n001,赤\r\n002,青\r\n".replace(",", separator)
    (tmp_path / "in" / "color.csv").write_bytes(text.encode(encoding))
    assert importer(tmp_path / "in", "--id", "kakuu", "-o", tmp_path / "out").status == 0
    assert codes(tmp_path, "color") == ["001,赤,,", "002,青,,"]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("令和6年4月1日", "2024-04-01", "2024-04-01"), ("R6.4.1", "2024-04-01", "2024-04-01"),
        ("平成31年", "2019-01-01", "2019-12-31"), ("令和元年", "2019-01-01", "2019-12-31"),
        ("令和６年度", "2024-04-01", "2025-03-31"), ("2024年度", "2024-04-01", "2025-03-31"),
        ("2024年", "2024-01-01", "2024-12-31"), ("2024/4/1", "2024-04-01", "2024-04-01"),
        ("20240401", "2024-04-01", "2024-04-01"), ("2024年2月", "2024-02-01", "2024-02-29"),
        ("2024", None, None), ("6年度", None, None), ("平成", None, None), ("年度", None, None),
    ],
)  # fmt: skip
def test_days_and_years(text: str, first: str | None, last: str | None) -> None:
    found = day_of(text), day_of(text, last=True)
    assert tuple(day.isoformat() if day else None for day in found) == (first, last)


@pytest.mark.parametrize("length", ["5.1", "３．１"])
def test_digits_with_a_fraction_are_told(make: Make, items: Any, length: str) -> None:
    said = make(
        [[1, "身長", "Height", "9", length, "△", None, None], [2, "備考", "Note", "X", length, "-"]]
    ).out
    whole = "5" if length == "5.1" else "3"
    assert said.count(f"全体で {whole} 桁、うち小数 1 桁") == 2
    assert (items()["Height"]["max_len"], items()["Note"]["max_len"]) == ("", str(int(whole) + 1))


@pytest.mark.parametrize(
    ("first", "last"),
    [("有効開始年月", "有効終了年月"), ("適用開始", "適用終了"), ("適用開始年月", "廃止年月")],
)
def test_months_bound_a_code_from_first_to_last_day(
    make: Make, tmp_path: Path, first: str, last: str
) -> None:
    make([], 色コード=[["コード", "名称", first, last], ["1", "赤", "2024年4月", "202503"]])
    assert codes(tmp_path, "色コード") == ["1,赤,2024-04-01,2025-03-31"]


def test_a_month_that_excel_keeps_as_a_day_ends_with_its_last_day(make: Make, tmp_path: Path) -> None:
    rows = [
        ["コード", "名称", "有効開始年月", "有効終了年月"],
        ["1", "赤", date(2024, 4, 1), date(2025, 2, 1)],
    ]
    make([], 色コード=rows)
    assert codes(tmp_path, "色コード") == ["1,赤,2024-04-01,2025-02-28"]


def test_a_table_that_nothing_uses_is_told(make: Make, importer: Importer, tmp_path: Path) -> None:
    rows = [["コード", "名称"], ["1", "赤"]]
    said = make([[1, "区分", "Kubun", "X", "1", "○", "色コード", None], TWO[1]], 色コード=rows, 形コード=rows)
    told = next(line for line in said.out.splitlines() if "どの項目からも使われていない" in line)
    assert ("形コード" in told, "色コード" in told) == (True, False)
    assert importer.run("pack", "lint", tmp_path / "out").out.count("K208") == 1


@pytest.mark.parametrize(
    ("upper", "lower", "merged"),
    [
        (["No", "項目", None, "属性", "条件"], [None, "和名", "XML要素名", None, None], ["A1:A2", "B1:C1", "D1:D2", "E1:E2"]),
        (["No", "項目", None, "属性", "条件"], [None, "和名", "XML要素名", "型", "必須"], ["A1:A2", "B1:C1"]),
        (["No", "項目", "項目", "属性", "条件"], [None, "和名", "XML要素名", None, None], ["A1:A2", "D1:D2", "E1:E2"]),
    ],
)  # fmt: skip
def test_a_header_of_two_rows(
    make: Make, importer: Importer, items: Any, tmp_path: Path, upper: list[Any], lower: list[Any],
    merged: list[str],
) -> None:  # fmt: skip
    make([])
    book = Workbook()
    for row in (upper, lower, [1, "区分", "Kubun", "文字", "必須"], [2, "所見欄", "Note", "文字", "任意"]):
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    book.save(tmp_path / "in" / "レコード定義.xlsx")
    shutil.rmtree(tmp_path / "out")
    assert importer(tmp_path / "in", "--id", "kakuu", "-o", tmp_path / "out").status == 0
    found = [(items()[path]["item"], items()[path]["required"]) for path in ("Kubun", "Note")]
    assert found == [("区分", "always"), ("所見欄", "no")]
