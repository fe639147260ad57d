"""Names and places of nodes, and paths as packs write them."""

import pytest
from lxml import etree

from checktool.reading.nodes import Paths, is_plain, item_path, selector, string_value

DOCUMENT = etree.fromstring(
    "<r xmlns='urn:a' xmlns:b='urn:b' k='0' b:k='1'><!-- c --><a>一</a>"
    "<b:a n='2'>二<x>三</x><!-- c -->四</b:a>"
    "<?p i?><x/><a><x>五</x><x>六</x></a></r>"
)


def test_every_path_leads_back_to_its_one_node() -> None:
    paths = Paths("/r[1]")
    for node in DOCUMENT.iter(etree.Element):
        xpath = paths.xpath(node)
        steps = [part.partition("[") for part in xpath.strip("/").split("/")]
        query = "".join(f"/*[local-name()='{name}'][{place[:-1]}]" for name, _, place in steps)
        assert DOCUMENT.getroottree().xpath(query) == [node]


def test_paths_of_attributes_and_below_a_prefix() -> None:
    paths = Paths("/Forms[1]/r[17]")
    assert paths.xpath(DOCUMENT, "{urn:b}k") == "/Forms[1]/r[17]/@k"
    assert paths.xpath(DOCUMENT[2], "n") == "/Forms[1]/r[17]/a[2]/@n"
    assert paths.xpath(DOCUMENT[5][1]) == "/Forms[1]/r[17]/a[3]/x[2]"


def test_item_paths_are_relative_to_the_root() -> None:
    assert item_path(DOCUMENT) == ""
    assert item_path(DOCUMENT, "{urn:b}k") == "@k"
    assert item_path(DOCUMENT[5][1]) == "a/x"
    assert item_path(DOCUMENT[2], "n") == "a/@n"


@pytest.mark.parametrize(
    ("path", "plain"),
    [
        ("@kind", True), ("Author/WrittenOn", True), ("Disease/@code", True), ("項目/値", True),
        ("../a", True), (".", True),
        ("//a", False), ("a[1]", False), ("b:a", False), ("concat(a, b)", False), ("a//b", False),
        ("a | b", False),
        ("@*", False), ("a/text()", False),
    ],
)  # fmt: skip
def test_a_plain_path_goes_by_local_names(path: str, plain: bool) -> None:
    assert is_plain(path) is plain


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("a", ["一", "二三四", "五六"]), ("a/x", ["三", "五", "六"]), ("@k", ["0", "1"]), ("a/@n", ["2"]),
        ("none", []),
        ("count(*)", ["4.0"]), ("string(*[1])", ["一"]), ("*[local-name()='x'][1]", [""]), ("//@n", ["2"]),
    ],
)  # fmt: skip
def test_values_at_a_path(path: str, values: list[str]) -> None:
    assert selector(path)(DOCUMENT) == values


@pytest.mark.parametrize("path", ["a[", "b:", "a b", "@"])
def test_what_is_no_path_is_refused_at_once(path: str) -> None:
    with pytest.raises(etree.XPathError):
        selector(path)


@pytest.mark.parametrize(
    ("text", "value"),
    [("<a/>", ""), ("<a>x</a>", "x"), ("<a>x<!-- c -->y<?p?>z</a>", "xyz"),
     ("<a>x<b>y<c>z</c></b>w</a>", "xyzw"), ("<a><![CDATA[<x>]]></a>", "<x>")],
)  # fmt: skip
def test_the_string_value_of_an_element(text: str, value: str) -> None:
    assert string_value(etree.fromstring(text)) == value
