"""Code tables: rows with validity, further columns, and what a table may not hold."""

import pickle
from datetime import date
from pathlib import Path

import pytest

from checktool.definitions.codetable import Facts, Tables, read
from checktool.errors import PackError
from checktool.model.definition import CodeTable

HEADER = "code,name,valid_from,valid_to,group\n"
ROWS = '1,林檎,,,果物\n2,梨,2020-04-01,2024-03-31,果物\n2,洋梨,2025-04-01,,果実\n\n03,"柿, 渋",,2024-03-31,\n'


def written(folder: Path, text: str, name: str = "fruit.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def refused(folder: Path, text: str, encoding: str = "utf-8") -> tuple[str, str, int]:
    with pytest.raises(PackError) as caught:
        read(written(folder, text, encoding=encoding))
    params = caught.value.params
    return caught.value.code, str(params["file"]), int(params["line"])


@pytest.mark.parametrize(
    ("code", "day", "name"),
    [
        ("1", date(1900, 1, 1), "林檎"), ("1", None, "林檎"), ("2", date(2020, 3, 31), None),
        ("2", date(2020, 4, 1), "梨"), ("2", date(2024, 3, 31), "梨"), ("2", date(2024, 4, 1), None),
        ("2", date(2025, 4, 1), "洋梨"), ("2", None, "洋梨"), ("03", date(2024, 3, 31), "柿, 渋"),
        ("3", None, None), ("", None, None), ("１", None, None),
    ],
)  # fmt: skip
def test_the_row_of_a_code_on_a_day(tmp_path: Path, code: str, day: date | None, name: str | None) -> None:
    entry = read(written(tmp_path, HEADER + ROWS)).on(code, day)
    assert (entry.name if entry else None) == name


def test_further_columns(tmp_path: Path) -> None:
    table = read(written(tmp_path, HEADER + ROWS))
    entry = table.on("2", date(2020, 4, 1))
    assert entry is not None
    assert (table.id, table.columns, table.field(entry, "group"), table.field(entry, "none")) == (
        "fruit", ("group",), "果物", "",
    )  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_spellings_of_a_csv_file(tmp_path: Path, encoding: str, line_end: str) -> None:
    text = (HEADER + ROWS).replace("\n", line_end)
    assert len(read(written(tmp_path, text, encoding=encoding)).entries) == 3


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 0), ("name,code,valid_from,valid_to\n", 0), ("code,name\n", 0), (HEADER + "1,a,,\n", 2),
        (HEADER + "1,a,,,\n2,b,,,,\n", 3), (HEADER + ",a,,,\n", 2), (HEADER + "1,a,2024-02-30,,\n", 2),
        (HEADER + "1,a,,令和6年,\n", 2), (HEADER + "1,a,,,\n\n1,b,2024-01-01,,\n", 4),
        (HEADER + "1,a,,2024-01-01,\n1,b,2024-01-01,,\n", 3), (HEADER + "1,a,2025-01-01,2024-12-31,\n", 2),
        (HEADER + '1,"a"b,,,\n', 2), (HEADER + "1,a,20240401,,\n", 2),
    ],
)  # fmt: skip
def test_what_a_table_may_not_hold(tmp_path: Path, text: str, line: int) -> None:
    assert refused(tmp_path, text) == ("P006", "fruit.csv", line)


def test_a_table_in_another_encoding_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, HEADER + ROWS, "cp932")[:2] == ("P006", "fruit.csv")


def test_tables_are_read_when_they_are_asked_for(tmp_path: Path) -> None:
    written(tmp_path, HEADER + ROWS)
    written(tmp_path, "broken", "broken.csv")
    tables = Tables(tmp_path, {"fruit": Facts(date(2026, 3, 31), "果物")})
    assert tables.ids == ("broken", "fruit")
    assert (len(tables), "fruit" in tables, "none" in tables) == (0, True, False)
    assert tables["fruit"] is tables["fruit"]
    assert tables["fruit"].known_until == date(2026, 3, 31)
    for name in ("broken", "none"):
        with pytest.raises(PackError) as caught:
            tables[name]
        assert (caught.value.code, caught.value.params["file"]) == ("P006", f"{name}.csv")


class Meddling(str):
    """A code that reads further tables in while it is pickled, as a thread beside would."""

    tables: Tables

    def __reduce__(self) -> tuple[object, ...]:
        for name in self.tables.ids:
            self.tables[name]
        return str, (str(self),)


def test_tables_are_pickled_whole_while_others_are_read_in(tmp_path: Path) -> None:
    for name in ("fruit", "herb", "tree"):
        (tmp_path / f"{name}.csv").write_text(HEADER + ROWS, encoding="utf-8")
    tables = Tables(tmp_path, {"tree": Facts(date(2026, 3, 31))})
    Meddling.tables = tables
    tables["fruit"] = CodeTable(Meddling("fruit"), {})
    tables["herb"]
    copy = pickle.loads(pickle.dumps(tables))
    assert list(copy) == ["fruit", "herb"]
    assert copy["tree"].known_until == date(2026, 3, 31)
    assert copy.ids == ("fruit", "herb", "tree")
