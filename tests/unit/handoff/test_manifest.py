"""The text files of a bag: what is written is read back, and what is none is refused."""

import pytest

from checktool.handoff.manifest import (
    is_declaration,
    read_info,
    read_manifest,
    written_info,
    written_manifest,
)


def test_names_come_back_from_a_manifest_as_they_went_in() -> None:
    hashes = {"data/100%.xml": "ab", "data/a\r\nb": "cd", "data/%250A": "ef"}
    assert dict(read_manifest(written_manifest(hashes))) == hashes


def test_manifests_of_other_tools_are_read() -> None:
    data = b"AB\t data/a b.xml\r\ncd  data/c.xml\n\n"
    assert read_manifest(data) == [("data/a b.xml", "ab"), ("data/c.xml", "cd")]


@pytest.mark.parametrize("data", [b"hello", b"zz  a", b"ab", b"ab  ", b"ab  \xff"])
def test_a_line_that_is_none_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        read_manifest(data)


def test_fields_come_back_on_one_line() -> None:
    assert written_info([("A", " x\n y ")]) == b"A: x y\n"
    assert read_info(b"A: x\n  y\nB:z\n") == {"A": "x y", "B": "z"}
    with pytest.raises(ValueError, match="hello"):
        read_info(b"hello\n")


def test_the_declaration_is_two_exact_lines() -> None:
    lines = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8"
    assert all(map(is_declaration, (lines, lines + b"\n", lines.replace(b"\n", b"\r\n"))))
    for other in (b"", lines + b"\n\n", lines + b"x", lines.replace(b"1.0", b"0.97"), lines.lower()):
        assert not is_declaration(other)
