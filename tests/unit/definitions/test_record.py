"""Record definitions: what a row means, and what it may not say."""

from pathlib import Path

import pytest

from checktool.definitions.record import COLUMNS, read
from checktool.errors import PackError
from checktool.model.definition import RecordItem

HEADER = ",".join(COLUMNS)
FULL = "7,基本,氏名（姓）,Patient/Name/Family,name,1,20,fullwidth,,always,yes,,,,覚え"


def written(folder: Path, *rows: str, header: str = HEADER) -> Path:
    path = folder / "note.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def test_a_row_with_everything(tmp_path: Path) -> None:
    assert read(written(tmp_path, FULL)) == (
        RecordItem("7", "基本", "氏名（姓）", "Patient/Name/Family", "name", 1, 20, 0, "fullwidth",
                   required="always", personal=True, note="覚え"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"type": "freetext:7"}, {"type": "freetext", "lines": 7}), ({"required": ""}, {"required": "no"}),
        ({"code_table": "shoman:Disease/@group"}, {"code_table": "shoman", "key_path": "Disease/@group"}),
        ({"past": "yes", "unit": "cm", "code": "R519"}, {"past": True, "unit": "cm", "code": "R519"}),
    ],
)  # fmt: skip
def test_cells_of_a_row(tmp_path: Path, cells: dict[str, str], expected: dict[str, object]) -> None:
    row = {"item": "項目", "path": "A", "type": "string"} | cells
    (item,) = read(written(tmp_path, ",".join(row.get(name, "") for name in COLUMNS)))
    assert {name: getattr(item, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("kind", "personal", "quotable"),
    [("string", "", True), ("string", "yes", False), ("freetext", "", False)],
)
def test_what_may_be_quoted(tmp_path: Path, kind: str, personal: str, quotable: bool) -> None:
    (item,) = read(written(tmp_path, f"1,s,i,A,{kind},,,,,,{personal},,,,"))
    assert item.quotable is quotable


@pytest.mark.parametrize(
    "row",
    [
        "1,s,i,A,text,,,,,,,,,,", "1,s,i,A,string,x,,,,,,,,,", "1,s,i,A,string,,-,,,,,,,,",
        "1,s,i,A,string,,,katakana,,,,,,,",
        "1,s,i,A,string,,,,,sometimes,,,,,", "1,s,i,A,string,,,,,,true,,,,", "1,s,i,A,string,,,,,,,no,,,",
        "1,s,i,,string,,,,,,,,,,", "1,s,,A,string,,,,,,,,,,", "1,s,i,A,freetext:x,,,,,,,,,,",
        "1,s,i,A,string,,",
        "1,s,i,A,string,-1,,,,,,,,,",
    ],
)  # fmt: skip
def test_what_a_row_may_not_say(tmp_path: Path, row: str) -> None:
    with pytest.raises(PackError) as caught:
        read(written(tmp_path, FULL, row))
    assert (caught.value.code, caught.value.params["file"], caught.value.params["line"]) == (
        "P005",
        "note.csv",
        3,
    )


def test_a_path_stands_once(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="P005"):
        read(written(tmp_path, FULL, FULL))


def test_the_columns_are_those_of_the_contract(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="P005"):
        read(written(tmp_path, FULL, header=HEADER.replace("past", "future")))
