"""XSD regular expressions mean what another translator takes them to mean."""

import re

from elementpath.regex import translate_pattern
from hypothesis import given, settings
from hypothesis import strategies as st

from checktool.definitions.regex import translated

ATOMS = st.sampled_from(
    ["a", "b", "1", "漢", ".", "[ab]", "[^a]", "[a-c1-3]", r"\.", r"\-", r"\\", r"\s", r"\S", "[0-9]",
     r"[\s\-]", r"\i", r"\c", r"\p{IsHiragana}", r"\P{IsHiragana}", r"\p{Lu}", "^", "$", r"\n", r"[\i]",
     r"\^"]
)  # fmt: skip
QUANTIFIERS = st.sampled_from(["", "", "", "?", "*", "+", "{2}", "{0,2}", "{1,}"])
PIECES = st.lists(st.builds("{}{}".format, ATOMS, QUANTIFIERS), max_size=4).map("".join)
EXPRESSIONS = st.one_of(
    PIECES, st.builds("{}|{}".format, PIECES, PIECES), st.builds("({}){}".format, PIECES, QUANTIFIERS),
    st.builds("({}|{}){}".format, PIECES, PIECES, QUANTIFIERS),
)  # fmt: skip
TEXTS = st.text(st.sampled_from("abc123漢あア.-\\^$ \n\tA:_"), max_size=5)


@settings(max_examples=300, deadline=None)
@given(EXPRESSIONS, st.lists(TEXTS, min_size=1, max_size=8))
def test_the_same_texts_fit(expression: str, texts: list[str]) -> None:
    ours = re.compile(translated(expression))
    theirs = re.compile(
        translate_pattern(expression, back_references=False, lazy_quantifiers=False, anchors=False)
    )
    for text in texts:
        assert (ours.fullmatch(text) is None) is (theirs.search(text) is None), (expression, text)
