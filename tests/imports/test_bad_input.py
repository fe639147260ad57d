"""What a delivery may do wrong: each ends in a clear line or a coded error, and nothing is left behind."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from checktool.definitions.importing import workbook
from checktool.definitions.pack import load

from .conftest import Importer, Run

XSD = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{links}
<xs:element name="R"><xs:complexType><xs:sequence>
<xs:element name="A" type="{kind}"/><xs:element name="B" type="xs:string" minOccurs="0"/>
</xs:sequence></xs:complexType></xs:element></xs:schema>"""
TYPES = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:simpleType name="T">' \
    '<xs:restriction base="xs:string"/></xs:simpleType></xs:schema>'  # fmt: skip

RULES = '<schema xmlns="http://purl.oclc.org/dsdl/schematron"><pattern><rule context="/R">' \
    '<assert id="V001" test="{}">A が空です。</assert></rule></pattern></schema>'  # fmt: skip
BOMB = '<!ENTITY b0 "0123456789">' + "".join(
    f'<!ENTITY b{number} "{f"&b{number - 1};" * 20}">' for number in range(1, 10)
)

Import = Callable[..., Run]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small delivery that is sound: one XSD."""
    made = tmp_path / "in"
    made.mkdir()
    schema(made)
    return made


@pytest.fixture
def attempt(importer: Importer, folder: Path, tmp_path: Path) -> Import:
    """Import the folder to ``out``; whatever happens, no temporary folder stays."""

    def run(*arguments: str | Path) -> Run:
        answer = importer(folder, "--id", "kakuu", "-o", tmp_path / "out", *arguments)
        assert not list(tmp_path.glob(".checktool-*"))
        assert (tmp_path / "out").exists() == (answer.status == 0)
        return answer

    return run


def schema(folder: Path, links: str = "", kind: str = "xs:string", name: str = "r.xsd") -> None:
    """Write an XSD of one root with two items."""
    (folder / name).write_text(XSD.format(links=links, kind=kind), encoding="utf-8")


def book(folder: Path, *sheets: tuple[str, list[list[Any]]], name: str = "表.xlsx") -> Path:
    """Write a workbook of sheets of rows."""
    made = Workbook()
    made.remove(made.active)
    for title, rows in sheets:
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    made.save(folder / name)
    return folder / name


def table(tmp_path: Path, name: str) -> list[str]:
    """The lines of a code table that came out."""
    path = tmp_path / "out" / "codetables" / "kakuu" / f"{name}.csv"
    return path.read_text(encoding="utf-8").splitlines()[1:]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<xs:schema", "XML として読み取れません"),
        ("<a/>", "XSD（schema 要素）ではありません"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "XSD（schema 要素）ではありません"),
        ("<!DOCTYPE a [<!ENTITY b SYSTEM '/etc/hostname'>]><a>&b;</a>", "XML として読み取れません"),
        (f"<!DOCTYPE a [{BOMB}]><a>&b9;</a>", "XML として読み取れません"),
        (XSD.format(links="", kind="Unknown"), "XSD として組み立てられません"),
        ("", "XML として読み取れません"),
    ],
)
def test_a_broken_schema_is_named(attempt: Import, folder: Path, text: str, said: str) -> None:
    (folder / "r.xsd").write_text(text, encoding="utf-8")
    answer = attempt()
    assert answer.status == 4
    assert "P020" in answer.err
    assert "r.xsd" in answer.err
    assert said in answer.err


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("t.xsd", "P021"), ("./sub/t.xsd", "P021"), ("../../x.xsd", "P022"), ("../t.xsd", "P022"),
        ("http://example.invalid/t.xsd", "P022"), ("file:///etc/t.xsd", "P022"), ("/etc/t.xsd", "P022"),
        ("\\\\server\\t.xsd", "P022"),
    ],
)  # fmt: skip
def test_an_include_that_cannot_be_followed_stops(
    attempt: Import, folder: Path, location: str, code: str
) -> None:
    schema(folder, f'<xs:include schemaLocation="{location}"/>')
    answer = attempt()
    assert answer.status == 4
    assert code in answer.err
    assert location in answer.err


def test_includes_are_followed_however_their_path_is_written(attempt: Import, folder: Path) -> None:
    (folder / "r.xsd").unlink()
    for name in ("a", "b"):
        (folder / name).mkdir()
    (folder / "b" / "t.xsd").write_text(TYPES, encoding="utf-8")
    schema(folder / "a", '<xs:include schemaLocation="./../b/./t.xsd"/>', "T")
    assert attempt().status == 0


def test_a_redefined_schema_is_followed(attempt: Import, folder: Path) -> None:
    (folder / "t.xsd").write_text(TYPES, encoding="utf-8")
    inner = '<xs:redefine schemaLocation="t.xsd"><xs:simpleType name="T"><xs:restriction base="T">' \
        '<xs:maxLength value="3"/></xs:restriction></xs:simpleType></xs:redefine>'  # fmt: skip
    schema(folder, inner, "T")
    assert attempt().status == 0


def test_two_schemas_of_one_root_are_told(attempt: Import, folder: Path) -> None:
    schema(folder, name="s.xsd")
    answer = attempt()
    assert answer.status == 0
    assert "s.xsd: 根の要素 R の様式が2つあり" in answer.out


def test_without_any_schema_there_is_no_pack(attempt: Import, folder: Path) -> None:
    (folder / "r.xsd").unlink()
    answer = attempt()
    assert answer.status == 4
    assert "XSD が1つもありません" in answer.err


def test_types_alone_make_no_form(attempt: Import, folder: Path) -> None:
    (folder / "r.xsd").write_text(TYPES, encoding="utf-8")
    assert "様式の根になる要素が、どの XSD にもありません" in attempt().err


def test_a_source_that_is_not_there(
    importer: Importer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = importer("nowhere", "-o", "out")
    assert answer.status == 4
    assert "nowhere が見つかりません。" in answer.err


def test_a_zip_that_leads_out_of_its_folder(importer: Importer, tmp_path: Path) -> None:
    path = tmp_path / "in.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../r.xsd", XSD.format(links="", kind="xs:string"))
    answer = importer(path, "-o", tmp_path / "out")
    assert answer.status == 4
    assert "P013" in answer.err


def test_a_zip_within_the_delivery_is_opened(attempt: Import, folder: Path) -> None:
    with zipfile.ZipFile(folder / "XSD一式.zip", "w") as archive:
        archive.write(folder / "r.xsd", "r.xsd")
    (folder / "r.xsd").unlink()
    assert attempt().status == 0


def test_a_workbook_that_is_too_large_is_not_opened(
    attempt: Import, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book(folder, ("性別", [["コード", "名称"], ["1", "男"]]))
    monkeypatch.setattr(workbook, "MOST_FILE_BYTES", 1000)
    answer = attempt()
    assert answer.status == 4
    assert "P023" in answer.err
    assert "MB を超えています" in answer.err


def test_a_workbook_with_too_many_cells_is_not_opened(
    attempt: Import, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book(folder, ("性別", [["コード", "名称"], *([str(number), "名"] for number in range(100))]))
    monkeypatch.setattr(workbook, "MOST_CELLS", 100)
    assert "セルの数が 100 を超えています" in attempt().err


def test_a_workbook_bomb_is_not_opened(attempt: Import, folder: Path) -> None:
    path = book(folder, ("性別", [["コード", "名称"], ["1", "男"]]))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", b" " * 30_000_000)
    assert "展開すると大きすぎる" in attempt().err


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04 broken", "壊れているか"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "パスワードで保護されている"),
        (b"", "壊れているか"),
    ],
)
def test_a_workbook_that_is_none(attempt: Import, folder: Path, data: bytes, said: str) -> None:
    (folder / "表.xlsx").write_bytes(data)
    answer = attempt()
    assert answer.status == 4
    assert said in answer.err


def test_an_entity_bomb_in_a_workbook(attempt: Import, folder: Path) -> None:
    path = book(folder, ("性別", [["コード", "名称"], ["1", "男"]]))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/worksheets/sheet9.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    assert "P023" in attempt().err


def test_a_cell_far_away_costs_nothing(attempt: Import, folder: Path, tmp_path: Path) -> None:
    made = Workbook()
    sheet = made.active
    for row in (["コード", "名称"], ["1", "男"], ["2", "女"]):
        sheet.append(row)
    sheet["XFD1048576"] = "遠い"
    made.save(folder / "性別.xlsx")
    assert attempt().status == 0


def test_a_merge_of_whole_columns_is_not_opened(attempt: Import, folder: Path) -> None:
    path = book(folder, ("性別", [["コード", "名称"], ["1", "男"]]))
    with zipfile.ZipFile(path, "a") as archive:
        inner = '<mergeCells count="1"><mergeCell ref="A1:J1048576"/></mergeCells>'
        archive.writestr("xl/worksheets/sheet9.xml", f"<worksheet>{inner}</worksheet>")
    assert "セルの数が" in attempt().err


def test_an_old_workbook_is_named_with_what_to_do(attempt: Import, folder: Path) -> None:
    (folder / "表.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    answer = attempt()
    assert answer.status == 0
    assert "表.xls: 古い形式の Excel（.xls）は読めません。" in answer.out


def test_macros_are_not_read(attempt: Import, folder: Path) -> None:
    path = book(folder, ("性別", [["コード", "名称"], ["1", "男"]]))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    path.rename(path.with_suffix(".xlsm"))
    answer = attempt()
    assert "表.xlsm のマクロは読まず" in answer.out
    assert "コード表「性別」" in answer.out


def test_two_tables_of_one_name(attempt: Import, folder: Path, tmp_path: Path) -> None:
    head = [["色のコード"], ["コード", "名称"]]
    same = [[*row] for row in (["1", "赤"], ["2", "青"])]
    book(folder, ("一", [*head, *same]), ("二", [*head, *same]), ("三", [*head, ["1", "白"]]))
    said = attempt().out
    assert "コード表「色のコード」は2か所にあり、内容が同じなので1つにしました" in said
    assert "「色のコード」というコード表が2つあり、内容が違います。" in said


def test_codes_that_contradict_each_other(attempt: Import, folder: Path, tmp_path: Path) -> None:
    rows = [["コード", "名称"], ["c1", "赤"], ["c1", "赤"], ["c1", "朱"], ["c2", "青"]]
    book(folder, ("color", rows))
    said = attempt().out
    assert "すべて同じ行を1つにまとめました: c1" in said
    assert "2 行目「赤」を使い、4 行目「朱」は入れていません。" in said
    assert table(tmp_path, "color") == ["c1,赤,,", "c2,青,,"]


def test_days_that_cannot_be(attempt: Import, folder: Path, tmp_path: Path) -> None:
    rows = [
        ["コード", "名称", "開始日", "終了日"], ["1", "赤", "2025-02-30", ""],
        ["2", "青", "2025/4/1", "2024/3/31"], ["3", "白", "そのうち", "R6.3.31"],
    ]  # fmt: skip
    book(folder, ("color", rows))
    said = attempt().out
    assert "「2025-02-30」を日付として読めません。" in said
    assert "コード 2 の開始日が終了日より後です。" in said
    assert table(tmp_path, "color") == ["1,赤,,", "2,青,,", "3,白,,2024-03-31"]


def test_a_csv_in_no_known_encoding_is_named(attempt: Import, folder: Path) -> None:
    (folder / "a.csv").write_bytes(b"\x81\xff\xff\x00,\xfd")
    answer = attempt()
    assert answer.status == 0
    assert "a.csv: UTF-8 としても Shift_JIS としても読めません。" in answer.out


def test_examples_that_are_no_xml_are_named(attempt: Import, folder: Path) -> None:
    (folder / "a.xml").write_text("<R><A>", encoding="utf-8")
    (folder / "b.xml").write_text("<Other/>", encoding="utf-8")
    said = attempt().out
    assert "a.xml: XML として読み取れません。" in said
    assert "b.xml: 根の要素 Other の様式がありません。" in said


@pytest.mark.parametrize("bad", [RULES.format("A !="), "<schema", RULES.format("document('x')")])
def test_rules_come_along_and_one_that_cannot_be_judged_stops(
    attempt: Import, folder: Path, tmp_path: Path, bad: str
) -> None:
    (folder / "good.sch").write_text(RULES.format("A != ''"), encoding="utf-8")
    (folder / "bad.sch").write_text(bad, encoding="utf-8")
    refused = attempt()
    assert refused.status == 4
    assert "P007" in refused.err
    assert 'file = "bad.sch" と use = false' in refused.err
    given = tmp_path / "map.toml"
    given.write_text('[[rules]]\nfile = "bad.sch"\nuse = false\n', encoding="utf-8")
    assert "bad.sch は、MAP.toml のとおり使っていません" in attempt("--map", given).out
    assert [path.name for path in load(str(tmp_path / "out")).forms[0].rules] == ["good.sch"]
    assert not list((tmp_path / "out").rglob("bad.sch"))
    assert 'file = "bad.sch"' in (tmp_path / "out/MAP.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[pack", "TOML の書き方に合っていません"),
        ("[packs]\nid = 'x'", "packs"),
        ("[pack]\nid = 5", "pack.id"),
        ("[pack]\nstatus = 'best'", "pack.status"),
        ("[pack]\nedition = '../x'", "pack.edition"),
        ("form = 3", "form"),
        ("[[table]]\nfile='表.xlsx'\nsheet='s'\nfixed=true\nrow='1'\ncolumns={}", "table.row"),
        ("[[table]]\nfile='表.xlsx'\nsheet='s'\nfixed=true\nrow=1\ncolumns={code='A'}", "table.columns"),
        ("[links]\na = 1", "links.a"),
        ("[headings.table]\ncode = 'x'", "headings.table.code"),
        ("[items.r]\n'a' = 3", "items.r.a"),
    ],
)
def test_a_map_that_cannot_be_meant(
    attempt: Import, folder: Path, tmp_path: Path, text: str, said: str
) -> None:
    book(folder, ("s", [["コード", "名称"], ["1", "男"]]))
    (tmp_path / "map.toml").write_text(text, encoding="utf-8")
    answer = attempt("--map", tmp_path / "map.toml")
    assert answer.status == 4
    assert said in answer.err


@pytest.mark.parametrize("name", ["Nanshou", "../x", "難病", "a b", "con."])
def test_an_id_that_is_no_folder_name(importer: Importer, folder: Path, tmp_path: Path, name: str) -> None:
    answer = importer(folder, "--id", name, "-o", tmp_path / "out")
    assert answer.status == 4
    assert "pack.id" in answer.err


def test_a_target_that_cannot_be_written(importer: Importer, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    answer = importer(folder, "-o", tmp_path / "file" / "out")
    assert answer.status == 5


def test_a_target_that_exists_is_named_and_stays(importer: Importer, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    said = importer(folder, "-o", tmp_path / "there")
    assert (said.status, "すでにある" in said.err, "報告" in said.err) == (5, True, False)
    assert list((tmp_path / "there").iterdir()) == []


def test_the_id_of_a_builtin_pack_is_refused(importer: Importer, folder: Path, tmp_path: Path) -> None:
    said = importer(folder, "--id", "nanshou-sample", "-o", tmp_path / "out")
    assert (said.status, "P028" in said.err) == (4, True)
    alike = folder.rename(tmp_path / "nanshou-sample")
    assert importer(alike, "-o", tmp_path / "out").status == 0
    assert load(str(tmp_path / "out")).info.id == "nanshou-sample-2"
