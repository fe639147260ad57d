"""What is written in an encoding is read from it, whole or in pieces."""

from hypothesis import assume, given
from hypothesis import strategies as st

from checktool.reading.encodings import announced, decode, decoded
from checktool.reading.faults import ReadFault

NAMES = {
    "utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16",
    "cp932": "Shift_JIS", "euc_jp": "EUC-JP",
}  # fmt: skip
TEXTS = st.text(st.one_of(st.sampled_from("①髙ｱ～―−￥§あ漢"), st.characters(codec="utf-8")), max_size=40)


def raw_of(text: str, codec: str) -> bytes:
    """A document of that text; what the codec does not have is left out."""
    document = f'<?xml version="1.0" encoding="{NAMES[codec]}"?><a>難病の{text}</a>'
    return document.encode(codec, "ignore")


@given(TEXTS, st.sampled_from(sorted(NAMES)))
def test_a_document_is_read_as_it_was_written(text: str, codec: str) -> None:
    raw = raw_of(text, codec)
    found, seen = decode(raw)
    assert found == raw.decode(codec).removeprefix("\ufeff")
    assert seen.name == NAMES[codec]


@given(TEXTS, st.sampled_from(sorted(NAMES)), st.integers(1, 9))
def test_pieces_of_any_size_make_the_same_text(text: str, codec: str, size: int) -> None:
    raw = raw_of(text, codec)
    pieces = (raw[at : at + size] for at in range(0, len(raw), size))
    assert "".join(decoded(pieces, announced(raw))) == decode(raw)[0]


def _read(raw: bytes) -> str:
    try:
        return decode(raw)[0]
    except ReadFault as fault:
        return fault.code


@given(st.text(st.characters(min_codepoint=0x3041, max_codepoint=0x9FFF), min_size=3), st.data())
def test_a_false_declaration_never_gives_other_characters(text: str, data: st.DataObject) -> None:
    written, said = data.draw(st.permutations(["utf-8", "cp932", "euc_jp"]))[:2]
    body = text.encode(written, "ignore").decode(written)
    assume(len(body) > 2)
    document = f'<?xml version="1.0" encoding="{NAMES[said]}"?><a>難病の経過を記載しています。{body}</a>'
    assert _read(document.encode(written)) in (document, "X102")
