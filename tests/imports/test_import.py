"""A pretend delivery becomes a working pack with no hand editing, and can be repeated."""

import csv
import hashlib
import json
import shutil
import tomllib
import zipfile
from pathlib import Path

import pytest

from checktool.definitions.pack import files_of, load
from checktool.model.definition import DefinitionPack

from .conftest import ON, Importer
from .pretend import RECORDS


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*")) if path.is_file()
    }  # fmt: skip


def rows(pack: DefinitionPack, table: str) -> list[tuple[str, str, str, str]]:
    """The rows of a code table."""
    path = pack.rules_folder.parent.parent / "codetables" / pack.info.id / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return [(row[0], row[1], row[2], row[3]) for row in csv.reader(stream)][1:]


def table_of(pack: DefinitionPack, form: str, path: str) -> str:
    """The code table of an item."""
    found = next(one for one in pack.forms if one.id == form)
    return next(item.code_table for item in found.record or () if item.path == path)


@pytest.fixture
def pack(importer: Importer, delivery: Path, tmp_path: Path) -> DefinitionPack:
    """The pack that comes out of the first edition."""
    assert importer(delivery, "--id", "kakuu", "-o", tmp_path / "out").status == 0
    return load(str(tmp_path / "out"))


def test_every_root_is_a_form_and_the_envelope_is_none(pack: DefinitionPack) -> None:
    assert [(form.id, form.root.rpartition("}")[2]) for form in pack.forms] == [
        ("opinion", "Opinion"), ("survey", "Survey"), ("survey-list", "SurveyList"),
    ]  # fmt: skip
    assert pack.container == "{urn:example:kakuu:2025}Forms"
    assert [form.name for form in pack.forms] == ["架空の意見書", "架空の調査票", "架空の調査一覧"]
    assert pack.forms[0].version == "@version"
    assert pack.forms[0].versions == ("2025-04",)


def test_identity_comes_from_the_options_and_the_delivery(pack: DefinitionPack) -> None:
    assert (pack.info.id, pack.info.edition, pack.info.status) == ("kakuu", "2025-04", "provisional")


def test_schemas_are_copied_byte_for_byte(pack: DefinitionPack, delivery: Path) -> None:
    for path in (delivery / "01_XSD").iterdir():
        assert (pack.xsd_folder / path.name).read_bytes() == path.read_bytes()


def test_the_cover_sheet_has_the_hash_of_every_file(pack: DefinitionPack) -> None:
    root = pack.rules_folder.parent.parent
    cover = tomllib.loads((pack.rules_folder / "pack.toml").read_text(encoding="utf-8"))
    files = {name: path for name, path in files_of(root, "kakuu").items() if path.name != "pack.toml"}
    assert cover["files"] == {
        name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()
    }


def test_items_come_from_the_record_definition(pack: DefinitionPack) -> None:
    items = {item.path: item for item in pack.forms[0].record or ()}
    family = items["Patient/Kana/Family"]
    assert (family.item, family.charset, family.required) == ("患者の姓（かな）", "hiragana", "always")
    assert (family.max_len, family.personal, family.section) == (20, True, "基本情報")
    assert items["Patient/Name/Family"].min_len == 0
    assert items["Findings/Summary"].type == "freetext"
    assert items["Findings/Height"].type == "decimal"
    assert items["Findings/Ventilator"].required == "conditional"
    assert items["Patient/BirthDate"].past
    assert items["Reception"].section == "架空の意見書"
    assert pack.forms[0].date == "Author/WrittenOn"


def test_a_form_without_record_definition_gets_one_from_its_schema(pack: DefinitionPack) -> None:
    items = pack.forms[2].record or ()
    assert [(item.path, item.item, item.type) for item in items] == [("Count", "件数", "integer")]


def test_a_record_definition_in_shift_jis_is_read(pack: DefinitionPack) -> None:
    items = {item.path: item for item in pack.forms[1].record or ()}
    assert items["Note"].type == "freetext"
    assert items["WrittenOn"].item == "記載日"


def test_items_are_linked_to_their_tables(pack: DefinitionPack) -> None:
    assert rows(pack, table_of(pack, "opinion", "Patient/Sex"))[0][:2] == ("1", "男")
    assert rows(pack, table_of(pack, "survey", "Sex"))[0][:2] == ("1", "男")
    assert table_of(pack, "opinion", "Author/Code") == "cd101"
    assert rows(pack, table_of(pack, "opinion", "Findings/Ventilator")) == [
        ("0", "なし", "", ""), ("1", "あり", "", ""),
    ]  # fmt: skip


def test_zeros_that_excel_hid_come_back(pack: DefinitionPack) -> None:
    prefecture = rows(pack, table_of(pack, "opinion", "Patient/Prefecture"))
    assert [code for code, *_ in prefecture] == ["012", "013", "014", "13"]
    assert [code for code, *_ in rows(pack, table_of(pack, "opinion", "Disease/@code"))] == [
        "001", "002", "003",
    ]  # fmt: skip


def test_days_are_read_in_every_way_they_are_written(pack: DefinitionPack) -> None:
    assert rows(pack, table_of(pack, "opinion", "Disease/@group")) == [
        ("01", "架空腫瘍", "2015-01-01", ""),
        ("02", "架空腎疾患", "2015-01-01", ""),
        ("03", "架空呼吸器疾患", "2015-01-01", "2025-03-31"),
        ("03", "架空呼吸器・胸郭疾患", "2025-04-01", ""),
    ]
    disease = rows(pack, table_of(pack, "opinion", "Disease/@code"))
    assert [row[2:] for row in disease] == [
        ("2015-01-01", ""), ("2015-01-01", "2025-03-31"), ("2025-04-01", ""),
    ]  # fmt: skip


def test_twenty_tables_are_found_in_the_workbook_and_one_in_the_csv(pack: DefinitionPack) -> None:
    folder = pack.rules_folder.parent.parent / "codetables" / "kakuu"
    assert len(list(folder.glob("*.csv"))) == 21
    sources = (folder / "SOURCES.md").read_text(encoding="utf-8")
    assert "| 離脱の見込み | 03_コード表/コード表一覧.xlsx [06-09_人工呼吸器] A9 | 2 |" in sources


def test_what_was_understood_guessed_and_left_is_said(
    importer: Importer, delivery: Path, tmp_path: Path
) -> None:
    said = importer(delivery, "-o", tmp_path / "out").out
    for text in (
        "様式 opinion「架空の意見書」",
        "調査票.csv は Shift_JIS として読みました。",
        "FAQ.pdf: 取り込みの対象ではない種類のファイルです。",
        "[Sheet9]: 何も書かれていないシートです。",
        "コード 002 が、期間の重なる2つの行にあります。",
        "すべて同じ行を1つにまとめました: 001",
        "コードが Excel の日付になっています。1-2 としました。",
        "計算結果が保存されていません: B6",
        "○ 指摘なし 04_XML例/opinion-1.xml",
        "× 要修正 04_XML例/opinion-2.xml#1（opinion） C407×1",
    ):
        assert text in said


def test_the_pack_checks_documents(importer: Importer, pack: DefinitionPack, delivery: Path) -> None:
    folder = pack.rules_folder.parent.parent
    answer = importer.run("check", delivery / "04_XML例", "--pack", folder, "--on", ON, "--format", "json")
    report = json.loads(answer.out)
    found = {file["source"]: [one["code"] for one in file["findings"]] for file in report["files"]}
    assert answer.status == 1
    assert sorted(map(len, found.values())) == [0, 1]


def test_an_example_without_finding_becomes_a_test_of_the_pack(pack: DefinitionPack, delivery: Path) -> None:
    kept = list((pack.rules_folder / "tests").rglob("*.xml"))
    assert [path.read_bytes() for path in kept] == [(delivery / "04_XML例" / "opinion-1.xml").read_bytes()]


def test_the_map_repeats_the_import_to_the_byte(importer: Importer, delivery: Path, tmp_path: Path) -> None:
    assert importer(delivery, "-o", tmp_path / "one").status == 0
    assert importer(delivery, "--map", tmp_path / "one" / "MAP.toml", "-o", tmp_path / "two").status == 0
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_the_map_of_one_edition_serves_the_next(
    importer: Importer, delivery: Path, second: Path, tmp_path: Path
) -> None:
    importer(delivery, "--id", "kakuu", "-o", tmp_path / "one")
    path = tmp_path / "map.toml"
    text = (tmp_path / "one" / "MAP.toml").read_text(encoding="utf-8")
    path.write_text(text.replace('id = "tca3f1633"', 'id = "reception"'), encoding="utf-8")
    importer(second, "--map", path, "--edition", "2025-10", "-o", tmp_path / "two")
    pack = load(str(tmp_path / "two"))
    assert pack.info.edition == "2025-10"
    assert table_of(pack, "opinion", "Reception") == "reception"
    assert [row[1] for row in rows(pack, "reception")] == ["新規", "継続", "転入"]
    assert "Findings/Weight" in [item.path for item in pack.forms[0].record or ()]


def test_tables_keep_their_ids_from_edition_to_edition(
    importer: Importer, delivery: Path, second: Path, tmp_path: Path
) -> None:
    for source, name in ((delivery, "one"), (second, "two")):
        importer(source, "--id", "kakuu", "-o", tmp_path / name)
    one, two = (
        sorted(path.name for path in (tmp_path / name / "codetables").rglob("*")) for name in ("one", "two")
    )
    assert one == two


def test_a_map_leaves_out_renames_and_decides(importer: Importer, delivery: Path, tmp_path: Path) -> None:
    importer(delivery, "--id", "kakuu", "-o", tmp_path / "one")
    text = (tmp_path / "one" / "MAP.toml").read_text(encoding="utf-8")
    text = text.replace('id = "survey-list"', 'id = "survey-list"\nuse = false')
    text = text.replace('id = "tfdcb9030"', 'id = "disease"\nduplicates = "last"')
    text = text.replace('"疾病コード" = "tfdcb9030"', '"疾病コード" = "disease"')
    (tmp_path / "map.toml").write_text(text, encoding="utf-8")
    assert importer(delivery, "--map", tmp_path / "map.toml", "-o", tmp_path / "two").status == 0
    pack = load(str(tmp_path / "two"))
    assert [form.id for form in pack.forms] == ["opinion", "survey"]
    assert table_of(pack, "opinion", "Disease/@code") == "disease"
    assert ("002", "架空病B改", "2024-04-01", "") in rows(pack, "disease")


def test_a_head_that_was_not_found_can_be_stated(importer: Importer, delivery: Path, tmp_path: Path) -> None:
    stated = f"""
[[table]]
id = "answers"
file = "{RECORDS}"
sheet = "FAQ"
row = 1
columns = {{ code = "A", name = "B" }}
heading = "FAQ"
fixed = true
"""
    (tmp_path / "map.toml").write_text(stated, encoding="utf-8")
    importer(delivery, "--id", "kakuu", "--map", tmp_path / "map.toml", "-o", tmp_path / "out")
    assert rows(load(str(tmp_path / "out")), "answers") == [
        ("提出先はどこですか", "お住まいの自治体です", "", ""),
    ]  # fmt: skip


def test_words_for_headings_can_be_added(importer: Importer, delivery: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    shutil.copytree(delivery / "01_XSD", folder)
    (folder / "色.csv").write_text("識別子,呼び名\n1,赤\n2,青\n", encoding="utf-8")
    (tmp_path / "map.toml").write_text(
        '[headings.table]\ncode = ["識別子"]\nname = ["呼び名"]\n', encoding="utf-8"
    )
    assert "コード表「色」" not in importer(folder, "-o", tmp_path / "one").out
    assert "コード表「色」" in importer(folder, "--map", tmp_path / "map.toml", "-o", tmp_path / "two").out


def test_a_zip_with_windows_names_gives_the_same_pack(
    importer: Importer, delivery: Path, tmp_path: Path
) -> None:
    """Explorer writes CP932 names without a flag; the second byte of some looks like a backslash."""
    one = importer(delivery, "--id", "kakuu", "-o", tmp_path / "one")
    two = importer(
        cp932_zip(delivery, tmp_path / "配布資料_2025-04.zip"), "--id", "kakuu", "-o", tmp_path / "two.zip"
    )
    assert (one.status, two.status) == (0, 0)
    with zipfile.ZipFile(tmp_path / "two.zip") as archive:
        packed = {name: archive.read(name) for name in archive.namelist()}
    files = tree(tmp_path / "one")
    assert files.pop("MAP.toml") == (tmp_path / "two.MAP.toml").read_bytes()
    assert packed == files


def cp932_zip(folder: Path, target: Path) -> Path:
    """A ZIP whose names are CP932 and not flagged, as Windows in Japanese writes them."""

    class Named(zipfile.ZipInfo):
        """A member whose name is written as CP932."""

        def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - zipfile's own name
            return self.filename.encode("cp932"), self.flag_bits

    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in tree(folder).items():
            archive.writestr(Named(name), data)
    return target


def test_an_existing_target_stays_as_it_is(importer: Importer, delivery: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    answer = importer(delivery, "-o", tmp_path / "out")
    assert answer.status == 5
    assert "すでにあるため" in answer.err
    assert list((tmp_path / "out").iterdir()) == []


def test_the_period_of_a_pack_is_stated_and_repeated(
    importer: Importer, delivery: Path, tmp_path: Path
) -> None:
    """A map repeats the days of its own edition; they do not hold for another one."""
    assert importer(delivery, "--valid-from", "2025-04-01", "-o", tmp_path / "one").status == 0
    text = (tmp_path / "one" / "MAP.toml").read_text(encoding="utf-8")
    more = (
        'valid_from = "2025-04-01"\nvalid_to = 2026-03-31\ngrace_until = "2026-09-30"\nreplaces = "2024-04"'
    )
    given = tmp_path / "given.toml"
    given.write_text(text.replace('valid_from = "2025-04-01"', more), encoding="utf-8")
    assert importer(delivery, "--map", given, "-o", tmp_path / "two").status == 0
    pack = load(str(tmp_path / "two"))
    assert pack.valid_from.isoformat() == "2025-04-01"
    assert pack.valid_to.isoformat() == "2026-03-31"
    assert pack.grace_until is not None
    assert (pack.grace_until.isoformat(), pack.replaces) == ("2026-09-30", "2024-04")
    again = importer(delivery, "--map", tmp_path / "two" / "MAP.toml", "-o", tmp_path / "three")
    assert again.status == 0
    assert load(str(tmp_path / "three")).info.sha256 == pack.info.sha256
    later = importer(delivery, "--map", given, "--edition", "2026-04", "-o", tmp_path / "four")
    assert later.status == 0
    assert load(str(tmp_path / "four")).valid_from.isoformat() == "1900-01-01"
    assert load(str(tmp_path / "four")).replaces == ""


@pytest.mark.parametrize(
    "days", ['valid_from = "heute"', 'valid_from = "2026-04-01"\nvalid_to = "2026-03-31"', "valid_to = 5"]
)
def test_days_that_cannot_be_meant_are_refused(
    importer: Importer, delivery: Path, tmp_path: Path, days: str
) -> None:
    given = tmp_path / "given.toml"
    given.write_text(f"[pack]\n{days}\n", encoding="utf-8")
    run = importer(delivery, "--map", given, "-o", tmp_path / "pack")
    assert (run.status, "P024" in run.err) == (4, True)


def test_an_example_outside_the_period_is_told_in_words(
    importer: Importer, delivery: Path, tmp_path: Path
) -> None:
    said = importer(delivery, "--valid-from", "2025-06-02", "-o", tmp_path / "out").out
    line = next(line for line in said.splitlines() if "opinion-1.xml" in line and "－" in line)
    assert line.endswith(
        "opinion-1.xml: この例は、有効期間の外の日付（2025-06-01）です。そのため検査していません。"
    )
    assert "（）" not in said
