"""What may be spelled more plainly without another meaning, and what is left as it is."""

import pytest

from checktool.checking.respelling import respelled


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<a b='c'/>", '<a b="c"/>'),
        ("<a b = 'c'\n d='&quot;' >'x'</a>", '<a b = "c"\n d="&quot;" >\'x\'</a>'),
        ("<a><!-- x --> <!--y='z'--><b/></a>", "<a><b/></a>"),
        ("<!-- x --><a><!-- - --><b c='d'/></a>", '<a><b c="d"/></a>'),
        ("<?xml version='1.0'?><a b='>'/>", "<?xml version='1.0'?><a b=\">\"/>"),
    ],
)
def test_other_spellings(text: str, plain: str) -> None:
    assert respelled(text) == plain


@pytest.mark.parametrize(
    "text",
    [
        '<a b="c\'d"/>',
        "<a b='c\"d'/>",
        "<a b='c' d=\"e\"/>",
        "<a>x='y'</a>",
        "<a>b<!-- x --></a>",
        "<a>b<!-- x -->c</a>",
        "<a><![CDATA[<b c='d'>]]></a>",
        "<a><?x <!-- ?><b/><?x --> ?></a>",
        "<?xml-stylesheet <!-- ?><a/>",
        "<a b='c'><!-- <d e='f'> --></a>",
    ],
)
def test_left_as_it_is(text: str) -> None:
    assert respelled(text) == text
