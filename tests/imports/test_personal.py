"""Which values are hidden by ``--redact`` in a pack that was made of XSDs alone."""

import csv
from pathlib import Path

import pytest

from .conftest import Importer

ITEMS = [
    "Patient/Name", "Patient/Kana", "Patient/BirthDate", "Patient/Contact/Home", "Patient/Sex",
    "Guardian/Given", "Height", "Memo", "Free",
]  # fmt: skip
XSD = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="R"><xs:complexType><xs:sequence>
<xs:element name="Patient"><xs:complexType><xs:sequence>
<xs:element name="Name" type="T"/><xs:element name="Kana" type="T"/><xs:element name="BirthDate" type="xs:date"/>
<xs:element name="Contact"><xs:complexType><xs:sequence><xs:element name="Home" type="T"/></xs:sequence></xs:complexType></xs:element>
<xs:element name="Sex"><xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="1"/></xs:restriction></xs:simpleType></xs:element>
</xs:sequence></xs:complexType></xs:element>
<xs:element name="Guardian"><xs:complexType><xs:sequence><xs:element name="Given" type="T"/></xs:sequence></xs:complexType></xs:element>
<xs:element name="Height" type="xs:decimal"/><xs:element name="Memo" type="T"/><xs:element name="Free" type="xs:boolean"/>
</xs:sequence></xs:complexType></xs:element>
<xs:simpleType name="T"><xs:restriction base="xs:string"><xs:maxLength value="5"/></xs:restriction></xs:simpleType>
</xs:schema>"""  # noqa: E501 - one element a line
DOCUMENT = """<R><Patient><Name>架空山太郎左衛門</Name><Kana>か</Kana><BirthDate>2000-01-01</BirthDate>
<Contact><Home>03</Home></Contact><Sex>1</Sex></Patient><Guardian><Given>母</Given></Guardian>
<Height>1</Height><Memo>架空谷花子左衛門</Memo><Free>true</Free></R>"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder with one XSD and nothing else."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "r.xsd").write_text(XSD, encoding="utf-8")
    return folder


def personal(folder: Path) -> set[str]:
    """The paths that the record definition of a pack marks."""
    with (folder / "rules/kakuu/records/r.csv").open(encoding="utf-8") as stream:
        return {row["path"] for row in csv.DictReader(stream) if row["personal"] == "yes"}


def test_what_may_hold_a_name_is_personal_and_told(importer: Importer, source: Path, tmp_path: Path) -> None:
    said = importer(source, "--id", "kakuu", "-o", tmp_path / "out")
    assert said.status == 0
    assert personal(tmp_path / "out") == set(ITEMS) - {"Patient/Sex", "Height", "Free"}
    assert next(line for line in said.out.splitlines() if "not_personal" in line).count("Memo") == 1


def test_redacting_shows_no_name(importer: Importer, source: Path, tmp_path: Path) -> None:
    importer(source, "--id", "kakuu", "-o", tmp_path / "out")
    (tmp_path / "d.xml").write_text(DOCUMENT, encoding="utf-8")
    for kind in ("text", "json", "html", "csv", "svrl"):
        said = importer.run(
            "check", tmp_path / "d.xml", "--pack", tmp_path / "out", "--redact", "--format", kind
        )
        assert said.status == 1, kind
        assert "架空" not in said.out, kind


def test_a_map_says_what_need_not_be_hidden(importer: Importer, source: Path, tmp_path: Path) -> None:
    given = tmp_path / "map.toml"
    given.write_text('[[form]]\nroot = "R"\nxsd = "r.xsd"\nnot_personal = ["Memo"]\n', encoding="utf-8")
    importer(source, "--id", "kakuu", "--map", given, "-o", tmp_path / "out")
    assert "Memo" not in personal(tmp_path / "out")
    assert 'not_personal = ["Memo"]' in (tmp_path / "out/MAP.toml").read_text(encoding="utf-8")
    given.write_text('[[form]]\nroot = "R"\nxsd = "r.xsd"\nnot_personal = ["Mem"]\n', encoding="utf-8")
    refused = importer(source, "--id", "kakuu", "--map", given, "-o", tmp_path / "again")
    assert (refused.status, "not_personal" in refused.err) == (4, True)
