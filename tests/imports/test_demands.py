# ruff: noqa: E501 - markup stands on one line
"""What a record definition demands: rules that find it empty, unless an example says otherwise."""

import re
from pathlib import Path

import pytest
from openpyxl import Workbook

from .conftest import Importer

XSD = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:k" targetNamespace="urn:k"
 elementFormDefault="qualified"><xs:element name="R"><xs:complexType><xs:sequence>
<xs:element name="Patient"><xs:complexType><xs:sequence>
<xs:element name="Given" type="xs:string" minOccurs="0"/><xs:element name="Tel" type="xs:string" minOccurs="0"/>
</xs:sequence><xs:attribute name="code" type="xs:string"/></xs:complexType></xs:element>
<xs:element name="More" minOccurs="0"><xs:complexType><xs:sequence>
<xs:element name="Height" type="xs:string" minOccurs="0"/></xs:sequence></xs:complexType></xs:element>
</xs:sequence></xs:complexType></xs:element></xs:schema>"""
ENVELOPE = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:k" targetNamespace="urn:k">
<xs:include schemaLocation="r.xsd"/><xs:element name="Forms"><xs:complexType><xs:sequence>
<xs:element ref="R" maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element></xs:schema>"""
ROWS = [
    ["項番", "項目名", "パス", "型", "桁数", "必須"], [1, "患者コード", "Patient/@code", "X", 5, "◎"],
    [2, "名前", "Patient/Given", "N", 20, "◎"], [3, "電話", "Patient/Tel", "X", 13, "◎"],
    [4, "身長", "More/Height", "X", 5, "◎"],
]  # fmt: skip
FULL = '<R xmlns="urn:k"><Patient code="1"><Given>花</Given><Tel>0</Tel></Patient></R>'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An XSD that lets everything be empty, and a record definition that does not."""
    made = tmp_path / "in"
    made.mkdir()
    (made / "r.xsd").write_text(XSD, encoding="utf-8")
    book = Workbook()
    for row in ROWS:
        book.active.append(row)
    book.save(made / "レコード定義.xlsx")
    return made


def told(importer: Importer, tmp_path: Path, text: str) -> list[str]:
    """The items that R001 and R002 tell of in a document."""
    (tmp_path / "d.xml").write_text(text, encoding="utf-8")
    out = importer.run("check", tmp_path / "d.xml", "--pack", tmp_path / "out").out
    return re.findall("内容 +「([^」]+)」が空欄です。", out)


@pytest.mark.parametrize(
    ("text", "items"),
    [
        (FULL, []),
        (FULL.replace("花", " \u3000"), ["名前"]),
        (FULL.replace("<Given>花</Given>", ""), ["名前"]),
        (FULL.replace(' code="1"', ""), ["患者コード"]),
        (FULL.replace(' code="1"', ' code=""'), ["患者コード"]),
        (FULL.replace("</R>", "<More/></R>"), ["身長"]),
        (FULL.replace("<Tel>0</Tel>", "").replace("<Given>花</Given>", ""), ["名前", "電話"]),
    ],
)
def test_what_is_demanded_and_empty_is_found(
    importer: Importer, folder: Path, tmp_path: Path, text: str, items: list[str]
) -> None:
    assert importer(folder, "--id", "kakuu", "-o", tmp_path / "out").status == 0
    assert importer.run("pack", "lint", tmp_path / "out").status == 0
    assert told(importer, tmp_path, text) == items


@pytest.mark.parametrize("inside", [True, False])
def test_what_an_example_leaves_empty_is_not_demanded(
    importer: Importer, folder: Path, tmp_path: Path, inside: bool
) -> None:
    text = FULL.replace("<Tel>0</Tel>", "")
    if inside:
        (folder / "forms.xsd").write_text(ENVELOPE, encoding="utf-8")
        (folder / "single.xml").write_text(FULL, encoding="utf-8")
        text = f'<Forms xmlns="urn:k">{text}{FULL}</Forms>'
    (folder / "example.xml").write_text(f'<?xml version="1.0" encoding="Shift_JIS"?>{text}', encoding="cp932")
    said = importer(folder, "--id", "kakuu", "-o", tmp_path / "out").out
    assert "の「電話」は、レコード定義では必須ですが、資料の例では空欄です。" in said
    assert told(importer, tmp_path, FULL.replace("<Tel>0</Tel>", "")) == []
    assert told(importer, tmp_path, FULL.replace("花", "")) == ["名前"]


def test_a_map_switches_the_demands_off(importer: Importer, folder: Path, tmp_path: Path) -> None:
    importer(folder, "--id", "kakuu", "-o", tmp_path / "first")
    text = (tmp_path / "first" / "MAP.toml").read_text(encoding="utf-8")
    (tmp_path / "map.toml").write_text(
        text.replace('id = "r"\n', 'id = "r"\nrequired = false\n'), encoding="utf-8"
    )
    importer(folder, "--map", tmp_path / "map.toml", "-o", tmp_path / "out")
    assert told(importer, tmp_path, FULL.replace("花", "")) == []
    assert not list((tmp_path / "out" / "rules" / "kakuu").glob("*.sch"))


def test_who_fills_in_what(importer: Importer, folder: Path, tmp_path: Path) -> None:
    importer(folder, "--id", "kakuu", "-o", tmp_path / "out")
    (tmp_path / "d.xml").write_text(FULL.replace("花", "").replace("</R>", "<More/></R>"), encoding="utf-8")
    out = importer.run("check", tmp_path / "d.xml", "--pack", tmp_path / "out", "--format", "csv").out
    rows = {code: next(line for line in out.splitlines() if code in line) for code in ("R001", "R002")}
    assert ("身長" in rows["R001"], "医師" in rows["R001"]) == (True, True)
    assert ("名前" in rows["R002"], "事務" in rows["R002"]) == (True, True)
