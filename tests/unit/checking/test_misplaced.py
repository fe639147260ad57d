"""X108 names the child or attribute that may not stand there, and says how it is at fault."""

from checktool.wording import Wording
from tests.tiny_pack import SPACE, TinyPack, found, item, note, places

NAME = """<xs:element name="Name"><xs:complexType><xs:sequence><xs:element name="Family" type="xs:string"/>
<xs:element name="Given" type="xs:string"/></xs:sequence></xs:complexType></xs:element>"""


def sentences(tiny_pack: TinyPack, document: str) -> list[str]:
    return [Wording().explain(one).message for one in tiny_pack.check(document).files[0].findings]


def test_markup_in_a_text_is_told_at_the_markup(tiny_pack: TinyPack) -> None:
    tiny_pack.children('<xs:element name="Summary" type="xs:string"/>')
    tiny_pack.record(item("Summary"))
    report = tiny_pack.check(note("\n<Summary>a\n <b>x</b> y</Summary>"))
    assert found(report) == [("X108", "/Note[1]/Summary[1]/b[1]")]
    assert places(report) == [("X108", 4, 2)]
    assert report.files[0].findings[0].param("name") == "b"


def test_markup_in_a_text_with_attributes_is_told_at_the_markup(tiny_pack: TinyPack) -> None:
    inner = '<xs:simpleContent><xs:extension base="xs:string"/></xs:simpleContent>'
    tiny_pack.children(f'<xs:element name="A"><xs:complexType>{inner}</xs:complexType></xs:element>')
    assert found(tiny_pack.check(note("<A>a<b/><i/></A>"))) == [
        ("X108", "/Note[1]/A[1]/b[1]"),
        ("X108", "/Note[1]/A[1]/i[1]"),
    ]


def test_an_element_more_often_than_allowed(tiny_pack: TinyPack) -> None:
    tiny_pack.children(
        '<xs:element name="A" type="xs:string" maxOccurs="2"/><xs:element name="B" type="xs:string"/>'
    )
    report = tiny_pack.check(note("<A>1</A><A>2</A>\n<A>3</A><B/>"))
    (finding,) = report.files[0].findings
    assert (finding.location.line, finding.param("n"), finding.param("max")) == (3, 3, 2)
    said = Wording().explain(finding).message
    assert said == "「A」が 3 つ並んでいます。様式の定義で置けるのは 2 つまでです。"


def test_a_strange_element_is_named_once(tiny_pack: TinyPack) -> None:
    tiny_pack.children("")
    tiny_pack.record(item("A"))
    assert sentences(tiny_pack, note("<BloodType>A</BloodType>")) == [
        "「BloodType」は、様式の定義ではこの位置に置けない項目です。"
    ]
    assert sentences(tiny_pack, note("<A>1</A>")) == [
        "「項目A」は、様式の定義ではこの位置に置けない項目です。XML での名前は A です。"
    ]


def test_a_strange_attribute_is_named_without_its_sign(tiny_pack: TinyPack) -> None:
    tiny_pack.children("")
    said = ["「odd」は、様式の定義ではこの要素に付けられない属性です。"]
    assert sentences(tiny_pack, note(attributes='odd="1"')) == said


def test_what_is_expected_goes_by_its_japanese_name(tiny_pack: TinyPack) -> None:
    tiny_pack.children(NAME)
    tiny_pack.record(
        {**item("Name/Family"), "item": "患者氏名 姓"},
        {**item("Name/Given"), "item": "患者氏名 名"},
        item("Else"),
    )
    (said,) = sentences(tiny_pack, note("<X/><Name><Family>a</Family><Given>b</Given></Name>"))
    assert said.endswith("この位置に置けるのは 患者氏名 です。")


KEYED = """<xs:element name="Note"><xs:complexType><xs:sequence>
<xs:element name="A" type="xs:string" maxOccurs="9"/>
<xs:element name="R" type="xs:string" minOccurs="0"/></xs:sequence></xs:complexType>
<xs:key name="k"><xs:selector xpath="n:A"/><xs:field xpath="."/></xs:key>
<xs:keyref name="r" refer="n:k"><xs:selector xpath="n:R"/><xs:field xpath="."/></xs:keyref></xs:element>"""


def test_a_key_given_twice_or_missing_is_said_in_its_own_words(tiny_pack: TinyPack) -> None:
    tiny_pack.record(item("A"), item("R"))
    tiny_pack.xsd(KEYED, attributes=f'xmlns:n="{SPACE}"')
    report = tiny_pack.check(note("<A>1</A><A>1</A>\n<R>7</R>"))
    assert found(report) == [("X110", "/Note[1]/A[2]"), ("X110", "/Note[1]/R[1]")]
    said = Wording().explain(report.files[0].findings[0]).message
    assert said == (
        "「項目A」の値は、ほかの値との関わりが様式の定義に合いません。"
        "同じ値が重なっているか、組になる値がありません。"
    )
