# ruff: noqa: E501 - markup stands on one line
"""Whatever constructs an XSD uses, the structure layer agrees with libxml2 given the plain file.

Schemas and documents are drawn together from small pools; enumerations count as long from three values on,
so that what is lifted out of a schema is judged by our sets in nearly every example.
"""

import tempfile
from collections.abc import Iterable
from pathlib import Path
from random import Random
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from checktool.definitions import xsdfiles
from checktool.model.report import CheckReport, LayerStatus
from tests.tiny_pack import SPACE, TinyPack

XS = "http://www.w3.org/2001/XMLSchema"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
LONG = ["A", "B", "C", "D", "1", "2.0", "true", "2024-01-01", "a b"]
BASES = {
    "xs:string": LONG, "xs:token": LONG, "xs:normalizedString": LONG, "xs:anyURI": LONG[:7],
    "xs:integer": ["1", "2", "3", "07"], "xs:decimal": ["1", "2.0", "0.5", "+3"],
    "xs:double": ["1", "2.0", "0.5", "1e3"],
    "xs:date": ["2024-01-01", "2024-01-02Z", "2023-12-31", "2022-02-28"], "xs:NMTOKEN": ["A", "B", "C", "D"],
}  # fmt: skip
TYPES = ["Short", "Long", "Long", "Sub", "Union", "Inline", "List", "Pattern", "Coded", "xs:integer", "xs:date",
         "xs:boolean", "xs:string"]  # fmt: skip
VALUES = [
    "A",
    "B",
    "E",
    "",
    " A ",
    "1",
    "01",
    "2",
    "2.0",
    "1000",
    "true",
    "0",
    "a b",
    "A B",
    "A E",
    "2024-01-01",
]


def _choices(values: Iterable[str]) -> str:
    return "".join(f'<xs:enumeration value="{value}"/>' for value in values)


def types_of(random: Random, base: str, tame: bool) -> str:
    """Simple types, and a complex type with simple content, around one long enumeration."""
    values = BASES[base]
    union, inner, listed = ("Short xs:date", "xs:int", "xs:integer") if tame else (
        random.choice(["Long xs:integer", "xs:date Sub", "Short"]), "Long", "Long")  # fmt: skip
    inside = f'<xs:restriction base="Coded">{_choices(values[:4])}</xs:restriction>'
    wide = f'<xs:complexType name="Wide"><xs:simpleContent>{inside}</xs:simpleContent></xs:complexType>'
    return f"""<xs:simpleType name="Long"><xs:restriction base="{base}">{_choices(values)}</xs:restriction></xs:simpleType>
<xs:simpleType name="Sub"><xs:restriction base="Long">{_choices(values[:2])}</xs:restriction></xs:simpleType>
<xs:simpleType name="Short"><xs:restriction base="xs:string">{_choices("AB")}</xs:restriction></xs:simpleType>
<xs:simpleType name="Union"><xs:union memberTypes="{union}"/></xs:simpleType>
<xs:simpleType name="Inline"><xs:union><xs:simpleType><xs:restriction base="{inner}"/>
</xs:simpleType></xs:union></xs:simpleType>
<xs:simpleType name="List"><xs:list itemType="{listed}"/></xs:simpleType>
<xs:simpleType name="Pattern"><xs:restriction base="xs:string"><xs:pattern value="[A-C ]*"/><xs:maxLength value="2"/>
</xs:restriction></xs:simpleType>
<xs:complexType name="Coded"><xs:simpleContent><xs:extension base="{random.choice(["Long", "xs:string"])}">
<xs:attribute name="k" type="Long"/></xs:extension></xs:simpleContent></xs:complexType>{"" if tame else wide}"""


def element_of(random: Random, name: str, value: str) -> str:
    """A local element of a random type, maybe with a default, a fixed value, nil, or attributes."""
    kind = random.choice(TYPES)
    more = random.choice(
        ["", "", "", "", ' nillable="true"', ' nillable="true"', f' default="{value}"', f' fixed="{value}"']
    )
    bounds = random.choice(["", ' minOccurs="0"', ' minOccurs="0" maxOccurs="2"', ' maxOccurs="unbounded"'])
    if random.random() < 0.15:
        use = random.choice(["", ' use="required"', f' default="{value}"', f' fixed="{value}"'])
        return (f'<xs:element name="{name}"{bounds}><xs:complexType mixed="{random.choice(["true", "false"])}">'
                f'<xs:sequence><xs:element name="x" type="Long" minOccurs="0"/></xs:sequence>'
                f'<xs:attribute name="k" type="{random.choice(["Long", "Sub", "Short", "xs:int"])}"{use}/>'
                "</xs:complexType></xs:element>")  # fmt: skip
    return f'<xs:element name="{name}" type="{kind}"{more}{bounds}/>'


def schema_of(random: Random, base: str, names: str) -> tuple[str, str]:
    """A schema of the root ``Note``, and the file of types that it includes or redefines, if any.

    A tame one has nothing for the sake of which long enumerations stay in the schema.
    """
    tame = random.random() < 0.6
    group = random.choice(["sequence", "sequence", "choice", "all"])
    parts = [element_of(random, name, BASES[base][0]) for name in names]
    if group == "all":
        parts = [part.replace(' maxOccurs="2"', "").replace(' maxOccurs="unbounded"', "") for part in parts]
    elif not tame:
        parts += random.sample(
            ['<xs:element ref="Note" minOccurs="0"/>', '<xs:element ref="head" minOccurs="0"/>',
             f'<xs:any namespace="##other" processContents="{random.choice(["lax", "skip"])}" minOccurs="0"/>',
             f'<xs:any namespace="##local" processContents="{random.choice(["lax", "strict"])}" minOccurs="0"/>'],
            random.choice([0, 0, 1, 2]))  # fmt: skip
    attributes = random.choice(
        ["", "", '<xs:attribute name="k" type="Long"/>', "" if tame else "<xs:anyAttribute/>"]
    )
    key = random.choice(["", "", f'<xs:unique name="u"><xs:selector xpath="t:{names[0]}"/><xs:field xpath="."/>'
                                 "</xs:unique>"])  # fmt: skip
    body = f"""<xs:element name="Note"><xs:complexType><xs:{group}>{"".join(parts)}</xs:{group}>{attributes}
</xs:complexType>{key}</xs:element>
<xs:element name="head" type="xs:string" abstract="{random.choice(["true", "false"])}"/>"""
    if not tame and random.random() < 0.5:
        kind = random.choice(["Pattern", "Short", "xs:string"])
        body += f'<xs:element name="member" type="{kind}" substitutionGroup="head"/>'
    head = f'<xs:schema xmlns:xs="{XS}" xmlns="{SPACE}" xmlns:t="{SPACE}" targetNamespace="{SPACE}" ' \
        'elementFormDefault="qualified">'  # fmt: skip
    types = types_of(random, base, tame)
    if random.random() < 0.5:
        return f"{head}{types}{body}</xs:schema>", ""
    link = f'<xs:include schemaLocation="{random.choice(["./sub/types.xsd", "sub/../sub/types.xsd"])}"/>'
    redefined = '<xs:redefine schemaLocation="sub/types.xsd"><xs:simpleType name="Short"><xs:restriction ' \
        'base="Short"><xs:enumeration value="A"/></xs:restriction></xs:simpleType></xs:redefine>'  # fmt: skip
    link = link if tame else random.choice([link, redefined])
    return f"{head}{link}{body}</xs:schema>", f'<xs:schema xmlns:xs="{XS}">{types}</xs:schema>'


def document_of(random: Random, values: list[str], names: str, depth: int = 0) -> str:
    """A document that often fits: names in order, values of the long list, nil, own types, strangers."""
    wild = random.random() < 0.5
    chosen = sorted(random.choices("abcd", k=random.randint(0, 4))) if wild else names
    inner = "".join(_child(random, values, name, depth, wild) for name in chosen)
    if wild:
        inner += random.choice(["", "", "<head>A</head>", "<member>E</member>", '<z xmlns="">A</z>',
                                '<z xmlns="urn:other">A</z>', '<head xmlns="urn:other">E</head>'])  # fmt: skip
    spaces = (
        f' xmlns="{SPACE}" xmlns:xsi="{XSI}" xsi:schemaLocation="{SPACE} nowhere.xsd"' if not depth else ""
    )
    attribute = random.choice(["", "", ' k="A"', ' k="E"', ' xml:lang="ja"']) if wild else ""
    return f"<Note{spaces}{attribute}>{inner}</Note>"


def _child(random: Random, values: list[str], name: str, depth: int, wild: bool) -> str:
    if wild and depth < 2 and random.random() < 0.2:
        return document_of(random, values, name, depth + 1)
    value = random.choice([*values, *values, "A", "E"])
    if not wild or random.random() < 0.6:
        return f"<{name}>{value}</{name}>"
    more = random.choice(["", "", "", ' k="A"', ' k="E"', ' xsi:nil="true"', ' xsi:type="Long"',
                          ' xsi:type="Sub"', ' xsi:type="Coded"', ' xsi:type="Wide"'])  # fmt: skip
    value = "" if "nil" in more else random.choice(
        [*VALUES, "<x>A</x>", "<x>E</x>", "text<x>B</x>", "<!-- -->A", "<![CDATA[A]]>"])  # fmt: skip
    return f"<{name}{more}>{value}</{name}>"


def verdict(report: CheckReport, place: int) -> LayerStatus:
    """What the structure layer of a document says."""
    return next(layer.status for layer in report.files[place].layers if layer.layer == "structure")


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**9))
def test_the_structure_layer_says_what_libxml2_says_of_the_plain_files(seed: int) -> None:
    random = Random(seed)
    with tempfile.TemporaryDirectory() as folder, patch.object(xsdfiles, "LONGEST", 2):
        pack = TinyPack(Path(folder))
        base, names = random.choice(list(BASES)), "abcd"[: random.randint(1, 4)]
        text, types = schema_of(random, base, names)
        entry = pack.file("xsd/tiny/note.xsd", text)
        pack.form["xsd"] = "note.xsd"
        if types:
            pack.file("xsd/tiny/sub/types.xsd", types)
        try:
            plain = etree.XMLSchema(etree.parse(str(entry)))
        except etree.XMLSchemaParseError:
            return
        documents = [document_of(random, BASES[base], names) for _ in range(12)]
        said = [bool(plain.validate(etree.fromstring(text))) for text in documents]
        report = pack.check(*documents)
        order = [int(file.source.rpartition("/")[2].removesuffix(".xml")) - 1 for file in report.files]
        ours = {number: verdict(report, place) is LayerStatus.PASSED for place, number in enumerate(order)}
        assert [ours[number] for number in range(len(documents))] == said, text + types + "\n".join(documents)
