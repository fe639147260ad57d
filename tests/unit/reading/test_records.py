"""Multi-record files cut into records, wherever the pieces that are read end."""

import hashlib
from collections.abc import Iterator

import pytest
from lxml import etree

from checktool.model.definition import Limits
from checktool.reading.encodings import announced
from checktool.reading.faults import ReadFault
from checktool.reading.records import Record, Splitter, survey

LIMITS = Limits()
TEXT = (
    '<?xml version="1.0"?>\n<!-- <R>no</R> --><f:F xmlns:f="urn:f" xmlns="urn:d" a=">">\n'
    "<R>一<R>inner</R></R><R/>text<f:R k=\">\" j='/>'/>\n  <R ><![CDATA[</R>]]></R><?p <R/>?>"
    "<S>\n</S ><R x='1'></R></f:F>\n<!-- end -->"
)
RECORDS = [
    ("/F[1]/R[1]", 3, 1, "<R>一<R>inner</R></R>"), ("/F[1]/R[2]", 3, 21, "<R/>"),
    ("/F[1]/R[3]", 3, 29, "<f:R k=\">\" j='/>'/>"), ("/F[1]/R[4]", 4, 3, "<R ><![CDATA[</R>]]></R>"),
    ("/F[1]/S[1]", 4, 37, "<S>\n</S >"), ("/F[1]/R[5]", 5, 6, "<R x='1'></R>"),
]  # fmt: skip


def pieces(text: str, size: int) -> Iterator[bytes]:
    raw = text.encode()
    return (raw[at : at + size] for at in range(0, len(raw), size))


def records(text: str, size: int = 1000, limits: Limits = LIMITS) -> list[Record]:
    return list(Splitter(limits).split(pieces(text, size)))


@pytest.mark.parametrize("size", [*range(1, 40), 1000])
def test_records_are_cut_exactly(size: int) -> None:
    found = [(one.prefix, one.line, one.column, one.data.decode()) for one in records(TEXT, size)]
    assert found == RECORDS


def test_a_record_is_a_document_in_the_namespaces_of_its_file() -> None:
    roots = [etree.fromstring(one.opening + one.data + one.closing)[0] for one in records(TEXT)]
    assert [root.tag for root in roots[:3]] == ["{urn:d}R", "{urn:d}R", "{urn:f}R"]


@pytest.mark.parametrize("uri", ["urn:a&amp;b", "urn:'", "urn:a?b=c&#38;d"])
def test_namespaces_of_the_file_are_written_as_they_were(uri: str) -> None:
    (record,) = records(f'<F xmlns="{uri}"><R/></F>')
    root = etree.fromstring(record.opening + record.data + record.closing)[0]
    assert etree.QName(root).namespace == etree.QName(etree.fromstring(f'<F xmlns="{uri}"/>')).namespace


def test_a_record_larger_than_a_document_may_be_is_refused() -> None:
    text = "<F><R>" + "x" * 500 + "</R></F>"
    assert len(records(text, 10, Limits(document_bytes=600))) == 1
    with pytest.raises(ReadFault) as caught:
        records(text, 10, Limits(document_bytes=400))
    assert (caught.value.code, dict(caught.value.params)) == ("F009", {"limit": "record"})


def test_what_stands_between_records_is_not_kept() -> None:
    text = "<F>" + "<!-- filler -->" * 100 + "<R/></F>"
    assert len(records(text, 10, Limits(document_bytes=100))) == 1


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_a_survey_knows_digest_size_and_root(size: int) -> None:
    raw = TEXT.encode()
    assert survey(pieces(TEXT, size), announced(raw)) == (
        hashlib.sha256(raw).hexdigest(), len(raw), "{urn:f}F",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("<F><R></F>", "X101", 1),
        ("<F>\n\n", "X101", 3),
        ("<!DOCTYPE F><F/>", "F007", 1),
        ("<F/>x", "X101", 1),
    ],
)
def test_a_survey_refuses_what_cannot_be_read(text: str, code: str, line: int) -> None:
    with pytest.raises(ReadFault) as caught:
        survey(pieces(text, 3), announced(text.encode()))
    assert (caught.value.code, dict(caught.value.params).get("line", 0)) == (code, line)
