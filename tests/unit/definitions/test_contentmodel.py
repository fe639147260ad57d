"""What a schema set allows at an element: children, attributes, facets along derivations."""

import gc
from pathlib import Path

import pytest
from lxml import etree

from checktool.definitions.contentmodel import ContentModel, SimpleType, leaves
from checktool.definitions.xsdfiles import SchemaFiles

XS = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"'
MAIN = f"""<xs:schema {XS} xmlns="urn:a" targetNamespace="urn:a" elementFormDefault="qualified">
<xs:include schemaLocation="./more.xsd"/>
<xs:element name="R" type="Derived"/>
<xs:complexType name="Base"><xs:sequence><xs:element name="A" type="Short"/></xs:sequence>
  <xs:attribute name="k" type="Kind" use="required"/><xs:attributeGroup ref="Both"/></xs:complexType>
<xs:complexType name="Derived"><xs:complexContent><xs:extension base="Base">
  <xs:choice><xs:element ref="B" minOccurs="0"/><xs:group ref="G" maxOccurs="unbounded"/></xs:choice>
  <xs:attribute name="own" form="qualified"/></xs:extension></xs:complexContent></xs:complexType>
<xs:element name="B"><xs:complexType><xs:simpleContent><xs:extension base="Short">
  <xs:attribute name="unit"/></xs:extension></xs:simpleContent></xs:complexType></xs:element>
</xs:schema>"""
MORE = f"""<xs:schema {XS} elementFormDefault="qualified">
<xs:simpleType name="Long"><xs:restriction base="xs:token"><xs:maxLength value="9"/></xs:restriction>
</xs:simpleType>
<xs:simpleType name="Short"><xs:restriction base="Long"><xs:maxLength value="5"/><xs:pattern value="[a-z]*"/>
</xs:restriction></xs:simpleType>
<xs:simpleType name="Kind"><xs:restriction base="xs:string">
<xs:enumeration value="x"/><xs:enumeration value="y"/></xs:restriction></xs:simpleType>
<xs:attributeGroup name="Both"><xs:attribute name="from"/><xs:attribute name="to" use="required"/>
</xs:attributeGroup>
<xs:group name="G"><xs:sequence><xs:element name="C" type="xs:date"/><xs:element name="D"/></xs:sequence>
</xs:group>
</xs:schema>"""


@pytest.fixture
def model(tmp_path: Path) -> ContentModel:
    (tmp_path / "main.xsd").write_text(MAIN, encoding="utf-8")
    (tmp_path / "more.xsd").write_text(MORE, encoding="utf-8")
    made = ContentModel(SchemaFiles(tmp_path / "main.xsd", tmp_path))
    gc.collect()
    return made


def root(model: ContentModel) -> etree._Element:
    found = model.declaration("{urn:a}R")
    assert found is not None
    return found


def test_children_of_an_extension_follow_those_of_its_base(model: ContentModel) -> None:
    names = [leaf.name for leaf in leaves(model.type_of(root(model)).content)]
    assert names == [f"{{urn:a}}{name}" for name in "ABCD"]


def test_attributes_of_base_group_and_own(model: ContentModel) -> None:
    found = {name: required for name, (required, _) in model.type_of(root(model)).attributes.items()}
    assert found == {"k": True, "from": False, "to": True, "{urn:a}own": False}


def test_the_declaration_of_a_node_of_a_document(model: ContentModel) -> None:
    document = etree.fromstring("<R xmlns='urn:a'><A/><B/><C/><X/><D xmlns=''/></R>")
    found = [model.of_document(node) for node in document]
    assert [None if one is None else one.get("name") or one.get("ref") for one in found] == [
        "A", "B", "C", None, None,
    ]  # fmt: skip


def test_facets_along_a_derivation(model: ContentModel) -> None:
    document = etree.fromstring("<R xmlns='urn:a'><A/><B/></R>")
    simple = [
        model.type_of(declaration).simple
        for node in document
        if (declaration := model.of_document(node)) is not None
    ]
    expected = SimpleType("token", {"maxLength": "5", "pattern": "[a-z]*"})
    assert simple == [expected, expected]


def test_choices_of_an_attribute(model: ContentModel) -> None:
    assert model.simple_of(model.type_of(root(model)).attributes["k"][1]).choices == ("x", "y")


def test_what_is_not_declared(model: ContentModel) -> None:
    assert model.declaration("{urn:b}R") is None
    assert model.declaration("R") is None
    assert model.of_document(etree.fromstring("<Other/>")) is None
