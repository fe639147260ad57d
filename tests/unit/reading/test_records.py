"""Records of a container are cut out whole, wherever the pieces that are read end."""

from hypothesis import example, given
from hypothesis import strategies as st

from checktool.model.definition import Limits
from checktool.reading.positions import locate
from checktool.reading.records import Splitter

RECORDS = st.sampled_from(
    [
        "<a/>",
        "<a k='/>'/>",
        "<a></a >",
        "<a><b/></a>",
        "<a\r\n k='1'\n/>",
        '<p:a k=">">難病</p:a\n>',
        "<b><![CDATA[</b>]]></b>",
        "<a><!-- </a> --><a/></a>",
    ]
)
GAPS = st.sampled_from(["", "\n", "\r\n\t", "<!-- <a/> -->", "<?p <a>?>"])


@given(st.lists(st.tuples(GAPS, RECORDS), max_size=6), GAPS, st.integers(1, 80))
@example([("", "<a/>")], "", 1000)
@example([("\n", "<a></a >")] * 3, "\n", 1)
def test_records_are_what_stands_in_the_file(parts: list[tuple[str, str]], end: str, size: int) -> None:
    text = "<F xmlns:p='u'>" + "".join(gap + record for gap, record in parts) + end + "</F>"
    data = text.encode()
    pieces = (data[start : start + size] for start in range(0, len(data), size))
    found = list(Splitter(Limits()).split(pieces))
    assert [record.data.decode() for record in found] == [record for _, record in parts]
    places = locate(text, [record.prefix for record in found])
    assert [(record.line, record.column) for record in found] == [places[record.prefix] for record in found]
