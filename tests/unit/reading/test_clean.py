"""Clean bytes: representation changed where it must be, content never."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from checktool.reading.clean import DECLARATION, clean, clean_bytes, content


def canonical(data: bytes) -> bytes:
    """C14N without comments and instructions: lxml's view, independent of ours."""
    parser = etree.XMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, resolve_entities=False)
    return etree.tostring(etree.fromstring(data, parser), method="c14n", with_comments=False)


def in_pieces(text: str, size: int) -> list[str]:
    return [text[start : start + size] for start in range(0, len(text), size)]


@pytest.mark.parametrize(
    "text",
    [
        f"{DECLARATION}\n<a/>\n",
        f"{DECLARATION}<a/>",
        f"{DECLARATION}\r\n<a>\r\n <b x='1'\r\n y=\">\"/>\r\n</a>\r\n",
        "<?xml version='1.0' encoding='utf-8' standalone='yes'?>\n<a><![CDATA[<!-- <?x?> ]]>]] &gt;&#10;</a>",
        f"{DECLARATION}\n<p:a xmlns:p='u' b=']]>'><c></c></p:a>",
    ],
)
def test_a_text_that_needs_nothing_comes_out_equal(text: str) -> None:
    assert clean_bytes(text) == text.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<a/>", "\n<a/>"),
        ("\ufeff<a/>", "\n<a/>"),
        ("<?xml version='1.0'?><a/>", "\n<a/>"),
        ('<?xml version="1.0" encoding="Shift_JIS"?>\r\n<a>氏名</a>\r\n', "\n<a>氏名</a>\r\n"),
        ("<!-- x --><?y z?>\n<a><!-- < > ' --> b<?q <c?>d</a>\n<!-- e -->", "\n<a> bd</a>\n"),
        ("<a>]<!-- -->]<?x?>><!---->]]<b/>></a>", "\n<a>]]&gt;]]<b/>></a>"),
        ("<a>]]<!-- -->&gt;</a>", "\n<a>]]&gt;</a>"),
    ],
)
def test_what_has_to_go_goes_and_nothing_else(text: str, expected: str) -> None:
    assert clean_bytes(text).decode("utf-8") == DECLARATION + expected


def test_a_comment_before_the_root_leaves_a_suitable_declaration() -> None:
    declaration = "<?xml version='1.0' encoding='utf-8'?>"
    assert clean_bytes(f"{declaration}\n<!-- a -->\n<r/>").decode("utf-8") == f"{declaration}\n<r/>"


@pytest.mark.parametrize(
    "text", ["", "  ", "<!-- a -->", "<!DOCTYPE a><a/>", "<a", "<a><!-- ", "<a/><![CDATA[", "<a b='"]
)
def test_what_cannot_be_handed_over_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not well-formed|no root"):
        clean_bytes(text)


RECORDS = (
    '<Forms xmlns="u">\n  <A i="1"><A>1</A></A>\n  <B/>\n  <!-- c --><B><![CDATA[</B>]]></B>\n'
    "  <A><x>4</x></A>\n</Forms>\n"
)


@pytest.mark.parametrize("size", [1, 7, 1000])
@pytest.mark.parametrize("kept", [{1}, {2, 3}, {4}, {1, 2, 3, 4}, set[int]()])
def test_only_kept_records_stay(kept: set[int], size: int) -> None:
    text = "".join(clean(in_pieces(RECORDS, size), kept.__contains__))
    before = content([RECORDS.encode()], records=True)
    after = content([text.encode()], records=True)
    assert after == [before[0], *(before[number] for number in sorted(kept))]
    assert etree.fromstring(text.encode())[:] is not None


def test_all_records_kept_change_nothing_else() -> None:
    assert "".join(clean([RECORDS], lambda _: True)) == "".join(clean([RECORDS]))


def test_content_tells_what_differs() -> None:
    base = content([b"<a b='1' c='2'>x<d/>y</a>"])
    assert base == content([b"<?xml version='1.0'?><!-- --><a b=\"1\"  c='2'>x<?p?><d></d><![CDATA[y]]></a>"])
    for other in (b"<a c='2' b='1'>x<d/>y</a>", b"<a b='1' c='2'>x<d/> y</a>", b"<a b='1' c='2'>xy<d/></a>"):
        assert content([other]) != base
    assert content([b"<a>", b"b</a>"]) == content([b"<a>b</a>"])


def test_a_long_comment_in_small_pieces_costs_linear_time() -> None:
    text = f"<a><!--{'-x' * 500_000}--></a>"
    assert "".join(clean(in_pieces(text, 100))) == f"{DECLARATION}\n<a></a>"


NAMES = st.sampled_from(["a", "b", "p:c", "q:a", "名前"])
DATA = st.text(alphabet=st.sampled_from("ab ]>'\"\t\n\r髙①𠮷＜é&<"), max_size=8)
COMMENTS = st.text(alphabet="a <>]&'\"!?", max_size=6).map(lambda text: f"<!--{text}-->")
INSTRUCTIONS = st.text(alphabet="a <>]&'\"!-", max_size=6).map(lambda text: f"<?pi {text}?>")


def escaped(data: str) -> str:
    for char, reference in (
        ("&", "&amp;"),
        ("<", "&lt;"),
        ("]]>", "]]&gt;"),
        ("\r", "&#13;"),
        ("é", "&#xE9;"),
    ):
        data = data.replace(char, reference)
    return data


def attribute(data: str) -> str:
    return '"' + escaped(data).replace('"', "&quot;").replace("]]&gt;", "]]>") + '"'


LEAVES = st.one_of(
    DATA.map(escaped),
    DATA.map(lambda data: f"<![CDATA[{data.replace(']]>', ']]')}]]>"),
    st.sampled_from(["]", "]]", ">", "&#10;"]),
    COMMENTS,
    INSTRUCTIONS,
)


def element(name: str, value: str, inner: list[str]) -> str:
    text = "".join(inner)
    return (
        f"<{name} z={attribute(value)} y='&#9;'>{text}</{name}>"
        if text
        else f"<{name} z={attribute(value)}/>"
    )


TREES = st.recursive(
    LEAVES, lambda inner: st.builds(element, NAMES, DATA, st.lists(inner, max_size=5)), max_leaves=15
)
SPACE = st.text(alphabet=" \n", max_size=2)


@st.composite
def documents(draw: st.DrawFn, encoding: str = "UTF-8") -> str:
    """A well-formed document whose declaration names the encoding, or has none."""
    mark = draw(st.sampled_from([f'<?xml version="1.0" encoding="{encoding}"?>', ""]))
    outside = st.lists(st.one_of(SPACE, COMMENTS, INSTRUCTIONS), max_size=3).map("".join)
    inner = draw(st.lists(TREES, max_size=5))
    root = f'<r xmlns="urn:d" xmlns:p="urn:u" xmlns:q="urn:v">{"".join(inner)}</r>'
    return mark + draw(outside) + root + draw(outside)


def is_well_formed(text: str) -> bool:
    try:
        canonical(text.encode("utf-8"))
    except etree.XMLSyntaxError:
        return False
    return True


@given(documents().filter(is_well_formed), st.integers(1, 40))
def test_content_never_changes(text: str, size: int) -> None:
    before = text.encode("utf-8")
    after = "".join(clean(in_pieces(text, size))).encode("utf-8")
    assert canonical(after) == canonical(before)
    assert content([after]) == content([before])
    assert after.startswith(b"<?xml")
    kinds = (etree.Comment, etree.PI)
    tree: Any = etree.fromstring(after).getroottree()
    assert not [node for node in tree.xpath("//node()") if getattr(node, "tag", None) in kinds]
    assert clean_bytes(after.decode("utf-8")) == after


@given(documents("Shift_JIS").filter(is_well_formed))
def test_other_encodings_in_utf8_out(text: str) -> None:
    raw = text.replace("𠮷", "吉").encode("cp932", errors="xmlcharrefreplace")
    before = raw.decode("cp932")
    after = clean_bytes(before)
    assert content([after]) == content([before.encode("utf-8")])
    assert b"Shift_JIS" not in after.partition(b"\n")[0]
