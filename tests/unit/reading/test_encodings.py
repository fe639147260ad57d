"""What a document declares, what it is, and whether the two agree."""

import pytest

from checktool.reading.encodings import Announced, announced, decode, decoded
from checktool.reading.faults import ReadFault

JAPANESE = "難病の経過を記載する。"


def declared(encoding: str, text: str = JAPANESE) -> str:
    return f'<?xml version="1.0" encoding="{encoding}"?><a>{text}</a>'


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"<a/>", Announced("utf-8", "UTF-8", bom=False)),
        (b"", Announced("utf-8", "UTF-8", bom=False)),
        (b"\xef\xbb\xbf<a/>", Announced("utf-8", "UTF-8", bom=True)),
        (declared("utf-8").encode(), Announced("utf-8", "UTF-8", bom=False)),
        (declared("UTF-8").encode("utf-8-sig"), Announced("utf-8", "UTF-8", bom=True)),
        (declared("US-ASCII", "").encode(), Announced("utf-8", "UTF-8", bom=False)),
        (declared("UTF-16").encode("utf-16"), Announced("utf-16", "UTF-16", bom=True)),
        (declared("UTF-16").encode("utf-16-le"), Announced("utf-16-le", "UTF-16", bom=False)),
        (declared("UTF-16BE").encode("utf-16-be"), Announced("utf-16-be", "UTF-16", bom=False)),
        ("<a/>".encode("utf-16"), Announced("utf-16", "UTF-16", bom=True)),
        (declared("Shift_JIS").encode("cp932"), Announced("cp932", "Shift_JIS", bom=False)),
        (declared("Windows-31J").encode("cp932"), Announced("cp932", "Shift_JIS", bom=False)),
        (declared("EUC-JP").encode("euc_jp"), Announced("euc_jp", "EUC-JP", bom=False)),
        (b"<?xml version='1.0' encoding = 'shift_jis' ?><a/>", Announced("cp932", "Shift_JIS", bom=False)),
        (b"<?xml version='1.0'?><a encoding='EUC-JP'/>", Announced("utf-8", "UTF-8", bom=False)),
    ],
)
def test_what_a_document_announces(raw: bytes, expected: Announced) -> None:
    assert announced(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (declared("UTF-8").encode("cp932"), ("UTF-8", "Shift_JIS")),
        (declared("UTF-8").encode("euc_jp"), ("UTF-8", "EUC-JP")),
        (declared("Shift_JIS").encode(), ("Shift_JIS", "UTF-8")),
        (declared("Shift_JIS", "ああ").encode(), ("Shift_JIS", "UTF-8")),
        (declared("Shift_JIS", "けいか").encode("euc_jp"), ("Shift_JIS", "EUC-JP")),
        (declared("EUC-JP").encode(), ("EUC-JP", "UTF-8")),
        (declared("EUC-JP").encode("cp932"), ("EUC-JP", "Shift_JIS")),
        (declared("Shift_JIS").encode("euc_jp"), ("Shift_JIS", "EUC-JP")),
        (declared("Shift_JIS").encode("utf-8-sig"), ("Shift_JIS", "UTF-8")),
        (declared("UTF-8").encode("utf-16"), ("UTF-8", "UTF-16")),
        (declared("UTF-8").encode("utf-16-le"), ("UTF-8", "UTF-16")),
        ("<a/>".encode("utf-16-be"), ("", "UTF-16")),
        ("<a>経過</a>".encode("cp932"), ("", "Shift_JIS")),
        (declared("UTF-16").encode("utf-32"), ("UTF-16", "UTF-32")),
        (declared("UTF-16BE").encode("utf-16"), ("UTF-16BE", "UTF-16LE")),
        (declared("UTF-16LE").encode("utf-16-be"), ("UTF-16LE", "UTF-16BE")),
        (declared("UTF-16").encode(), ("UTF-16", "UTF-8")),
        (declared("ISO-8859-1").encode(), ("ISO-8859-1", "UTF-8")),
        (declared("ISO-2022-JP").encode("cp932"), ("ISO-2022-JP", "Shift_JIS")),
        (declared("ISO-8859-1", JAPANESE * 300).encode(), ("ISO-8859-1", "UTF-8")),
        (declared("ISO-8859-1", "x" + JAPANESE * 300).encode(), ("ISO-8859-1", "UTF-8")),
        (declared("ISO-8859-1", "xx" + JAPANESE * 300).encode(), ("ISO-8859-1", "UTF-8")),
        (declared("UTF-8").encode() + b"\xff\xff", ("UTF-8", "")),
    ],
)
def test_what_is_declared_and_what_it_is(raw: bytes, expected: tuple[str, str]) -> None:
    with pytest.raises(ReadFault) as caught:
        decode(raw)
    params = dict(caught.value.params)
    assert (caught.value.code, params["declared"], params["actual"]) == ("X102", *expected)


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (declared("UTF-8", JAPANESE * 9 + "\n").encode() + b"\xe9", 2),
        ("<a>難病の\n\n".encode() + b"\xff\n</a>", 3),
        (declared("Shift_JIS", "日本\n").encode("cp932") + b"\x81", 2),
        (declared("UTF-16", JAPANESE * 9 + "\n").encode("utf-16") + b"\x00\xd8", 2),
    ],
)
def test_a_broken_byte_is_no_other_encoding(raw: bytes, line: int) -> None:
    with pytest.raises(ReadFault) as caught:
        decode(raw)
    params = dict(caught.value.params)
    assert (caught.value.code, params["actual"], params["line"]) == ("X102", "", line)


@pytest.mark.parametrize(
    "text", ["①髙﨑㈱№", "～－∥￠￡￢", "ｱｲｳ", "\\~", "ー―‐", "ⅠⅡⅲ",
    "漢"], ids=lambda text: text.encode("unicode_escape").decode()
)  # fmt: skip
def test_shift_jis_is_read_as_windows_writes_it(text: str) -> None:
    assert decode(declared("Shift_JIS", text).encode("cp932"))[0] == declared("Shift_JIS", text)


def test_half_width_kana_do_not_make_another_encoding() -> None:
    text = declared("Shift_JIS", "氏名ﾃｽﾄﾃﾞｽ")
    assert decode(text.encode("cp932"))[0] == text


def test_the_mark_of_byte_order_is_no_character() -> None:
    assert decode("<a/>".encode("utf-16"))[0] == "<a/>"
    assert decode("<a/>".encode("utf-8-sig"))[0] == "<a/>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp932", "euc_jp"])
@pytest.mark.parametrize("size", [1, 2, 3, 5, 1000])
def test_pieces_give_the_same_characters(encoding: str, size: int) -> None:
    names = {"utf-16": "UTF-16", "utf-16-be": "UTF-16", "cp932": "Shift_JIS", "euc_jp": "EUC-JP"}
    text = declared(names.get(encoding, "UTF-8"), JAPANESE + "\ufeffｱ")
    if encoding in ("cp932", "euc_jp"):
        text = text.replace("\ufeff", "")
    raw = text.encode(encoding)
    pieces = [raw[at : at + size] for at in range(0, len(raw), size)]
    assert "".join(decoded(pieces, announced(raw))) == text


@pytest.mark.parametrize("raw", [declared("UTF-8").encode("cp932"), declared("UTF-8").encode() + b"\xe3\x81"])
def test_pieces_that_are_not_as_declared(raw: bytes) -> None:
    with pytest.raises(ReadFault) as caught:
        list(decoded([raw[:50], raw[50:]], announced(raw)))
    assert caught.value.code == "X102"
