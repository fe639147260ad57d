# ruff: noqa: E501 - markup stands on one line
"""Schema sets: several files, long enumerations, patterns that libxml2 gives up on."""

import unicodedata

import pytest

from checktool.errors import PackError
from tests.tiny_pack import TinyPack, found, item, layer, note, places

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


HEAD = '<xs:element name="Head" type="xs:string"/>'
UNFIT = {
    "recursion": root('<xs:element name="A" type="Long" minOccurs="0"/><xs:element ref="Note" minOccurs="0"/>'),
    "union": '<xs:simpleType name="U"><xs:union memberTypes="Long xs:integer"/></xs:simpleType>'
    + root('<xs:element name="A" type="U" maxOccurs="2"/>'),
    "union by derivation": '<xs:simpleType name="D"><xs:restriction base="Long"/></xs:simpleType>'
    '<xs:simpleType name="U"><xs:union memberTypes="D xs:integer"/></xs:simpleType>'
    + root('<xs:element name="A" type="U" maxOccurs="2"/>'),
    "union of its own": root('<xs:element name="A"><xs:simpleType><xs:union><xs:simpleType><xs:restriction '
                             'base="Long"/></xs:simpleType></xs:union></xs:simpleType></xs:element>'),
    "list": '<xs:simpleType name="L"><xs:list itemType="Long"/></xs:simpleType>'
    + root('<xs:element name="A" type="L" maxOccurs="2"/>'),
    "wildcard": '<xs:element name="A" type="Long"/>' + root('<xs:any processContents="lax" maxOccurs="2"/>'),
    "substitution": HEAD + '<xs:element name="A" type="Long" substitutionGroup="Head"/>'
    + root('<xs:element ref="Head"/>'),
    "attribute wildcard": '<xs:attribute name="a" type="Long"/>' + root("", "<xs:anyAttribute/>"),
}  # fmt: skip
BAD = {
    "recursion": "<Note><A>K0700</A></Note>", "list": "<A>K0001 K0700</A>", "attribute wildcard": "",
}  # fmt: skip


@pytest.mark.parametrize("case", UNFIT)
def test_a_long_enumeration_counts_wherever_its_type_may_stand(tiny_pack: TinyPack, case: str) -> None:
    tiny_pack.xsd(long_type() + UNFIT[case])
    wildcard = case == "attribute wildcard"
    attribute = 'xmlns:t="urn:tiny" t:a="{}"' if wildcard else ""
    bad = tiny_pack.check(note(BAD.get(case, "<A>K0700</A>"), attribute.format("K0700")))
    good = note(BAD.get(case, "<A>K0700</A>").replace("0700", "0699"), attribute.format("K0699"))
    assert layer(bad, "structure").status == "failed"
    assert layer(tiny_pack.check(good), "structure").status == "passed"


@pytest.mark.parametrize("base", ["xs:double", "xs:date", "xs:hexBinary"])
def test_a_long_enumeration_of_values_that_are_written_in_several_ways(
    tiny_pack: TinyPack, base: str
) -> None:
    values = {
        "xs:double": [f"{number}.0" for number in range(700)],
        "xs:date": [f"{2000 + number}-01-01Z" for number in range(700)],
        "xs:hexBinary": [f"{number:04x}" for number in range(700)],
    }[base]
    same = {"xs:double": "1e1", "xs:date": "2010-01-01+00:00", "xs:hexBinary": "00AB"}[base]
    tiny_pack.xsd(long_type(base, values) + root('<xs:element name="A" type="Long"/>'))
    assert found(tiny_pack.check(note(f"<A>{same}</A>"))) == []


def test_a_document_that_chooses_a_type_is_held_to_its_long_enumeration(tiny_pack: TinyPack) -> None:
    tiny_pack.xsd(
        long_type() + root('<xs:element name="A" type="xs:string"/><xs:element name="B" type="Long"/>')
    )
    spaces = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    text = '<A xsi:type="Long">{}</A><B>K0001</B>'
    assert found(tiny_pack.check(note(text.format("K0001"), spaces))) == []
    assert found(tiny_pack.check(note(text.format("K0700"), spaces))) == [("X111", "/Note[1]/A[1]")]


def test_an_element_that_may_hold_nothing_is_no_unknown_choice(tiny_pack: TinyPack) -> None:
    tiny_pack.xsd(
        long_type()
        + root(
            '<xs:element name="A" type="Long" nillable="true"/><xs:element name="B" type="Long" default="K0001"/>'
        )
    )
    spaces = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    report = tiny_pack.check(note('<A xsi:nil="true"/><B/>', spaces))
    assert layer(report, "structure").status == "passed"


def test_paths_of_windows_and_of_addresses_are_followed(tiny_pack: TinyPack) -> None:
    kind = '<xs:simpleType name="{}"><xs:restriction base="xs:integer"/></xs:simpleType>'
    (tiny_pack.folder / "xsd" / "tiny" / "型 定義").mkdir()
    tiny_pack.xsd(kind.format("S"), "型 定義/Types.xsd")
    tiny_pack.xsd(kind.format("T"), unicodedata.normalize("NFD", "データ.xsd"))
    links = (".\\型 定義\\types.xsd", "%E5%9E%8B%20%E5%AE%9A%E7%BE%A9/TYPES.XSD", "./データ.xsd")
    tiny_pack.xsd(
        "".join(f'<xs:include schemaLocation="{link}"/>' for link in links)
        + root('<xs:element name="A" type="S"/><xs:element name="B" type="T"/>')
    )
    assert found(tiny_pack.check(note("<A>1</A><B>x</B>"))) == [("X109", "/Note[1]/B[1]")]


@pytest.mark.parametrize(
    "location", ["", ' schemaLocation="http://example.invalid/o.xsd"', ' schemaLocation="gone/o.xsd"']
)
def test_an_import_without_a_file_means_the_file_of_its_namespace(tiny_pack: TinyPack, location: str) -> None:
    tiny_pack.file(
        "xsd/tiny/sub/other.xsd",
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:o">'
        '<xs:element name="Sex" type="xs:integer"/></xs:schema>',
    )
    tiny_pack.xsd(
        f'<xs:import namespace="urn:o"{location}/>' + root('<xs:element xmlns:o="urn:o" ref="o:Sex"/>')
    )
    assert found(tiny_pack.check(note('<Sex xmlns="urn:o">x</Sex>'))) == [("X109", "/Note[1]/Sex[1]")]


@pytest.mark.parametrize("location", ["", ' schemaLocation="http://www.w3.org/2001/xml.xsd"'])
def test_the_attributes_of_xml_itself_are_known(tiny_pack: TinyPack, location: str) -> None:
    tiny_pack.xsd(
        f'<xs:import namespace="http://www.w3.org/XML/1998/namespace"{location}/>'
        + root("", '<xs:attribute ref="xml:lang"/><xs:attribute ref="xml:space"/>')
    )
    given = [note("", text) for text in ('xml:lang="ja"', 'xml:lang=""', 'xml:space="all"')]
    assert found(tiny_pack.check(*given)) == [("X111", "/Note[1]/@space")]


def test_a_schema_with_a_doctype_is_read_without_reaching_out(tiny_pack: TinyPack) -> None:
    tiny_pack.xsd(root('<xs:element name="A" type="xs:integer"/>').replace("xs:integer", "&kind;"))
    path = tiny_pack.folder / "xsd" / "tiny" / "note.xsd"
    doctype = '<!DOCTYPE xs:schema PUBLIC "x" "http://example.invalid/x.dtd" [<!ENTITY kind "xs:integer">]>'
    path.write_text(doctype + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert found(tiny_pack.check(note("<A>x</A>"))) == [("X109", "/Note[1]/A[1]")]


def test_what_a_redefinition_adds_is_explained(tiny_pack: TinyPack) -> None:
    part = '<xs:complexType name="P"><xs:sequence><xs:element name="A"/></xs:sequence></xs:complexType>'
    tiny_pack.xsd(part, "parts.xsd")
    tiny_pack.xsd(
        '<xs:redefine schemaLocation="parts.xsd"><xs:complexType name="P"><xs:complexContent><xs:extension '
        'base="P"><xs:sequence><xs:element name="B"/></xs:sequence></xs:extension></xs:complexContent>'
        '</xs:complexType></xs:redefine><xs:element name="Note" type="P"/>'
    )
    assert found(tiny_pack.check(note("<A>1</A><B>1</B>"), note("<A>1</A>"))) == [("X107", "/Note[1]")]


def test_a_schema_that_unfolds_without_end_is_refused(tiny_pack: TinyPack) -> None:
    group = '<xs:group name="G{}"><xs:sequence>{}</xs:sequence></xs:group>'
    groups = [group.format(0, '<xs:element name="A"/>')]
    groups += [group.format(n, f'<xs:group ref="G{n - 1}"/>' * 2) for n in range(1, 40)]
    tiny_pack.xsd("".join(groups) + root('<xs:group ref="G39"/>'))
    with pytest.raises(PackError) as caught:
        tiny_pack.check(note())
    assert (caught.value.code, caught.value.params["reason"]) == ("P004", "size")


def test_a_schema_that_goes_deep_through_itself_is_judged(tiny_pack: TinyPack) -> None:
    names = [f"E{number}" for number in range(60)]
    each = "".join(f'<xs:element ref="{name}" minOccurs="0"/>' for name in names)
    elements = "".join(
        f'<xs:element name="{name}"><xs:complexType><xs:sequence>{each}</xs:sequence></xs:complexType></xs:element>'
        for name in names
    )
    tiny_pack.xsd(elements + root('<xs:element ref="E0"/>'))
    tiny_pack.record(item("E0/E1"))
    assert layer(tiny_pack.check(note("<E0><E1/></E0>")), "structure").status == "passed"
