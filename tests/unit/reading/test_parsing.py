"""The hardened parser: what it refuses and how it names it, and characters that XML forbids."""

import pytest

from checktool.model.definition import Limits
from checktool.reading.faults import ReadFault
from checktool.reading.parsing import PLACEHOLDERS, mended, original, parse

LIMITS = Limits()


def many(count: int) -> str:
    """An element of so many attributes."""
    return "<a " + " ".join(f'b{n}=""' for n in range(count)) + "/>"


def hex_of(char: str) -> str:
    """The code point of a character, as the name of a case."""
    return f"{ord(char):04X}"


def fault(data: str | bytes, limits: Limits = LIMITS) -> tuple[str, dict[str, object]]:
    with pytest.raises(ReadFault) as caught:
        parse(data.encode("utf-8") if isinstance(data, str) else data, limits)
    return caught.value.code, dict(caught.value.params)


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        ("", 1, 1), (" ", 1, 2), ("text", 1, 1), ("<a>", 1, 4), ("<a>\n<b></a>", 2, 6),
        ("<a>\n  <b <c/></a>", 2, 6),
        ("<a/><b/>", 1, 5), ("<a x='1' x='2'/>", 1, 10), ("<a>&nope;</a>", 1, 4), ("<p:a/>", 1, 5),
        ("<a>\n\n漢字<b></a>", 3, 8), ("<a>x & y</a>", 1, 7), ("\n<?xml version='1.0'?><a/>", 2, 1),
    ],
)  # fmt: skip
def test_what_is_not_well_formed_names_its_place(data: str, line: int, column: int) -> None:
    code, params = fault(data)
    assert (code, params["line"]) == ("X101", line)
    assert abs(int(str(params["column"])) - column) <= 2


@pytest.mark.parametrize(
    "data",
    [
        "<!DOCTYPE a><a/>", "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
        "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
        "<?xml version='1.0'?>\n<!-- c --><?p x?>\n<!DOCTYPE a><a/>", "<!DOCTYPE a [<!ENTITY x 'y'>]><a",
    ],
)  # fmt: skip
def test_a_doctype_is_refused(data: str) -> None:
    assert fault(data) == (
        "F007",
        {"line": data.count("\n") + 1, "column": data.find("<!D") - data.rfind("\n")},
    )


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        ("", "none"), ("text", "none"), ('{"a": 1}', "none"), ("<a>", "end"), ("<a><b", "end"),
        ("<a><![CDATA[x</a>", "end"), ("<a>\n<b></a>", "tags"), ("<a/><b/>", "more"), ("<a/>text", "more"),
        ("<?xml version='1.0'?><a/><?xml version='1.0'?><a/>", "more"), ("<a x='1' x='2'/>", "attribute"),
        ("<a>&nope;</a>", "entity"), ("<a>x & y</a>", "entity"), ("<a>x&y</a>", "entity"),
        ("<a x='b & c'/>", "entity"), ("<a>1 < 2</a>", "less"), ("<a x='<'/>", "less"),
        ("\n<?xml version='1.0'?><a/>", ""),
    ],
)  # fmt: skip
def test_what_is_not_well_formed_names_its_cause(data: str, cause: str) -> None:
    assert fault(data)[1]["cause"] == cause


@pytest.mark.parametrize(
    "data", ["<a>&lt;!DOCTYPE a></a>", "<a><![CDATA[<!DOCTYPE a>]]></a>", "<!-- <!DOCTYPE a> --><a/>",
    "<a x='&lt;!DOCTYPE'/>"]
)  # fmt: skip
def test_the_word_alone_is_none(data: str) -> None:
    assert parse(data.encode(), LIMITS).tag == "a"


@pytest.mark.parametrize(
    ("data", "limits", "limit"),
    [
        ("<a>" * 6 + "</a>" * 6, Limits(depth=5), "depth"), ("<a>" * 300 + "</a>" * 300, Limits(depth=400),
        "depth"),
        ("<a>" + "x" * 11 + "</a>", Limits(text_bytes=10), "text"), ("<a>漢字漢字</a>", Limits(text_bytes=10),
        "text"),
        (many(6), Limits(attributes=5), "attributes"),
        ("<a>" + "x" * 10_000_001 + "</a>", LIMITS, "text"),
        (f"<a b='{'x' * 10_000_001}'/>", LIMITS, "attributes"),
        (f"<a b='{'漢' * 4_000_000}'/>", LIMITS, "attributes"),
        (f"<a><!--{'x' * 10_000_001}--></a>", LIMITS, "text"),
        (f"<a><?p {'x' * 10_000_001}?></a>", LIMITS, "text"),
        (f"<{'x' * 60_000}/>", LIMITS, "name"),
        (f"<a {'漢' * 20_000}='1'/>", LIMITS, "name"),
        (f"<a><?{'x' * 60_000} y?></a>", LIMITS, "name"),
    ],
    ids=["depth", "deep", "text", "text in bytes", "attributes", "long text", "long attribute",
         "attribute in bytes",
         "long comment", "long instruction", "long name", "name in bytes", "long target"],
)  # fmt: skip
def test_limits(data: str, limits: Limits, limit: str) -> None:
    assert fault(data, limits) == ("F009", {"limit": limit})


@pytest.mark.parametrize(
    ("data", "limits"),
    [
        ("<a>" * 5 + "</a>" * 5, Limits(depth=5)), ("<a>" + "x" * 10 + "</a>", Limits(text_bytes=10)),
        (many(5), Limits(attributes=5)),
        ("<a>" + "<b>xxxxx</b>" * 9 + "</a>", Limits(text_bytes=10)),
    ],
)  # fmt: skip
def test_just_within_the_limits(data: str, limits: Limits) -> None:
    assert parse(data.encode(), limits).tag == "a"


def test_a_declared_encoding_does_not_matter_any_more() -> None:
    data = '<?xml version="1.0" encoding="Shift_JIS"?><a>漢</a>'.encode()
    assert parse(data, LIMITS).text == "漢"


FORBIDDEN = [chr(n) for n in (0, 1, 8, 0xB, 0xC, 0xE, 0x1F, 0xFFFE, 0xFFFF)]


@pytest.mark.parametrize("char", FORBIDDEN, ids=hex_of)
def test_a_forbidden_character_becomes_one_that_stands_for_it(char: str) -> None:
    text = mended(f"<a>あ{char}い</a>")
    assert len(text) == len(f"<a>あ{char}い</a>")
    root = parse(text.encode(), LIMITS)
    assert original(str(root.text)[1]) == char
    assert PLACEHOLDERS.match(str(root.text)[1])


@pytest.mark.parametrize("char", FORBIDDEN[1:], ids=hex_of)
@pytest.mark.parametrize("form", ["&#{:d};", "&#x{:X};", "&#x0{:x};"])
def test_a_reference_to_one_does_too_and_keeps_its_length(char: str, form: str) -> None:
    given = f"<a>{form.format(ord(char))}い</a>"
    text = mended(given)
    assert len(text) == len(given)
    assert "".join(map(original, str(parse(text.encode(), LIMITS).text))) == f"{char}い"


def test_surrogates_stand_for_each_other() -> None:
    assert original(mended("\ud800")) == original(mended("\udfff")) == "\ud800"


@pytest.mark.parametrize(
    "text", ["<a>\t\n\r 漢\U0001f600\ufffd</a>", "&#9;&#xA;&#13;&#x20;&#x1F600;", "&#x110000;", "&#;"]
)
def test_what_is_allowed_or_nonsense_stays(text: str) -> None:
    assert mended(text) == text
