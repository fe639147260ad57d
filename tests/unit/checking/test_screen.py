# ruff: noqa: E501 - each case is one line
"""The quick look: what it passes over has no hit when looked at closely, and clean documents do pass."""

import re
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from checktool.checking import repertoire
from checktool.checking.check import Subject
from checktool.checking.codes import Codes
from checktool.checking.facts import FactFinder
from checktool.checking.leaves import LeafFinder
from checktool.checking.screen import Screen
from checktool.checking.structure import Structure
from checktool.checking.text import Text, spoken_of
from checktool.definitions.pack import load
from checktool.definitions.xsdfiles import SchemaFiles
from checktool.model.definition import DefinitionPack, Form
from checktool.reading import parsing
from checktool.reading.document import Document
from checktool.reading.nodes import item_path
from checktool.samples.make import Request, samples
from tests.tiny_pack import SPACE, TinyPack, item, note

PACK = load("nanshou-sample")
ON = date(2026, 11, 22)
N = "{urn:checktool:nanshou:2025}"

Said = list[list[tuple[str, str]]]


class Room:
    """All that looks at the values of one form's documents: quickly, and closely."""

    def __init__(self, pack: DefinitionPack, form: Form) -> None:
        self.pack = pack
        files = SchemaFiles(form.xsd, pack.xsd_folder) if form.xsd else None
        codes = Codes(form, pack, ON, frozenset())
        self.facts = FactFinder(form, pack)
        self.layers = (Structure(form, files), Text(form, pack.encoding), codes)
        self.screen = Screen(form, files, codes.items, self.facts.wants)
        self.leaves = LeafFinder()

    def document(self, data: bytes) -> Document:
        return Document("1.xml", "", parsing.parse(data, self.pack.limits), data, "/Root")

    def passes(self, data: bytes | str, day: date = ON) -> bool:
        """Whether a document is passed over; if so, a close look must say the same and nothing more."""
        document = self.document(data if isinstance(data, bytes) else data.encode("utf-8"))
        seen = self.screen.look(document, day)
        if seen is None:
            return False
        values = self.leaves.leaves(document.root)
        closely = self.said(document, day, values)
        assert closely == self.said(document, day, [])
        assert closely[1:] == [[], []]
        pairs = [(path, value) for path, _, _, value in values]
        assert self.facts.facts(document, seen.values) == self.facts.facts(document, pairs)
        return True

    def said(self, document: Document, day: date, values: Sequence[object]) -> Said:
        subject = Subject(document, day, list(values))  # type: ignore[arg-type]
        return [
            [
                (hit.code, hit.item_path or item_path(hit.node, hit.attribute))
                for hit in layer.check(subject).hits
            ]
            for layer in self.layers
        ]


ROOMS = {form.id: Room(PACK, form) for form in PACK.forms}
CLEAN = [
    (form, file.data)
    for form in ROOMS
    for kind in ("min", "full")
    for file in samples(PACK, Request(form, ON, seed=5, count=12, variant=kind))
]
FULL = next(data for form, data in reversed(CLEAN) if form == "opinion").decode("utf-8")
PIECES = [
    *("　", " ", "\n", "\t", "?", "??", "？？", "●", "ー", "−", "‐", "1ー2", "１−２", "３", "Ａ", "ｱ", "髙", "𠮷", "①", "Ⅷ"),
    *("葛\U000e0100", "か\u3099", "\ue000", "\ufffd", "\u200b", "\u00a0", "\x85", "<", "&", '"', "'", "O", "l", "|"),
    *("-", "+", "山 田", "a b", "9999", "てすと", "山田太郎", "new", "1", "3", "06", "24", "x" * 30, "あ" * 60, "行\n" * 9),
    *("2026-01-01", "ゔ", "ゝ", "・", ">", "]]", "VS-SBP", "done"),
]  # fmt: skip


@pytest.mark.parametrize(("form", "data"), CLEAN)
def test_clean_samples_pass(form: str, data: bytes) -> None:
    assert ROOMS[form].passes(data)


@st.composite
def changed(draw: st.DrawFn, documents: Sequence[tuple[str, bytes]] = CLEAN) -> tuple[str, bytes]:
    """A clean document with up to three values changed, spelled in one way or another."""
    form, data = draw(st.sampled_from(documents))
    root = etree.fromstring(data)
    nodes = [node for node in root.iter(etree.Element) if node.attrib or not len(node)]
    for _ in range(draw(st.integers(1, 3))):
        node = draw(st.sampled_from(nodes))
        name = draw(st.sampled_from([*map(str, node.attrib), *([""] if not len(node) else [])]))
        value = str(node.get(name, "")) if name else node.text or ""
        piece = draw(st.one_of(st.sampled_from(PIECES), st.characters(codec="utf-8").map(lambda char: char)))
        place = draw(st.sampled_from([0, len(value) // 2, len(value)]))
        value = draw(st.sampled_from([piece, value[:place] + piece + value[place:], value[1:], ""]))
        try:
            if name:
                node.set(name, value)
            else:
                node.text = value
        except ValueError:
            continue
    text = etree.tostring(root, encoding="unicode")
    old, new = draw(
        st.sampled_from([("", ""), ("\n", "\r\n"), ("\n  ", "\n\t"), ("/>", " />"), (">\n", ">"),
                         ("\n  <", "\n<!-- <a b='c'>-->  <!----><"), (">", "><!--'-->"), ('"', "'")])
    )  # fmt: skip
    if old == '"' and "'" in text:
        return form, data
    return form, (text.replace(old, new) if old else text).encode("utf-8")


@given(changed(), st.sampled_from([ON, date(2024, 5, 1), date(2030, 1, 1)]))
def test_what_passes_has_no_hit_in_a_close_look(case: tuple[str, bytes], day: date) -> None:
    ROOMS[case[0]].passes(case[1], day)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("Patient/Sex", "4"), ("Patient/Sex", "１"), ("Patient/Sex", "1 "), ("Disease/@code", "999"),
        ("Disease/@group", "99"), ("@kind", "neu"), ("Patient/PostalCode", "100ー0001"), ("Growth/Height", "1２"),
        ("Patient/Name/Family", "山 田"), ("Patient/Name/Family", "髙"), ("Patient/Name/Family", "あ" * 41),
        ("Patient/Name/Family", "山??"), ("Patient/LatinName", "??"), ("Patient/LatinName", "Yamada "),
        ("Patient/Kana/Given", "はナ"), ("Patient/Address", "東京1−2"), ("Patient/Address", "　東京"),
        ("Patient/Address", "東京\u200b"), ("Author/Doctor/Department", "内\n科"), ("Progress/Text", " 経過"),
        ("Progress/Text", "経過①"), ("Progress/Text", "a\tb"), ("Diagnosis/Criteria/Item/@code", "VS-NONE"),
        ("Diagnosis/Criteria/Item", "1−2"), ("Progress/Medication", "3"), ("Progress/Medication/@code", "M99"),
    ],
)  # fmt: skip
def test_faults_are_looked_at_closely(path: str, value: str) -> None:
    root = etree.fromstring(FULL.encode("utf-8"))
    *steps, last = path.split("/")
    holder = root.find("/".join(N + step for step in steps)) if steps else root
    if last.startswith("@"):
        holder.set(last[1:], value)
    else:
        holder.find(N + last).text = value
    room = ROOMS["opinion"]
    data = etree.tostring(root, encoding="UTF-8")
    document = room.document(data)
    assert any(room.said(document, ON, room.leaves.leaves(document.root))[1:])
    assert not room.passes(data)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n", "\r\n"), ("  ", "\t"), ("\n  ", ""), ("/>", " />"), ("\n<MedicalOpinion", "<!-- 出力 --><MedicalOpinion"),
        ("</", "</n:"), ('kind="new"', 'kind="new" '), ("<Sex>", "<Sex>"), ("経過", "&lt;経過&amp;"),
        ('xmlns="urn', 'xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:schemaLocation="urn:x y.xsd" xmlns="urn'),
    ],
)  # fmt: skip
def test_usual_spellings_pass(old: str, new: str) -> None:
    text = FULL.replace(old, new)
    if new == "</n:":
        text = (
            text.replace("xmlns=", "xmlns:n=")
            .replace("<", "<n:")
            .replace("<n:?", "<?")
            .replace("<n:/n:", "</n:")
        )
    assert ROOMS["opinion"].passes(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<Sex>", "<Sex><!-- 性別 -->"), ("<Sex>1", "<Sex>&#49;"), ("<Sex>1", "<Sex><![CDATA[1]]>"),
        ('version="2024-04"', "version='2024-04'"), ("<Growth>", '<Growth xmlns="urn:checktool:nanshou:2025">'),
        ("<Sex>", '<Sex xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="false">'),
        ("</MedicalOpinion>", "</MedicalOpinion><!-- 終わり -->"), ("<Growth>", "<Office/><Growth>"),
    ],
)  # fmt: skip
def test_other_spellings_are_looked_at_closely(old: str, new: str) -> None:
    text = FULL.replace("<Sex>2", "<Sex>1")
    assert old in text
    assert not ROOMS["opinion"].passes(text.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r'code="([^"]*)" status="([^"]*)" on="([^"]*)"', r'on="\3" code="\1"  status="\2" '),
        (r' on="[^"]*"', ""), (r">[^<]*</Item>", "/>"), (r">[^<]*</Item>", "></Item>"), ("</Item>", "</Item >"),
        (r'<Item code="(LAB[^"]*)" status="([^"]*)"', r'<Item status="\2" code="\1"'),
    ],
)  # fmt: skip
def test_usual_spellings_of_repeated_elements_pass(old: str, new: str) -> None:
    text, count = re.subn(old, new, FULL)
    assert count > 20
    assert ROOMS["opinion"].passes(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r'<Item code="([^"]*)"', r"<Item code='\1'"), ("<Item ", "<Item strange='1' "), ("<Item ", "<Items "),
        (r' on="[^"]*"', ' on=" "'), ("<Criteria>", "<Criteria><Item/>"),
        ("<Criteria>", '<Criteria><Item code="VS-SBP">\n<x/></Item>'),
    ],
)  # fmt: skip
def test_others_are_looked_at_closely(old: str, new: str) -> None:
    text = re.sub(old, new, FULL, count=1)
    if "Items" in new:
        text = text.replace("</Item>", "</Items>", 1)
    assert text != FULL
    assert not ROOMS["opinion"].passes(text)


@pytest.mark.parametrize("name", ["jisx0208", "jisx0213", "cp932", "unicode"])
def test_ordinary_characters_are_taken_by_every_repertoire(name: str) -> None:
    accepted = repertoire.accepted(name)
    assert accepted is None or repertoire.ordinary() <= accepted
    assert not repertoire.ordinary() & repertoire.machine_dependent()
    assert not any(map(spoken_of, repertoire.ordinary()))


def test_a_fault_behind_many_items_is_found_without_trying_all_ways() -> None:
    items = '<Item code="LAB-HB" status="done" on="2026-11-01">1ー2あー</Item>' * 5_000
    text = FULL.replace("</Criteria>", f"{items}</Criteria>").replace("<WrittenOn>", "<WrittenOn>O")
    assert not ROOMS["opinion"].passes(text)


BODY = """
<xs:element name="Kind" minOccurs="0"><xs:complexType><xs:simpleContent>
  <xs:extension base="xs:string"><xs:attribute name="of" type="xs:string"/></xs:extension>
</xs:simpleContent></xs:complexType></xs:element>
<xs:element name="Must" type="xs:string"/>
<xs:element name="May" type="xs:string" minOccurs="0"/>
<xs:choice minOccurs="0">
  <xs:element name="Left" type="xs:string"/>
  <xs:sequence><xs:element name="Right" type="xs:string"/><xs:element name="Other" type="xs:string"/></xs:sequence>
</xs:choice>
<xs:element name="Drugs" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:sequence>
  <xs:element name="Drug" maxOccurs="unbounded"><xs:complexType><xs:simpleContent>
    <xs:extension base="xs:string"><xs:attribute name="code" type="xs:string"/></xs:extension>
  </xs:simpleContent></xs:complexType></xs:element>
  <xs:element name="Remark" type="xs:string" minOccurs="0"/>
</xs:sequence></xs:complexType></xs:element>
<xs:element name="Written" type="xs:string" minOccurs="0"/>
"""
MANY = [f"D{number}" for number in range(1_000)]


@pytest.fixture
def room(tiny_pack: TinyPack) -> Room:
    """A form with a choice, a repeated group, dated codes, codes behind a key, a fact that repeats."""
    listed = "".join(f'<xs:enumeration value="{code}"/>' for code in [*MANY, "A &amp; B"])
    lifted = (
        f'<xs:simpleType name="L"><xs:restriction base="xs:string">{listed}</xs:restriction></xs:simpleType>'
    )
    body = BODY.replace('name="Left" type="xs:string"', 'name="Left" type="L"')
    inner = f"<xs:complexType><xs:sequence>{body}</xs:sequence></xs:complexType>"
    tiny_pack.xsd(f'{lifted}<xs:element name="Note">{inner}</xs:element>')
    tiny_pack.record(
        item("Kind", "code", code_table="small"),
        item("Kind/@of"),
        item("Must", "code", code_table="keyed:Kind"),
        item("May", "freetext"),
        item("Drugs/Drug", "string", max_len="5"),
        item("Drugs/Drug/@code", "code", code_table="dated"),
        item("Drugs/Remark", "freetext:2", max_len="20"),
        item("Written", "date"),
    )
    tiny_pack.table("small", "1,一,,", "10,十,,", "2,二,,")
    tiny_pack.table("keyed", "1-x,甲,,", "2-x,乙,,2026-01-31", "2-y,丙,2026-02-01,")
    tiny_pack.table("dated", *(f"{code},{code},2020-01-01,2026-06-30" for code in MANY), "E1,新,2026-07-01,")
    tiny_pack.form["batch"] = {"patient": ["Drugs/Remark", "Must"], "written": "Written"}
    pack = tiny_pack.load()
    return Room(pack, pack.forms[0])


JUNE = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("inner", "day"),
    [
        ("<Kind>1</Kind><Must>x</Must>", JUNE), ("<Must/>", JUNE), ("<Must></Must>", JUNE),
        ('<Kind of="x"/><Must>zzz</Must>', JUNE), ("<Kind>2</Kind><Must>y</Must><May>あ い</May>", JUNE),
        ("<Kind>10</Kind><Must/><Left>D7</Left>", JUNE), ("<Must/><Right>?</Right><Other>&amp;</Other>", JUNE),
        ('<Must/><Drugs>\n<Drug code="D1"/><Drug code="D2" >あー</Drug></Drugs>', JUNE),
        ('<Must/><Drugs><Drug code="E1">-</Drug></Drugs><Drugs><Drug/><Remark>一\n二</Remark></Drugs>', ON),
    ],
)  # fmt: skip
def test_forms_of_other_kinds_pass(room: Room, inner: str, day: date) -> None:
    assert room.passes(note(inner), day)


@pytest.mark.parametrize(
    ("inner", "day"),
    [
        ("<Kind/><Must/>", JUNE), ("<Kind></Kind><Must/>", JUNE), ("<Kind>3</Kind><Must/>", JUNE),
        ("<Kind>2</Kind><Must>x</Must>", JUNE), ("<Kind>2</Kind><Must>y</Must>", date(2026, 1, 31)),
        ("<Must/><May/>", JUNE), ("<Must/><May></May>", JUNE), ("<Must/><Left>F1</Left>", JUNE),
        ("<Must/><Left/>", JUNE), ("<Must/><Left></Left>", JUNE), ('<Must/><Drugs><Drug code="D1">x</Drug></Drugs>', ON),
        ('<Must/><Drugs><Drug code="D1"/><Drug code="E1"/></Drugs>', JUNE), ("<Must/><Drugs/>", JUNE),
        ("<Must/><Drugs><Drug>123456</Drug></Drugs>", JUNE), ("<Must/><Unknown>1</Unknown>", JUNE),
        ("<Must/><Drugs><Drug>1</Drug><Remark>一\n二\n三</Remark></Drugs>", JUNE),
    ],
)  # fmt: skip
def test_faults_in_forms_of_other_kinds_are_looked_at_closely(room: Room, inner: str, day: date) -> None:
    assert not room.passes(note(inner), day)


@pytest.mark.parametrize(
    "body",
    [
        '<xs:element name="V" type="T"/></xs:sequence></xs:complexType></xs:element><xs:complexType name="T">'
        '<xs:sequence><xs:element name="V" type="T" minOccurs="0"/><xs:element name="W" minOccurs="0"/></xs:sequence>'
        '</xs:complexType><xs:element name="X"><xs:complexType><xs:sequence>',
        '<xs:any processContents="skip"/>',
    ],
)
def test_what_cannot_be_described_is_looked_at_closely(tiny_pack: TinyPack, body: str) -> None:
    tiny_pack.children(body)
    tiny_pack.record(item("V"))
    pack = tiny_pack.load()
    assert not Room(pack, pack.forms[0]).passes(note("<V><V><W>あ</W></V></V>"))


def test_a_form_without_xsd_or_record_has_no_quick_look(tiny_pack: TinyPack) -> None:
    pack = tiny_pack.load()
    assert not Room(pack, pack.forms[0]).passes(note())


def test_a_prefix_is_that_of_the_root(room: Room) -> None:
    assert room.passes(f'<n:Note xmlns:n="{SPACE}"><n:Must/><n:May>あ</n:May></n:Note>')
    assert not room.passes(f'<n:Note xmlns:n="{SPACE}" xmlns="{SPACE}"><n:Must/><May>あ</May></n:Note>')
    for number in range(20):
        assert room.passes(f'<p{number}:Note xmlns:p{number}="{SPACE}"><p{number}:Must/></p{number}:Note>')
