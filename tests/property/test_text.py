"""A value that is let through at once is one about which no check has anything to say."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from checktool.checking import repertoire, text
from checktool.checking.leaves import Leaf
from checktool.checking.text import Text
from checktool.model.definition import Encoding, Form, RecordItem

KINDS = st.sampled_from(
    ["name", "string", "freetext", "code", "digits", "integer", "decimal", "date", "month"]
)
ITEMS = st.builds(
    RecordItem, st.just("1"), st.just("s"), st.just("i"), st.just("V"), KINDS,
    max_len=st.sampled_from([0, 0, 3]), lines=st.sampled_from([0, 0, 2]),
    charset=st.sampled_from(["", "any", "hiragana", "halfwidth", "digits", "fullwidth", "official"]),
).filter(lambda item: item.type not in text.NUMERIC or item.charset != "hiragana")  # fmt: skip
ODD = "あア漢aA1１ Ａｱ－ー-―−‐　\n\t\r\u00a0?？●■〓①Ⅴ髙﨑ゔゝ・々〆、。「」（）～\ufffd\u3099\ue000"
CHARACTERS = st.one_of(
    st.characters(codec="utf-8"), st.sampled_from(ODD), st.sampled_from("あいう漢字アイ12ab-. \n")
)
NODE = etree.Element("V")


@settings(max_examples=1500, deadline=None)
@given(
    ITEMS,
    st.text(CHARACTERS, min_size=1, max_size=6),
    st.sampled_from(["jisx0208", "jisx0213", "cp932", "unicode"]),
)
def test_nothing_is_let_through_that_a_check_would_tell(item: RecordItem, value: str, name: str) -> None:
    layer = Text(Form("f", "f", record=(item,)), Encoding(repertoire=name))
    if text._ordinary(item)(value):
        subject = SimpleNamespace(document=SimpleNamespace(mended=False), faulty=set())
        hits = layer._close(Leaf("V", NODE, "", value), item, subject)  # type: ignore[arg-type]
        assert [hit.code for hit in hits] == []


def _written(char: str, codec: str) -> bool:
    try:
        raw = char.encode(codec)
    except UnicodeEncodeError:
        return False
    return b"\x1b$B" in raw if codec == "iso2022_jp" else len(raw) > 1


@pytest.mark.parametrize(
    ("known", "codec"),
    [(repertoire.jisx0208, "iso2022_jp"), (repertoire.jisx0213, "euc_jis_2004"), (repertoire.cp932, "cp932")],
)
def test_a_repertoire_is_what_its_codec_can_write(known: Callable[[], frozenset[str]], codec: str) -> None:
    private, half = "\ue000\uf8ff", "\uff61\uff9f"
    chars = set(map(chr, range(0x80, 0xD800))) | set(map(chr, range(0xE000, 0x30000)))
    chars -= {char for low, high in (private, half) for char in map(chr, range(ord(low), ord(high) + 1))}
    chars -= repertoire._WINDOWS_TWINS
    assert {char for char in chars if _written(char, codec)} == known() & chars
