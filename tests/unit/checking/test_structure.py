"""XSD faults become findings of ours: which code, at which node, with which facts."""

import pytest

from checktool.model.report import LayerStatus
from tests.tiny_pack import SPACE, TinyPack, codes, found, item, layer, note, places

SEX = """<xs:element name="Sex"><xs:simpleType><xs:restriction base="xs:string">
<xs:enumeration value="1"/><xs:enumeration value="2"/></xs:restriction></xs:simpleType></xs:element>"""


def typed(name: str, facets: str, base: str = "xs:string") -> str:
    return (
        f'<xs:element name="{name}"><xs:simpleType><xs:restriction base="{base}">{facets}'
        "</xs:restriction></xs:simpleType></xs:element>"
    )


def test_without_xsd_the_layer_is_absent(tiny_pack: TinyPack) -> None:
    assert layer(tiny_pack.check(note("<Any/>")), "structure").status is LayerStatus.ABSENT


def test_a_fitting_document_passes(tiny_pack: TinyPack) -> None:
    tiny_pack.children(SEX)
    report = tiny_pack.check(note("<Sex>1</Sex>"))
    assert (found(report), layer(report, "structure").status) == ([], LayerStatus.PASSED)


def test_a_missing_element_stands_at_its_parent(tiny_pack: TinyPack) -> None:
    tiny_pack.children('<xs:element name="Name" type="xs:string"/>' + SEX)
    tiny_pack.record(item("Name", "name"), item("Sex", "code"))
    report = tiny_pack.check(note("\n  <Name>a</Name>\n"))
    assert found(report) == [("X107", "/Note[1]")]
    assert places(report) == [("X107", 2, 1)]
    assert report.files[0].findings[0].location.item == "項目Sex"
    assert layer(report, "structure").status is LayerStatus.FAILED


def test_every_missing_attribute_is_told_once(tiny_pack: TinyPack) -> None:
    tiny_pack.children("", '<xs:attribute name="a" use="required"/><xs:attribute name="b" use="required"/>')
    report = tiny_pack.check(note())
    assert [(one.code, one.location.item) for one in report.files[0].findings] == [
        ("X107", "@a"),
        ("X107", "@b"),
    ]


def test_an_element_too_much(tiny_pack: TinyPack) -> None:
    tiny_pack.children(SEX)
    report = tiny_pack.check(note("\n<Sex>1</Sex>\n <Else/>"))
    assert found(report) == [("X108", "/Note[1]/Else[1]")]
    assert places(report) == [("X108", 4, 2)]
    assert report.files[0].findings[0].param("name") == "Else"


def test_attributes_too_many_are_told_once_each(tiny_pack: TinyPack) -> None:
    tiny_pack.children(SEX, '<xs:attribute name="kind"/>')
    report = tiny_pack.check(note("<Sex>1</Sex>", 'kind="x" odd="1" even="2"'))
    assert found(report) == [("X108", "/Note[1]/@odd"), ("X108", "/Note[1]/@even")]


@pytest.mark.parametrize(
    ("base", "value"),
    [("xs:integer", "1.5"), ("xs:decimal", "1,5"), ("xs:date", "2026-02-30"), ("xs:gYearMonth", "2026-13")],
)
def test_a_value_of_another_type(tiny_pack: TinyPack, base: str, value: str) -> None:
    tiny_pack.children(f'<xs:element name="V" type="{base}"/>')
    report = tiny_pack.check(note(f"<V>{value}</V>"))
    (finding,) = report.files[0].findings
    assert (finding.code, finding.location.xpath) == ("X109", "/Note[1]/V[1]")
    assert (finding.param("type"), finding.param("value")) == (base.removeprefix("xs:"), value)


@pytest.mark.parametrize(
    ("facet", "value", "good", "rule", "limit"),
    [
        ("maxLength", "abcd", "abc", "max_length", "3"), ("minLength", "ab", "abc", "min_length", "3"),
        ("length", "ab", "abc", "length", "3"), ("pattern", "x", "777", "pattern", "[0-9]{3}"),
    ],
)  # fmt: skip
def test_a_facet_of_strings(
    tiny_pack: TinyPack, facet: str, value: str, good: str, rule: str, limit: str
) -> None:
    tiny_pack.children(typed("V", f'<xs:{facet} value="{limit}"/>'))
    report = tiny_pack.check(note(f"<V>{value}</V>"), note(f"<V>{good}</V>"))
    assert found(report) == [("X110", "/Note[1]/V[1]")]
    finding = report.files[0].findings[0]
    assert [finding.param(name) for name in ("rule", "limit", "n")] == [rule, limit, len(value)]


@pytest.mark.parametrize(
    ("facet", "bad", "good", "rule"),
    [
        ("minInclusive", "4", "5", "min"), ("maxInclusive", "6", "5", "max"),
        ("minExclusive", "5", "6", "min_exclusive"), ("maxExclusive", "5", "4", "max_exclusive"),
        ("totalDigits", "123456", "12345", "digits"),
    ],
)  # fmt: skip
def test_a_facet_of_numbers(tiny_pack: TinyPack, facet: str, bad: str, good: str, rule: str) -> None:
    tiny_pack.children(typed("V", f'<xs:{facet} value="5"/>', "xs:decimal"))
    report = tiny_pack.check(note(f"<V>{bad}</V>"), note(f"<V>{good}</V>"))
    assert found(report) == [("X110", "/Note[1]/V[1]")]
    assert report.files[0].findings[0].param("rule") == rule


def test_a_value_that_is_no_choice(tiny_pack: TinyPack) -> None:
    tiny_pack.children(SEX)
    report = tiny_pack.check(note("<Sex>3</Sex>"), note("<Sex>2</Sex>"))
    assert found(report) == [("X111", "/Note[1]/Sex[1]")]
    assert report.files[0].findings[0].param("choices") == "1、2"


def test_an_attribute_that_is_no_choice_stands_at_its_name(tiny_pack: TinyPack) -> None:
    kind = SEX.replace('element name="Sex"', 'attribute name="kind"').replace("xs:element>", "xs:attribute>")
    tiny_pack.children("", kind)
    report = tiny_pack.check(note(attributes='\n  kind="9"'))
    assert found(report) == [("X111", "/Note[1]/@kind")]
    assert places(report) == [("X111", 3, 3)]
    assert report.files[0].findings[0].param("value") == "9"


def test_several_facets_of_one_value_are_one_finding(tiny_pack: TinyPack) -> None:
    tiny_pack.children(typed("V", '<xs:maxLength value="2"/><xs:pattern value="[0-9]*"/>'))
    report = tiny_pack.check(note("<V>abc</V>"))
    assert found(report) == [("X110", "/Note[1]/V[1]")]
    assert report.files[0].findings[0].param("rule") == "max_length"


def test_an_optional_element_stands_there_empty(tiny_pack: TinyPack) -> None:
    tiny_pack.children(
        '<xs:element name="A" type="xs:string" minOccurs="0"/><xs:element name="B" type="xs:string"/>'
    )
    report = tiny_pack.check(note("<A/><B/>"), note("<B/>"))
    assert found(report) == [("X112", "/Note[1]/A[1]")]
    assert layer(report, "structure").status is LayerStatus.PASSED


def test_a_nil_element_counts_as_empty(tiny_pack: TinyPack) -> None:
    tiny_pack.children('<xs:element name="A" type="xs:date" nillable="true"/>')
    nil = '<A xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true"/>'
    assert found(tiny_pack.check(note(nil))) == [("X112", "/Note[1]/A[1]")]


def test_an_empty_optional_element_of_a_wrong_type_is_told_once(tiny_pack: TinyPack) -> None:
    tiny_pack.children('<xs:element name="A" type="xs:date" minOccurs="0"/>')
    assert codes(tiny_pack.check(note("<A/>"))) == ["X109"]


@pytest.mark.parametrize(
    ("body", "document"),
    [
        ('<xs:element name="On" type="xs:date"/>', "<On> 2026-01-01\n</On>"),
        ('<xs:element name="On" type="xs:gYear"/>', "<On> 2026 </On>"),
        ('<xs:element name="On" type="xs:dateTime"/>', "<On>\t2026-01-01T00:00:00 </On>"),
        (typed("On", '<xs:minInclusive value="2026-01-01"/>', "xs:date"), "<On> 2026-01-01 </On>"),
    ],
    ids=["date", "gYear", "dateTime", "bounded"],
)
def test_white_space_around_a_date_is_no_fault(tiny_pack: TinyPack, body: str, document: str) -> None:
    tiny_pack.children(body)
    assert found(tiny_pack.check(note(document))) == []


def test_white_space_around_a_date_attribute_is_no_fault(tiny_pack: TinyPack) -> None:
    tiny_pack.children("", '<xs:attribute name="on" type="xs:date"/>')
    assert found(tiny_pack.check(note(attributes='on=" 2026-01-01 "'))) == []


def test_forgiving_a_date_keeps_the_other_faults_in_their_places(tiny_pack: TinyPack) -> None:
    tiny_pack.children('<xs:element name="On" type="xs:date" maxOccurs="3"/>' + SEX)
    report = tiny_pack.check(note("<On> 2026-01-01 </On><On> 2026-02-30 </On><On>x</On>\n<Sex>0</Sex>"))
    assert found(report) == [
        ("X109", "/Note[1]/On[2]"), ("X109", "/Note[1]/On[3]"), ("X111", "/Note[1]/Sex[1]"),
    ]  # fmt: skip
    assert places(report)[2] == ("X111", 3, 1)


VALUED = '<xs:element name="A"/><xs:element name="N" type="xs:integer"/>'


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (note("<N>x</N>"), [("X107", "/Note[1]"), ("X109", "/Note[1]/N[1]")]),
        (note("<N>x</N><A/>"), [("X108", "/Note[1]/N[1]"), ("X109", "/Note[1]/N[1]")]),
        (note("<A/><B/><N>x</N>"), [("X108", "/Note[1]/B[1]"), ("X109", "/Note[1]/N[1]")]),
        (note("<A/><B/><N>1</N>"), [("X108", "/Note[1]/B[1]")]),
    ],
)
def test_values_behind_a_fault_of_content_are_judged(
    tiny_pack: TinyPack, document: str, expected: list[tuple[str, str]]
) -> None:
    """libxml2 passes over them; people mend everything in one round."""
    tiny_pack.children(VALUED)
    assert sorted(found(tiny_pack.check(document))) == expected


def test_faults_behind_faults_are_told_at_every_depth(tiny_pack: TinyPack) -> None:
    inner = f"<xs:complexType><xs:sequence>{VALUED}</xs:sequence></xs:complexType>"
    parts = "".join(f'<xs:element name="{name}">{inner}</xs:element>' for name in "PQ")
    tiny_pack.children(f'<xs:element name="First"/>{parts}<xs:element name="On" type="xs:date"/>')
    assert found(tiny_pack.check(note("<P><N>x</N></P><Q><A/><N>y</N><Z/></Q><On> 2026-13-01 </On>"))) == [
        ("X107", "/Note[1]"), ("X107", "/Note[1]/P[1]"), ("X109", "/Note[1]/P[1]/N[1]"),
        ("X109", "/Note[1]/Q[1]/N[1]"), ("X108", "/Note[1]/Q[1]/Z[1]"), ("X109", "/Note[1]/On[1]"),
    ]  # fmt: skip


def test_a_key_is_not_judged_by_what_was_made_up(tiny_pack: TinyPack) -> None:
    key = '<xs:unique name="u"><xs:selector xpath="n:K"/><xs:field xpath="."/></xs:unique>'
    tiny_pack.xsd(
        f'<xs:element name="Note"><xs:complexType><xs:sequence><xs:element name="K" type="xs:string" '
        'minOccurs="3" maxOccurs="4"/><xs:element name="N" type="xs:integer"/></xs:sequence></xs:complexType>'
        f"{key}</xs:element>",
        attributes=f'xmlns:n="{SPACE}"',
    )
    assert found(tiny_pack.check(note("<K/><N>x</N>"))) == [("X107", "/Note[1]"), ("X109", "/Note[1]/N[1]")]


def test_prefixes_and_nested_namespaces_do_not_move_a_finding(tiny_pack: TinyPack) -> None:
    tiny_pack.children('<xs:any namespace="##other" processContents="skip" minOccurs="0"/>' + SEX)
    document = '<t:Note xmlns:t="urn:tiny"><x:Sex xmlns:x="urn:x">9</x:Sex>\n<t:Sex>9</t:Sex></t:Note>'
    report = tiny_pack.check(document)
    assert places(report) == [("X111", 2, 1)]


def test_faults_of_several_groups_are_all_told(tiny_pack: TinyPack) -> None:
    group = (
        '<xs:complexType><xs:sequence><xs:element name="D" type="xs:string"/>'
        '<xs:element name="On" type="xs:date" minOccurs="0"/></xs:sequence></xs:complexType>'
    )
    names = ("A", "B", "C")
    tiny_pack.children("".join(f'<xs:element name="{name}">{group}</xs:element>' for name in names))
    report = tiny_pack.check(note("<A><On> 2026-01-01 </On></A>\n<B/>"))
    assert found(report) == [("X107", "/Note[1]"), ("X107", "/Note[1]/A[1]"), ("X107", "/Note[1]/B[1]")]
    assert [one.location.item for one in report.files[0].findings] == ["C", "D", "D"]


def test_text_between_elements_is_told_at_its_parent(tiny_pack: TinyPack) -> None:
    tiny_pack.children(SEX)
    assert found(tiny_pack.check(note("loose<Sex>1</Sex>"))) == [("X108", "/Note[1]")]
