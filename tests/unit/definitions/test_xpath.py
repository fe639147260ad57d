"""What an XPath expression names: tokens, functions, variables, prefixes, items that it reads."""

import pytest

from checktool.definitions.xpath import (
    contexts,
    covers,
    functions,
    prefixes,
    reads,
    split_union,
    tokens,
    variables,
)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("* * *", ["name *", "operator *", "name *"]),
        ("div div mod", ["name div", "operator div", "name mod"]),
        ("and and and", ["name and", "operator and", "name and"]),
        ("@*[. != '*']", ["symbol @", "name *", "symbol [", "symbol .", "symbol !=", "literal '*'",
                          "symbol ]"]),
        ("child::or", ["axis child", "symbol ::", "name or"]),
        ("text() or text(.)", ["type text", "symbol (", "symbol )", "operator or", "type text", "symbol (",
                               "symbol .", "symbol )"]),
        ("a-b - c", ["name a-b", "symbol -", "name c"]),
        ("$n:v*2.5", ["variable $n:v", "operator *", "number 2.5"]),
        ("n:*//n:f(..)", ["name n:*", "symbol //", "function n:f", "symbol (", "symbol ..", "symbol )"]),
        (".5+1.", ["number .5", "symbol +", "number 1."]),
    ],
)  # fmt: skip
def test_tokens(expression: str, expected: list[str]) -> None:
    assert [f"{kind} {text}" for kind, text in tokens(expression)] == expected


@pytest.mark.parametrize("expression", ["'open", "a # b", "a ? b", "a ; b", "{a}", "a!b"])
def test_what_is_no_xpath(expression: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        tokens(expression)


def test_names() -> None:
    expression = "f:a(b:c, 'f:x(y)') and count($p:v/d:e/@g:h) = not($w) or text()"
    assert functions(expression) == {"f:a", "count", "not"}
    assert variables(expression) == {"p:v", "w"}
    assert prefixes(expression) == {"f", "b", "d", "g"}


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [
        ("a", ["a"]), ("a | b/c", ["a", "b/c"]), ("a[b | c] | d", ["a[b | c]", "d"]),
        ("a['|'] | b", ["a['|']", "b"]),
        ('a["]|"]', ['a["]|"]']), ("a | ", ["a", ""]),
    ],
)  # fmt: skip
def test_branches_of_a_pattern(pattern: str, parts: list[str]) -> None:
    assert split_union(pattern) == parts


@pytest.mark.parametrize(
    ("expression", "context", "expected"),
    [
        ("n:B", "A", {"A/B"}), (".", "A", {"A"}), ("..", "A/B", {"A"}), ("../n:C", "A/B", {"A/C"}),
        ("@c", "A", {"A/@c"}), ("/n:A/n:B", "X/Y", {"A/B"}), ("//n:B", "X", {"**/B"}),
        (".//n:B", "A", {"A/**/B"}),
        ("n:B/n:C/@d", "A", {"A/B/C/@d"}), ("n:B[n:C = 1]", "A", {"A/B", "A/B/C"}),
        ("n:B[@c]/n:D", "A", {"A/B/@c", "A/B/D"}),
        ("count(n:B) + n:C", "A", {"A/B", "A/C"}), ("'n:B'", "A", set()), ("*", "A", {"A/*"}),
        ("@*", "A", {"A/@*"}),
        ("n:B/text()", "A", {"A/B"}), ("child::n:B", "A", {"A/B"}), ("attribute::b", "A", {"A/@b"}),
        ("self::n:A", "A", {"A"}), ("parent::n:A/n:C", "A/B", {"A/C"}),
        ("ancestor::n:A/n:C", "A/B", {"**/A/C"}),
        ("following-sibling::n:C", "A/B", {"**/C"}), ("(n:B | n:C)[1]", "A", {"A/B", "A/C", "**"}),
        ("n:B | n:C", "A", {"A/B", "A/C"}), ("f:a(n:B, ../n:C)", "A/X", {"A/X/B", "A/C"}),
        ("$v/n:B", "A", {"**/B"}),
        ("$v", "A", set()), ("current()/../n:B", "A/C", {"**/B", "**"}), ("id('x')/n:B", "A", {"**/B"}),
        ("n:B = 1 and not(n:C)", "A", {"A/B", "A/C"}), ("-n:B", "A", {"A/B"}), ("n:B[last()]", "A", {"A/B"}),
    ],
)  # fmt: skip
def test_items_that_an_expression_reads(expression: str, context: str, expected: set[str]) -> None:
    found = reads(expression, context)
    assert found - {"**"} == expected - {"**"}


@pytest.mark.parametrize(
    ("read", "item", "expected"),
    [
        ("A/B", "A/B", True), ("A/B", "A", True), ("A/B", "A/B/C", False), ("A/B", "A/C", False),
        ("A/*", "A/B", True),
        ("**/B", "A/B", True), ("**/B", "A/C/B", True), ("**/B", "A/C", False), ("**", "A/B", False),
        ("A/**/C", "A/B/C", True),
        ("A/**/C", "A/B", False), ("A/@b", "A/@b", True), ("A/@b", "A/b", False), ("A/@*", "A/@b", False),
        ("**/B/C", "A/B", True),
    ],
)  # fmt: skip
def test_whether_a_read_path_meets_an_item(read: str, item: str, expected: bool) -> None:
    assert covers(read, item) is expected


def test_contexts_of_a_rule() -> None:
    assert list(contexts("/n:A/n:B | n:C[@d]/n:E | @f | /")) == [
        ("/n:A/n:B", "A/B"), ("//n:C[@d]/n:E", "**/C/E"), ("//@f", "**/@f"), ("/", ""),
    ]  # fmt: skip
