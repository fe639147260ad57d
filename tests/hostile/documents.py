"""Documents that no hospital system should write: what each is, and which codes may answer it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

SPACE = "urn:checktool:nanshou:2025"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
OPEN = f'<MedicalOpinion xmlns="{SPACE}" formId="201234567890123456" version="2024-04" kind="new">'
CLOSE = "</MedicalOpinion>"
KANJI = "<Name>難病　花子・ソ表能</Name>"
XINCLUDE = "http://www.w3.org/2001/XInclude"
OUTSIDE = "http://localhost:9/outside"
UNCHECKED = 3
CORRECT = 1


@dataclass(frozen=True, slots=True)
class Case:
    """A document: each of ``codes`` is a full answer, ``status`` the exit status of a run with it alone."""

    name: str
    make: Callable[[], bytes]
    codes: frozenset[str]
    status: int = UNCHECKED
    record: str = ""

    @property
    def file_name(self) -> str:
        """The name of the file that it is written to."""
        return f"{self.name}.xml"

    @property
    def source(self) -> str:
        """The name that a report gives it."""
        return self.file_name + self.record


def case(name: str, data: bytes | str, codes: str, status: int = UNCHECKED, record: str = "") -> Case:
    """A small document, made at once; ``record`` is the ending of its name when it is one of several."""
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    return Case(name, lambda: raw, frozenset(codes.split()), status, record)


def opinion(inner: str, head: str = HEAD) -> str:
    """An opinion that holds nothing but the given."""
    return head + OPEN + inner + CLOSE


def container(inner: str) -> str:
    """A multi-record file of the given records."""
    return f"{HEAD}<Forms xmlns='{SPACE}'>{inner}</Forms>"


def declared(encoding: str, inner: str = KANJI) -> str:
    """An opinion that says which encoding it is in."""
    return opinion(inner, f'<?xml version="1.0" encoding="{encoding}"?>\n')


def laughs(levels: int) -> str:
    """Entities that expand tenfold at each level."""
    entities = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, levels))
    return f"{HEAD}<!DOCTYPE x [<!ENTITY l0 'ha'>{entities}]><x>&l{levels - 1};</x>"


def nested(depth: int) -> str:
    """Elements inside each other."""
    return opinion("<a>" * depth + "</a>" * depth)


NOT_XML = (
    case("empty", b"", "F001"),
    case("blanks", b" \r\n\t\n", "X101"),
    case("plain-text", "難病データ\n".encode(), "X101"),
    case("plain-text-cp932", "難病データ".encode("cp932"), "X101 X102"),
    case("declaration-only", HEAD, "X101"),
    case("binary", bytes(range(256)) * 64, "X101 X102"),
    case("zeros", b"\0" * 5000, "X101 X102 T201"),
    case("zip-named-xml", b"PK\3\4\24\0\0\0\10\0" + bytes(200), "X101 X102 T201"),
    case("pdf-named-xml", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj", "X101 X102"),
    case("html", "<!doctype html><html><head><meta charset=utf-8><br></head></html>", "X101 F007"),
    case("json", '{"MedicalOpinion": 1}', "X101"),
    case("two-roots", opinion("") + opinion("", ""), "X101"),
    case("blank-before-declaration", " " + opinion(""), "X101"),
    case("truncated", opinion(KANJI)[:-9], "X101"),
    case("truncated-in-tag", opinion(KANJI)[:90], "X101"),
    case("truncated-in-character", opinion("<Name>難").encode()[: -len(CLOSE) - 1], "X101 X102"),
    case("crossed-tags", opinion("<a><b></a></b>"), "X101"),
    case("twice-the-attribute", opinion("<a k='1' k='2'/>"), "X101"),
    case("bare-ampersand", opinion("<a>A & B</a>"), "X101"),
    case("bare-less-than", opinion("<a>1 < 2</a>"), "X101"),
    case("unknown-entity", opinion("<a>&nbsp;</a>"), "X101"),
    case("unbound-prefix", opinion("<q:a/>"), "X101 X108"),
    case("comment-left-open", opinion("<!-- "), "X101"),
    case("cdata-left-open", opinion("<a><![CDATA[ </a>"), "X101"),
    case("null-in-name", opinion("<a\0b/>"), "X101 X102"),
    case("null-between", opinion("<a/>\0<b/>"), "X101 X102 T201"),
    case("surrogate", opinion("<a>\ud83d</a>"), "X101 X102 T201 X108"),
    case("xml-1.1", opinion("<a>&#1;</a>", '<?xml version="1.1"?>'), "X101 T201 X108"),
    case("xml-2.0", opinion("", '<?xml version="2.0"?>'), "X101"),
)

ENCODINGS = (
    case("utf-8-is-cp932", declared("UTF-8").encode("cp932"), "X102"),
    case("none-is-cp932", opinion(KANJI, "").encode("cp932"), "X102"),
    case("utf-8-is-euc", declared("UTF-8").encode("euc_jp"), "X102"),
    case("cp932-is-utf-8", declared("Shift_JIS"), "X102"),
    case("euc-is-utf-8", declared("EUC-JP"), "X102"),
    case("utf-8-is-utf-16", declared("UTF-8").encode("utf-16"), "X102"),
    case("utf-16-is-utf-8", declared("UTF-16"), "X102"),
    case("utf-16-without-end", declared("UTF-16").encode("utf-16")[:-1], "X101 X102"),
    case("bom-and-cp932", b"\xef\xbb\xbf" + declared("UTF-8").encode("cp932"), "X102"),
    case("utf-7", declared("UTF-7").encode("utf-7"), "X101 X102"),
    case("utf-7-hidden", declared("UTF-7", "+ADw-script+AD4-"), "X101 X102"),
    case("utf-32", declared("UTF-32").encode("utf-32"), "X101 X102"),
    case("utf-32-be", declared("UTF-32").encode("utf-32-be"), "X101 X102"),
    case("ebcdic", declared("IBM037", "").encode("cp037"), "X101 X102"),
    case("iso-2022-jp", declared("ISO-2022-JP").encode("iso2022_jp"), "X101 X102"),
    case("latin-1", declared("ISO-8859-1", "<a>\xe9</a>").encode("latin-1"), "X101 X102"),
    case("unknown-encoding", declared("x-nothing"), "X101 X102"),
    case("python-encoding", declared("rot13"), "X101 X102"),
    case("overlong-utf-8", HEAD.encode() + b"<a>\xc0\xbc\xe0\x80\xbc</a>", "X101 X102"),
    case("beyond-unicode", HEAD.encode() + b"<a>\xf5\x90\x80\x80</a>", "X101 X102"),
)

ENTITIES = (
    case("doctype", HEAD + "<!DOCTYPE MedicalOpinion>" + OPEN + CLOSE, "F007"),
    case("doctype-cp932", declared("Shift_JIS").replace("?>", "?><!DOCTYPE x>", 1).encode("cp932"), "F007"),
    case("doctype-utf-16", declared("UTF-16").replace("?>", "?><!DOCTYPE x>", 1).encode("utf-16"), "F007"),
    case("doctype-behind-comment", f"{HEAD}<!-- <!D -->\n<?a b?><!DOCTYPE x><x/>", "F007"),
    case("doctype-elsewhere", f"{HEAD}<!DOCTYPE x SYSTEM '{OUTSIDE}'><x/>", "F007"),
    case("entity-bomb", laughs(12), "F007"),
    case("entity-loop", HEAD + "<!DOCTYPE x [<!ENTITY a '&b;'><!ENTITY b '&a;'>]><x>&a;</x>", "F007 X101"),
    case("outer-entity", HEAD + "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>", "F007"),
    case("parameter-entity", HEAD + "<!DOCTYPE x [<!ENTITY % a SYSTEM 'a.dtd'>%a;]><x/>", "F007"),
    case("doctype-left-open", HEAD + "<!DOCTYPE x [<!ENTITY a", "F007 X101"),
)

FORMS = (
    case("unknown-root", HEAD + "<Prescription/>", "X105"),
    case("unknown-namespace", HEAD + "<MedicalOpinion xmlns='urn:other' version='2024-04'/>", "X105"),
    case("no-namespace", HEAD + "<MedicalOpinion version='2024-04'/>", "X105"),
    case("other-case", f"{HEAD}<medicalopinion xmlns='{SPACE}' version='2024-04'/>", "X105"),
    case("soap-around", f"{HEAD}<s:Envelope xmlns:s='urn:s'>{OPEN}{CLOSE}</s:Envelope>", "X105"),
    case("unknown-version", opinion("").replace('"2024-04"', '"1999-01"'), "X106"),
    case("no-version", opinion("").replace(' version="2024-04"', ""), "X106"),
    case("long-version", opinion("").replace('"2024-04"', '"' + "9" * 100_000 + '"'), "X106"),
    case("container-of-nothing", container(""), "X105"),
    case("container-of-unknown", container("<a/>"), "X105", record="#1"),
    case("container-in-container", container("<Forms><a/></Forms>"), "X105", record="#1"),
    case("container-with-deep-record", container("<a>" * 300 + "</a>" * 300), "F009"),
    case("container-with-text", container("text"), "X105 X101"),
)

XSI = "http://www.w3.org/2001/XMLSchema-instance"


def faulty(name: str, document: str, codes: str = "X107 X108") -> Case:
    """A document that can be checked and must be corrected."""
    return case(name, document, codes, CORRECT)


def with_schema_attribute(attribute: str) -> str:
    """An opinion whose root has an attribute that schema processors obey."""
    return opinion("").replace(" kind", f" xmlns:xsi='{XSI}' xsi:{attribute} kind")


FAULTY = (
    faulty("nothing-inside", opinion("")),
    faulty("text-between", opinion("free text")),
    faulty("foreign-element", opinion("<o:a xmlns:o='urn:other'/>")),
    faulty("xinclude", opinion(f"<i:include xmlns:i='{XINCLUDE}' href='/etc/passwd'/>")),
    faulty("stylesheet", opinion("", f"{HEAD}<?xml-stylesheet href='{OUTSIDE}'?>")),
    faulty("other-schema", with_schema_attribute(f"schemaLocation='{SPACE} {OUTSIDE}'")),
    faulty("other-type", with_schema_attribute("type='Nothing'"), "X107 X108 X109"),
    faulty("nil-root", with_schema_attribute("nil='true'"), "X107 X108 X112"),
    faulty("names-of-formats", opinion("<a>{0.__class__} %s %(a)s {value!r:>9999999}</a>")),
    faulty("quotes-in-values", opinion("""<a k="'&quot;]]&gt;">"'</a>""")),
    faulty("150-deep", nested(150)),
)

DEEP = (
    case("300-deep", nested(300), "F009"),
    case("100000-deep", nested(100_000), "F009"),
    case("300-deep-left-open", HEAD + "<a>" * 300, "F009 X101"),
)

SMALL = (*NOT_XML, *ENCODINGS, *ENTITIES, *FORMS, *FAULTY, *DEEP)


def large(name: str, make: Callable[[], Iterable[str]], codes: str = "X107 X108 F009") -> Case:
    """A document whose inside is made when it is asked for."""
    return Case(name, lambda: opinion("".join(make())).encode(), frozenset(codes.split()))


PREFIXED = range(190)
LARGE = (
    large("text", lambda: ["<a>", "あ" * 4_000_000, "</a>"], "F009"),
    large("cdata", lambda: ["<a><![CDATA[", "x" * 11_000_000, "]]></a>"], "F009"),
    large("attribute", lambda: ["<a k='", "x" * 11_000_000, "'/>"], "F009"),
    large("comment", lambda: ["<!--", "x" * 11_000_000, "-->"], "F009 X101"),
    large("instruction", lambda: ["<?p ", "x" * 11_000_000, "?>"], "F009 X101"),
    large("name", lambda: ["<", "x" * 11_000_000, "/>"], "F009 X101"),
    large("blanks-in-tag", lambda: ["<a", " " * 11_000_000, "/>"], "F009 X101 X107"),
    large("attributes", lambda: ["<a ", *(f"k{n}='' " for n in range(100_000)), "/>"], "F009"),
    large("namespaces", lambda: ["<a ", *(f"xmlns:n{n}='u{n}' " for n in range(40_000)), "/>"]),
    large(
        "namespaces-inside",
        lambda: [
            *(f"<p{n}:a xmlns:p{n}='u{n}'>" for n in PREFIXED),
            *("<x/>" for _ in range(20_000)),
            *(f"</p{n}:a>" for n in reversed(PREFIXED)),
        ],
    ),
    large("faulty-siblings", lambda: (f"<x{n % 7}/>" for n in range(40_000))),
    large("faulty-leaves", lambda: ["<Patient>", *["<Sex>9</Sex>"] * 40_000, "</Patient>"]),
    large("elements", lambda: ["<x/>"] * 400_000),
    large("elements-of-60-mb", lambda: ["<x/>"] * 15_000_000, "F009"),
    large("one-document-of-80-mb", lambda: ["<x>0123456789</x>"] * 4_700_000, "F009"),
    large("broken-at-the-end", lambda: ["<x>0</x>" * 1_500_000, "<"], "X101"),
    large("references", lambda: ["&#12354;&#x26;"] * 700_000),
)
