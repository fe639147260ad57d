"""Lines and columns agree with a writer that notes where it puts every element and attribute."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checktool.reading.positions import locate

BLANKS = st.sampled_from([" ", "\t", "\n", "\r\n", "\r", "  ", " \r\n\t"])
NAMES = st.sampled_from(["a", "b", "p:a", "q:b", "項目", "p:項目"])
ATTRIBUTES = st.sampled_from(["kind", "p:kind", "code", "名", "xmlns:z", "q:nil", "nil"])
CHARACTERS = st.text(st.sampled_from("x>= /あ𠮷\t\n\r'"), max_size=6)
FILLERS = st.one_of(
    CHARACTERS,
    st.builds("<![CDATA[{}<a>]]>".format, CHARACTERS),
    st.builds("<!-- {}<a k='1'> -->".format, CHARACTERS),
    st.builds("<?pi {}<a?>".format, CHARACTERS),
    st.just("&#13;&lt;"),
)


@dataclass
class Element:
    name: str
    attributes: list[tuple[str, str, str, str, str]]
    empty: bool
    children: list["Element | str"] = field(default_factory=list)


def _quoted(value: str) -> str:
    return f'"{value}"' if "'" in value else f"'{value}'"


ATTRIBUTE_LISTS = st.lists(
    st.tuples(BLANKS, ATTRIBUTES, st.sampled_from(["", " ", "\n"]), st.just("="), CHARACTERS.map(_quoted)),
    max_size=4,
    unique_by=lambda attribute: attribute[1],
)
LEAVES = st.builds(Element, NAMES, ATTRIBUTE_LISTS, st.booleans(), st.just([]))
TREES = st.recursive(
    LEAVES,
    lambda inner: st.builds(
        Element, NAMES, ATTRIBUTE_LISTS, st.just(False), st.lists(st.one_of(inner, FILLERS), max_size=6)
    ),
    max_leaves=25,
)


class Writer:
    """Writes a tree, counting lines and columns by hand."""

    def __init__(self) -> None:
        self.text = ""
        self.places: dict[str, tuple[int, int]] = {}

    def put(self, piece: str) -> None:
        self.text += piece

    def here(self) -> tuple[int, int]:
        lines = self.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return len(lines), len(lines[-1]) + 1

    def element(self, element: Element, xpath: str) -> None:
        self.places[xpath] = self.here()
        self.put("<" + element.name)
        plain = {name for _, name, *_ in element.attributes}
        for blank, name, odd, equals, value in element.attributes:
            self.put(blank)
            local = name.rpartition(":")[2]
            hidden = local != name and local in plain
            if not name.startswith("xmlns") and not hidden:
                self.places[f"{xpath}/@{local}"] = self.here()
            self.put(name + odd + equals + value)
        if element.empty:
            self.put("/>")
            return
        self.put(">")
        count: dict[str, int] = {}
        for child in element.children:
            if isinstance(child, str):
                self.put(child)
                continue
            local = child.name.rpartition(":")[2]
            count[local] = count.get(local, 0) + 1
            self.element(child, f"{xpath}/{local}[{count[local]}]")
        self.put(f"</{element.name} >")


def written(root: Element, head: str = "") -> Writer:
    writer = Writer()
    writer.put(head)
    writer.element(root, f"/{root.name.rpartition(':')[2]}[1]")
    return writer


@settings(max_examples=150, deadline=None)
@given(TREES, st.sampled_from(["", '<?xml version="1.0" encoding="Shift_JIS"?>\r\n<!-- 𠮷 -->']), st.data())
def test_every_place_is_exact(root: Element, head: str, data: st.DataObject) -> None:
    writer = written(root, head)
    assert locate(writer.text, writer.places.keys()) == writer.places
    some = data.draw(st.sets(st.sampled_from(sorted(writer.places))))
    assert locate(writer.text, some) == {xpath: writer.places[xpath] for xpath in some}


@settings(max_examples=50, deadline=None)
@given(TREES, st.sampled_from(["<Forms>", "<Forms>\n <x/>\r\n\t"]))
def test_a_record_cut_out_keeps_the_places_of_the_whole(root: Element, before: str) -> None:
    local = root.name.rpartition(":")[2]
    whole = Writer()
    whole.put(before)
    line, column = whole.here()
    whole.element(root, f"/Forms[1]/{local}[17]")
    cut = whole.text.removeprefix(before)
    assert locate(cut, whole.places.keys(), line, column, f"/Forms[1]/{local}[17]") == whole.places


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_places_beyond_line_65535_and_beyond_a_megabyte(newline: str) -> None:
    rows = 90_000
    text = "<r>" + newline + f"<i k='𠮷あ'>値</i>{newline}" * rows + "</r>"
    assert locate(text, [f"/r[1]/i[{rows}]", f"/r[1]/i[{rows}]/@k"]) == {
        f"/r[1]/i[{rows}]": (rows + 1, 1),
        f"/r[1]/i[{rows}]/@k": (rows + 1, 4),
    }


def test_a_column_far_to_the_right_counts_characters() -> None:
    text = "<r><a>" + "𠮷" * 700_000 + "</a><b  k\n=''/></r>"
    assert locate(text, ["/r[1]/b[1]", "/r[1]/b[1]/@k"]) == {
        "/r[1]/b[1]": (1, 700_011),
        "/r[1]/b[1]/@k": (1, 700_015),
    }


def test_a_byte_order_mark_takes_no_column() -> None:
    assert locate("\ufeff<r/>", ["/r[1]"]) == {"/r[1]": (1, 1)}


def test_what_is_not_there_is_left_out() -> None:
    assert locate("<r><a/></r>", ["/r[1]/a[2]", "/r[1]/@k", "/x[1]", "", "r", "/r", "/r[1]/a[0]"]) == {}


def test_nothing_is_found_behind_a_fault() -> None:
    assert locate("<r><a/><b></r>", ["/r[1]/a[1]", "/r[1]/c[1]"]) == {"/r[1]/a[1]": (1, 4)}
    assert locate("<r>\ud800<a/></r>", ["/r[1]/a[1]"]) == {}


def test_the_search_ends_with_its_last_wanted_place() -> None:
    assert locate("<r><a/><not-xml", ["/r[1]/a[1]"]) == {"/r[1]/a[1]": (1, 4)}


def test_a_document_with_doctype_is_not_expanded() -> None:
    bomb = "<!DOCTYPE r [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><r>&b;<a/></r>"
    assert locate(bomb, ["/r[1]/a[1]"]) == {}
