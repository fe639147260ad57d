"""A MAP.toml with a slip: refused where it cannot be meant, told of where nothing answers it."""

from pathlib import Path

import pytest

from .conftest import Importer


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[[record]]\nfixd = true", "record.fixd"), ("[[table]]\nuse = 'false'", "table.use"),
        ("[[form]]\nroots = 'R'", "form.roots"), ("[[table]]\nforms = ['r']", "table.forms"),
        ("[pack]\neditions = '1'", "pack.editions"), ("[tables]\na = 'b'", "tables"),
    ],
)  # fmt: skip
def test_a_key_that_nothing_reads_is_refused(
    importer: Importer, delivery: Path, tmp_path: Path, text: str, key: str
) -> None:
    (tmp_path / "map.toml").write_text(text, encoding="utf-8")
    said = importer(delivery, "--map", tmp_path / "map.toml", "-o", tmp_path / "out")
    assert said.status == 4
    assert "P024" in said.err
    assert f"「{key}」" in said.err


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[[record]]\nsheet = "ない"', "そのシートは資料にありません"),
        ('[[table]]\nfile = "x.csv"\nrow = 1\nfixed = true\ncolumns = {code = "A", name = "B"}',
         "そのシートは資料にありません"),
        ('[[table]]\nsheet = "01_性別"\nheading = "性"\nuse = false', "その見出しの表がありません"),
        ('[[form]]\nroot = "{urn:x}Y"', "XSD の根にありません"),
        ('[items.opinon]\n"a/b" = "c"', "その様式はありません"),
    ],
)  # fmt: skip
def test_what_nothing_answers_is_told(
    importer: Importer, delivery: Path, tmp_path: Path, text: str, told: str
) -> None:
    (tmp_path / "map.toml").write_text(text, encoding="utf-8")
    said = importer(delivery, "--map", tmp_path / "map.toml", "-o", tmp_path / "out")
    assert said.status == 0
    assert [line for line in said.out.splitlines() if "▲" in line and told in line]


def test_a_map_as_it_was_written_has_no_slip(importer: Importer, delivery: Path, tmp_path: Path) -> None:
    importer(delivery, "--id", "k", "-o", tmp_path / "one")
    again = importer(delivery, "--map", tmp_path / "one/MAP.toml", "-o", tmp_path / "two").out
    assert not [line for line in again.splitlines() if "この項は使っていません" in line]
