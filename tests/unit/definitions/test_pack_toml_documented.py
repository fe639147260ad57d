"""docs/pack-toml.md names every key that a cover sheet may have, with its default, and no other."""

import re
from dataclasses import fields
from pathlib import Path

from checktool.definitions import cover
from checktool.model.definition import BatchKeys, Limits

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "pack-toml.md").read_text(encoding="utf-8")
TABLES = {"form", "container", "limits", "encoding", "files", "tables", "batch"}


def section(title: str) -> str:
    """What stands under a heading that begins so, up to the next heading."""
    return re.split(r"^#+ ", PAGE.partition(f"# {title}")[2], flags=re.MULTILINE)[0]


def keys(title: str) -> set[str]:
    """The keys in the first column of its table."""
    return set(re.findall(r"^\| `([a-z_]+)` \|", section(title), re.MULTILINE))


def test_the_keys_of_the_cover_sheet() -> None:
    assert keys("検査定義そのもの") == set(cover.KEYS) - TABLES
    assert all(f"[{name}" in PAGE for name in TABLES)


def test_the_keys_of_a_form() -> None:
    assert keys("`[[form]]` 様式") | {"batch", "list"} == cover.FORM_KEYS
    assert keys("`[form.batch]`") == {entry.name for entry in fields(BatchKeys)}


def test_the_limits_and_their_defaults() -> None:
    written = re.findall(r"^\| `([a-z_]+)` \| ([^ （|]+)", section("`[limits]` 上限"), re.MULTILINE)
    usual = {name: "" if value == "空" else int(value.replace(",", "")) for name, value in written}
    assert usual == {entry.name: entry.default for entry in fields(Limits)}
