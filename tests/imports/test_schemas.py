"""Schema sets of other people: how they hang together, how large they are, what they call things."""

import zipfile
from pathlib import Path

import pytest

from checktool.definitions.importing import tree

from .conftest import Importer, Run

HEAD = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:k" targetNamespace="urn:k" ' \
    'elementFormDefault="qualified">'  # fmt: skip
ENTRY = (
    HEAD
    + """
<xs:include schemaLocation="./coreschemas/datatypes.xsd"/><xs:include schemaLocation="coreschemas/voc.xsd"/>
<xs:element name="Document" type="Document"/>
<xs:complexType name="Document"><xs:all>
<xs:element name="code" type="CD"/><xs:element name="title" type="ST" minOccurs="0"/>
</xs:all></xs:complexType></xs:schema>"""
)
DATATYPES = (
    HEAD
    + """
<xs:include schemaLocation="voc.xsd"/><xs:include schemaLocation="datatypes-base.xsd"/>
<xs:simpleType name="ST"><xs:annotation><xs:documentation>短い文</xs:documentation></xs:annotation>
<xs:restriction base="xs:string"><xs:maxLength value="20"/></xs:restriction></xs:simpleType></xs:schema>"""
)
BASE = (
    HEAD
    + """
<xs:include schemaLocation="./datatypes.xsd"/><xs:include schemaLocation="../coreschemas/voc.xsd"/>
<xs:complexType name="CD"><xs:annotation><xs:documentation xml:lang="ja">コード付きの値</xs:documentation>
</xs:annotation><xs:sequence><xs:element name="originalText" type="ST" minOccurs="0"/>
<xs:element name="translation" type="CD" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
<xs:attribute name="code" type="cs"/></xs:complexType></xs:schema>"""
)
VOC = (
    HEAD
    + """<xs:simpleType name="cs"><xs:restriction base="xs:token"><xs:pattern value="[^\\s]+"/>
</xs:restriction></xs:simpleType></xs:schema>"""
)
DOCUMENT = '<Document xmlns="urn:k"><code code="{}"><translation code="b"/></code></Document>'


def deliver(folder: Path) -> Path:
    """A set whose files include each other in a circle, by paths written in several ways."""
    (folder / "XSD" / "coreschemas").mkdir(parents=True)
    (folder / "XSD" / "hc.xsd").write_text(ENTRY, encoding="utf-8")
    for name, text in (("datatypes", DATATYPES), ("datatypes-base", BASE), ("voc", VOC)):
        (folder / "XSD" / "coreschemas" / f"{name}.xsd").write_text(text, encoding="utf-8")
    return folder


def verdicts(importer: Importer, pack: Path, folder: Path) -> list[int]:
    """The exit codes for a document that fits and one that does not."""
    found = []
    for code in ("a", "a b"):
        path = folder / "d.xml"
        path.write_text(DOCUMENT.format(code), encoding="utf-8")
        found.append(importer.run("check", path, "--pack", pack).status)
    return found


@pytest.mark.parametrize(
    "way", ["absolute", "relative", "dotted", "up", "entry folder", "zip", "windows zip"]
)
def test_a_circle_of_includes_loads_by_any_kind_of_path(
    importer: Importer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    folder = deliver(tmp_path / "特定 健診")
    monkeypatch.chdir(tmp_path)
    files = [path for path in folder.rglob("*") if path.is_file()]
    if "zip" in way:
        with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
            for path in files:
                name = path.relative_to(folder).as_posix()
                entry = zipfile.ZipInfo(f"配布\\{name}".replace("/", "\\") if way == "windows zip" else name)
                entry.filename = entry.orig_filename
                archive.writestr(entry, path.read_bytes())
    source = {
        "absolute": str(folder), "relative": "特定 健診", "dotted": "./特定 健診/.", "up": "特定 健診/XSD/..",
        "entry folder": "特定 健診/XSD",
    }.get(way, "in.zip")  # fmt: skip
    answer = importer(source, "--id", "kenshin", "-o", "out")
    assert answer.status == 0, answer.err
    assert importer.run("pack", "lint", "out").status == 0
    assert verdicts(importer, tmp_path / "out", tmp_path) == [0, 1]


def test_a_type_gives_its_label_to_what_has_none(importer: Importer, tmp_path: Path) -> None:
    importer(deliver(tmp_path / "in"), "--id", "kenshin", "-o", tmp_path / "out")
    rows = (tmp_path / "out" / "rules" / "kenshin" / "records").glob("*.csv")
    text = next(rows).read_text(encoding="utf-8")
    assert "短い文,title," in text
    assert "code/translation/@code" in text
    assert "translation/translation" not in text


def large(importer: Importer, tmp_path: Path) -> Run:
    """Import a set whose types hold each other again and again."""
    names = [f"T{number}" for number in range(12)]
    each = "".join(f'<xs:element name="{name}" type="{name}" minOccurs="0"/>' for name in names)
    inner = f'<xs:sequence>{each}</xs:sequence><xs:attribute name="v"/>'
    types = "".join(f'<xs:complexType name="{name}">{inner}</xs:complexType>' for name in names)
    (tmp_path / "r.xsd").write_text(
        f'{HEAD}{types}<xs:element name="R" type="T0"/></xs:schema>', encoding="utf-8"
    )
    return importer(tmp_path / "r.xsd", "--id", "kakuu", "-o", tmp_path / "out")


def test_of_a_set_without_end_the_upper_part_is_taken(
    importer: Importer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tree, "MOST_NODES", 500)
    answer = large(importer, tmp_path)
    assert answer.status == 0
    assert "浅いところから" in answer.out
    rows = (tmp_path / "out/rules/kakuu/records/r.csv").read_text(encoding="utf-8").splitlines()[1:]
    paths = [row.split(",")[3] for row in rows]
    assert len(paths) == len(set(paths)) <= 520
    assert {path.count("/") for path in paths} <= {0, 1, 2, 3}
    assert importer.run("pack", "lint", tmp_path / "out").status == 0


def test_an_import_that_is_not_needed_may_be_missing(importer: Importer, tmp_path: Path) -> None:
    folder = deliver(tmp_path / "in")
    entry = folder / "XSD" / "hc.xsd"
    link = '<xs:import namespace="urn:sign" schemaLocation="http://example.invalid/sign.xsd"/>'
    entry.write_text(ENTRY.replace(HEAD, HEAD + link), encoding="utf-8")
    answer = importer(folder, "--id", "kenshin", "-o", tmp_path / "out")
    assert answer.status == 0
    assert "「http://example.invalid/sign.xsd」は、資料の中にありません" in answer.out


def test_an_import_that_is_needed_may_not_be_missing(importer: Importer, tmp_path: Path) -> None:
    folder = deliver(tmp_path / "in")
    entry = folder / "XSD" / "hc.xsd"
    text = ENTRY.replace(HEAD, HEAD + '<xs:import namespace="urn:sign" schemaLocation="sign.xsd"/>')
    text = text.replace("<xs:all>", '<xs:all><xs:element xmlns:s="urn:sign" ref="s:Sign"/>')
    entry.write_text(text, encoding="utf-8")
    answer = importer(folder, "--id", "kenshin", "-o", tmp_path / "out")
    assert answer.status == 4
    assert "P021" in answer.err
    assert "sign.xsd" in answer.err
