"""Expressions put into other words before they are compiled: variables, functions of XSLT, comments."""

import pytest

from checktool.checking.schematron.xpath2_parser import free_variables, without_comments
from checktool.checking.schematron.xslt1 import OWN, written
from checktool.definitions.schematron_lets import Let, lent
from checktool.definitions.xpath_text import split_union, used_variables, with_variable


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("a = current()", "a = $now"), ("'current()' = current( )", "'current()' = $now"),
        ("my:current()", "my:current()"), ("key('k', id(@x))", f"{OWN}:key('k', {OWN}:id(@x))"),
        ("@id = key", "@id = key"), ("generate-id() = 1", f"{OWN}:generate-id(.) = 1"),
        ("document('a')/b", f"({OWN}:document('a')/..)/b"), ("'document(' | a", "'document(' | a"),
        ("document(concat('a', document('(')))//b",
         f"({OWN}:document(concat('a', ({OWN}:document('(')/..)))/..)//b"),
        ("count(a)", "count(a)"), ("a", "a"),
    ],
)  # fmt: skip
def test_functions_of_xslt_1(expression: str, expected: str) -> None:
    assert written(expression, "now") == expected


def test_a_call_that_is_not_closed_is_no_expression() -> None:
    with pytest.raises(ValueError, match="document"):
        written("document('a'", "now")


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("a | b/c", ["a", "b/c"]), ("a[b | c] | d", ["a[b | c]", "d"]), ("a['|'] | \"|\"", ["a['|']", '"|"']),
        ("(a | b)/c", ["(a | b)/c"]), ("a |", ["a", ""]),
    ],
)  # fmt: skip
def test_branches_of_a_union(expression: str, expected: list[str]) -> None:
    assert split_union(expression) == expected


def test_variables_in_an_expression() -> None:
    assert used_variables("$a + '$b' + $c-d.e * $p:f") == {"a", "c-d.e", "p:f"}
    assert with_variable("$a + $ab + '$a' + $a-b + $a/x", "a", "(z)") == "(z) + $ab + '$a' + $a-b + (z)/x"


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("$a + $b", {"a", "b"}), ("for $a in $b return $a", {"b"}),
        ("some $a in x, $b in $a satisfies $b = $c", {"c"}),
        ("let $a := 1 return $a + $d", {"d"}), ("function($a as xs:int, $b) { $a + $b + $c }", {"c"}),
        ("'$a' (: $b :)", set()),
    ],
)  # fmt: skip
def test_variables_that_an_expression_does_not_bind(expression: str, expected: set[str]) -> None:
    assert free_variables(expression) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("a (: b :)", "a  "),
        ("'(: a :)' (: b (: c :) d :)", "'(: a :)'  "),
        ("a", "a"),
        ("(:: a ::) b", "  b"),
    ],
)
def test_comments(expression: str, expected: str) -> None:
    assert without_comments(expression) == expected


def test_patterns_lend_variables_with_those_that_they_need() -> None:
    first = (Let("a", "1"), Let("b", "$a + $c"), Let("unused", "1"))
    second = (Let("c", "2"),)
    assert [let.name for let in lent({"b", "nowhere"}, [first, second], used_variables)] == ["a", "c", "b"]
