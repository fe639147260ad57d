"""Schema sets: several files, long enumerations, patterns that libxml2 gives up on."""

import pytest

from checktool.errors import PackError
from tests.tiny_pack import TinyPack, found, note, places

CODES = [f"K{number:04}" for number in range(700)]


def long_type(base: str = "xs:string", values: list[str] = CODES, name: str = "Long") -> str:
    choices = "".join(f'<xs:enumeration value="{value}"/>' for value in values)
    inner = f'<xs:restriction base="{base}">{choices}</xs:restriction>'
    return f'<xs:simpleType name="{name}">{inner}</xs:simpleType>'


def root(body: str, attributes: str = "") -> str:
    inner = f"<xs:complexType><xs:sequence>{body}</xs:sequence>{attributes}</xs:complexType>"
    return f'<xs:element name="Note">{inner}</xs:element>'


def test_a_long_enumeration_is_judged_all_the_same(tiny_pack: TinyPack) -> None:
    tiny_pack.xsd(long_type() + root('<xs:element name="A" type="Long" maxOccurs="3"/>'))
    report = tiny_pack.check(note("<A>K0000</A><A>K0699</A>\n<A>K0700</A>"))
    assert found(report) == [("X111", "/Note[1]/A[3]")]
    assert places(report) == [("X111", 3, 1)]


def test_a_long_enumeration_of_an_attribute(tiny_pack: TinyPack) -> None:
    attribute = '<xs:attribute name="code" type="Long"/>'
    inner = f'<xs:element name="A" maxOccurs="2"><xs:complexType>{attribute}</xs:complexType></xs:element>'
    tiny_pack.xsd(long_type() + root(inner))
    report = tiny_pack.check(note('<A code="K0001"/><A code="k0001"/>'))
    assert found(report) == [("X111", "/Note[1]/A[2]/@code")]


def test_a_long_enumeration_keeps_its_other_facets(tiny_pack: TinyPack) -> None:
    short = ('<xs:simpleType name="Short"><xs:restriction base="Long"><xs:pattern value="K00.*"/>'
             "</xs:restriction></xs:simpleType>")  # fmt: skip
    tiny_pack.xsd(long_type() + short + root('<xs:element name="A" type="Short" maxOccurs="3"/>'))
    report = tiny_pack.check(note("<A>K0001</A><A>K0101</A><A>K00xx</A>"))
    assert found(report) == [("X110", "/Note[1]/A[2]"), ("X111", "/Note[1]/A[3]")]


@pytest.mark.parametrize(
    ("base", "values", "given"),
    [
        ("xs:token", CODES, " K0001 "),
        ("xs:normalizedString", [*CODES, "a b"], "a\nb"),
        ("xs:integer", [str(number) for number in range(700)], "007"),
        ("xs:decimal", [str(number) for number in range(700)], "7.0"),
    ],
)
def test_values_equal_by_their_type_are_choices(
    tiny_pack: TinyPack, base: str, values: list[str], given: str
) -> None:
    tiny_pack.xsd(long_type(base, values) + root('<xs:element name="A" type="Long"/>'))
    assert found(tiny_pack.check(note(f"<A>{given}</A>"))) == []
    assert found(tiny_pack.check(note("<A>no</A>")))[0][1] == "/Note[1]/A[1]"


def test_names_of_one_file_written_in_two_ways_are_one_file(tiny_pack: TinyPack) -> None:
    tiny_pack.xsd('<xs:simpleType name="S"><xs:restriction base="xs:string"/></xs:simpleType>', "base.xsd")
    tiny_pack.xsd('<xs:include schemaLocation="./base.xsd"/>', "middle.xsd")
    tiny_pack.xsd(
        '<xs:include schemaLocation="base.xsd"/><xs:include schemaLocation="./middle.xsd"/>'
        '<xs:include schemaLocation="sub/../base.xsd"/>' + root('<xs:element name="A" type="S"/>')
    )
    assert found(tiny_pack.check(note("<A/>"))) == []


def test_an_included_file_without_a_namespace_takes_that_of_the_form(tiny_pack: TinyPack) -> None:
    tiny_pack.file(
        "xsd/tiny/parts.xsd",
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">'
        '<xs:complexType name="Parts"><xs:sequence><xs:element name="A" type="xs:integer"/>'
        '<xs:element name="B" minOccurs="0"/></xs:sequence></xs:complexType></xs:schema>',
    )
    tiny_pack.xsd('<xs:include schemaLocation="parts.xsd"/><xs:element name="Note" type="Parts"/>')
    assert found(tiny_pack.check(note("<A>x</A>"), note("<B/>"))) == [
        ("X109", "/Note[1]/A[1]"), ("X107", "/Note[1]"), ("X112", "/Note[1]/B[1]"),
    ]  # fmt: skip


def test_an_imported_file_keeps_its_namespace(tiny_pack: TinyPack) -> None:
    tiny_pack.file(
        "xsd/tiny/other.xsd",
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:o" '
        'elementFormDefault="qualified"><xs:element name="Sex" type="xs:integer"/></xs:schema>',
    )
    tiny_pack.xsd(
        '<xs:import namespace="urn:o" schemaLocation="other.xsd"/>'
        + root('<xs:element xmlns:o="urn:o" ref="o:Sex"/>')
    )
    assert found(tiny_pack.check(note('<Sex xmlns="urn:o">x</Sex>'))) == [("X109", "/Note[1]/Sex[1]")]
    assert found(tiny_pack.check(note("<Sex>1</Sex>"))) == [("X108", "/Note[1]/Sex[1]")]


@pytest.mark.parametrize(
    "location",
    ["../../rules/tiny/pack.toml", "../../../outside.xsd", "http://localhost:9/a.xsd", "//x/a.xsd"],
)
def test_a_schema_may_not_leave_its_pack(tiny_pack: TinyPack, location: str) -> None:
    tiny_pack.xsd(f'<xs:include schemaLocation="{location}"/>' + root(""))
    with pytest.raises(PackError) as caught:
        tiny_pack.check(note())
    assert (caught.value.code, caught.value.params["target"]) == ("P008", location)


def test_a_file_that_is_missing_or_broken_is_named(tiny_pack: TinyPack) -> None:
    tiny_pack.xsd('<xs:include schemaLocation="gone.xsd"/>' + root(""))
    with pytest.raises(PackError) as caught:
        tiny_pack.check(note())
    assert (caught.value.code, caught.value.params["file"]) == ("P004", "gone.xsd")
    tiny_pack.file("xsd/tiny/gone.xsd", "<xs:schema")
    with pytest.raises(PackError) as caught:
        tiny_pack.check(note())
    assert (caught.value.code, caught.value.params["file"]) == ("P004", "gone.xsd")


def test_a_schema_that_does_not_hang_together_is_refused(tiny_pack: TinyPack) -> None:
    tiny_pack.xsd(root('<xs:element name="A" type="Nowhere"/>'))
    with pytest.raises(PackError) as caught:
        tiny_pack.check(note())
    assert (caught.value.code, caught.value.params["file"]) == ("P004", "note.xsd")
