"""What is said of children that do not fit: few faults, at the right nodes."""

import pytest
from lxml import etree

from checktool.checking.content import Missing, Unexpected, reading
from checktool.definitions.contentmodel import Particle


def element(name: str, low: int = 1, high: int = 1) -> Particle:
    return Particle("element", low, high, name)


def sequence(*parts: Particle, low: int = 1, high: int = 1) -> Particle:
    return Particle("sequence", low, high, parts=list(parts))


def choice(*parts: Particle, low: int = 1, high: int = 1) -> Particle:
    return Particle("choice", low, high, parts=list(parts))


def faults(content: Particle | None, children: str) -> list[str]:
    """The faults of children (one letter each): ``-b`` is missing, ``d3`` is the third child, unexpected."""
    holder = etree.Element("holder")
    for name in children:
        etree.SubElement(holder, name)
    told = []
    read = reading(content, holder)
    for fault in read.faults if read else ():
        if isinstance(fault, Missing):
            told.append(f"-{fault.name}")
        elif isinstance(fault, Unexpected):
            told.append(f"{fault.node.tag}{holder.index(fault.node) + 1}")
    return told


ABC = sequence(element("a"), element("b"), element("c"))
OPTIONAL = sequence(element("a"), element("b", 0), element("c", 0), element("d"))
REPEATED = sequence(element("a", 1, 3), element("b", 2, 2))
CHOICE = choice(sequence(element("a"), element("b")), element("c"))


@pytest.mark.parametrize(
    ("content", "children", "expected"),
    [
        (ABC, "abc", []), (ABC, "ac", ["-b"]), (ABC, "", ["-a", "-b", "-c"]), (ABC, "ab", ["-c"]),
        (ABC, "axbc", ["x2"]), (ABC, "abcx", ["x4"]), (ABC, "xabc", ["x1"]), (ABC, "acb", ["c2"]),
        (ABC, "aabc", ["a2"]), (ABC, "abbc", ["b3"]), (ABC, "axc", ["x2", "-b"]),
        (OPTIONAL, "ad", []), (OPTIONAL, "abcd", []), (OPTIONAL, "acd", []), (OPTIONAL, "abc", ["-d"]),
        (OPTIONAL, "axd", ["x2"]), (OPTIONAL, "axbcd", ["x2"]), (OPTIONAL, "abxcyd", ["x3", "y5"]),
        (REPEATED, "abb", []), (REPEATED, "aaabb", []), (REPEATED, "ab", ["-b"]),
        (REPEATED, "aaaabb", ["a4"]),
        (REPEATED, "abbb", ["b4"]), (REPEATED, "bb", ["-a"]),
        (CHOICE, "ab", []), (CHOICE, "c", []), (CHOICE, "a", ["-b"]), (CHOICE, "", ["-a"]),
        (CHOICE, "cx", ["x2"]),
        (None, "", []), (None, "ab", ["a1", "b2"]),
        (sequence(element("a"), Particle("any")), "zz", []),
        (Particle("all", parts=[element("a"), element("b", 0)]), "ba", []),
        (Particle("all", parts=[element("a"), element("b", 0)]), "b", ["-a"]),
        (Particle("all", parts=[element("a"), element("b", 0)]), "aba", ["a3"]),
        (sequence(sequence(element("a"), element("b"), low=0, high=9), element("c")), "ababc", []),
        (sequence(sequence(element("a"), element("b"), low=0, high=9), element("c")), "abac", ["-b"]),
        (choice(element("a"), element("b"), low=0, high=3), "bab", []),
        (choice(element("a"), element("b"), low=0, high=3), "baba", ["a4"]),
    ],
)  # fmt: skip
def test_faults(content: Particle | None, children: str, expected: list[str]) -> None:
    assert sorted(faults(content, children)) == sorted(expected)


def test_an_unexpected_child_says_what_should_come(tmp_path: object) -> None:
    holder = etree.fromstring("<h><a/><x/><b/><c/></h>")
    read = reading(ABC, holder)
    assert read is not None
    (fault,) = read.faults
    assert isinstance(fault, Unexpected)
    assert fault.expected == ("b",)


def test_comments_are_no_children() -> None:
    holder = etree.fromstring("<h><!-- x --><a/><?p x?><b/><c/></h>")
    assert reading(ABC, holder) == ([], list(holder.iterchildren(etree.Element)))


@pytest.mark.parametrize(
    ("content", "children", "expected"),
    [
        (ABC, "abc", "abc"), (ABC, "", "ABC"), (ABC, "xacb", "abc"), (ABC, "bca", "abc"),
        (ABC, "abcx", "abc"), (REPEATED, "aaaa", "aaaBB"), (CHOICE, "a", "aB"), (None, "ab", ""),
        (Particle("all", parts=[element("a"), element("b")]), "bx", "bA"),
        (sequence(sequence(element("a"), element("b"), low=2, high=2)), "ab", "abAB"),
    ],
)  # fmt: skip
def test_how_the_children_would_stand_without_faults(
    content: Particle | None, children: str, expected: str
) -> None:
    """Capitals are made up."""
    holder = etree.Element("holder")
    for name in children:
        etree.SubElement(holder, name)
    read = reading(content, holder)
    assert read is not None
    assert "".join(p.upper() if isinstance(p, str) else str(p.tag) for p in read.mended) == expected
