"""Expressions as trees: what binds more tightly, and what is no expression."""

import pytest

from checktool.definitions.xpath_tree import (
    ANY,
    Binary,
    Call,
    Minus,
    Number,
    Path,
    Step,
    Text,
    Variable,
    parse,
)

A, B = (Path(None, False, (), (Step("child", name, ()),)) for name in "ab")


@pytest.mark.parametrize(
    ("written", "tree"),
    [
        ("a or b and a = b", Binary("or", A, Binary("and", B, Binary("=", A, B)))),
        ("a - b - a", Binary("-", Binary("-", A, B), A)),
        ("1 + 2 * 3 < a", Binary("<", Binary("+", Number("1"), Binary("*", Number("2"), Number("3"))), A)),
        ("(1 + 2) * 3", Binary("*", Binary("+", Number("1"), Number("2")), Number("3"))),
        ("- a | b", Minus(Binary("|", A, B))),
        ("f:x('t', $v)", Call("f:x", (Text("t"), Variable("v")))),
        ("/", Path(None, True, (), ())),
        ("//a", Path(None, True, (), (Step("descendant-or-self", ANY, ()), Step("child", "a", ())))),
        ("../@x", Path(None, False, (), (Step("parent", ANY, ()), Step("attribute", "x", ())))),
        ("a[b][1]", Path(None, False, (), (Step("child", "a", (B, Number("1"))),))),
        ("(a)[b]/b", Path(A, False, (B,), (Step("child", "b", ()),))),
        ("text()", Path(None, False, (), (Step("child", "text()", ()),))),
        ("div div div", Binary("div", *(Path(None, False, (), (Step("child", "div", ()),)),) * 2)),
    ],
)  # fmt: skip
def test_a_tree(written: str, tree: object) -> None:
    assert parse(written) == tree


@pytest.mark.parametrize(
    "written", ["", "a b", "a[", "a]", "f(", "f(a,)", "a/", "/a/", "()", "a =", "@", "$", "1 2"]
)
def test_what_is_no_expression(written: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - as the reader of tokens
        parse(written)
