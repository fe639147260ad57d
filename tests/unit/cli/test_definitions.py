"""``pack``, ``rules`` and ``explain``."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]


def copied(root: Path, folder: Path) -> Path:
    """The sample pack as a folder of its own."""
    for top in ("rules", "xsd", "codetables"):
        shutil.copytree(root / top / "nanshou-sample", folder / top / "nanshou-sample")
    return folder


def test_list_names_edition_and_status(checktool: Run) -> None:
    ran = checktool("pack", "list")
    assert ran.status == 0
    assert "nanshou-sample  2025-04（見本）  難病・小慢 見本定義  ← 使用中\n" in ran.out


def test_list_takes_no_target(checktool: Run) -> None:
    assert checktool("pack", "list", "x").status == 2


def test_show_tells_forms_and_hash(checktool: Run) -> None:
    ran = checktool("pack", "show", "nanshou-sample")
    assert ran.status == 0
    assert "様式: opinion 小児慢性特定疾病 医療意見書  版 2024-04\n" in ran.out
    assert "SHA-256: " in ran.out


def test_show_tells_a_form_without_versions_and_each_fact_once(
    checktool: Run, root: Path, tmp_path: Path
) -> None:
    sheet = copied(root, tmp_path / "pack") / "rules" / "nanshou-sample" / "pack.toml"
    text = sheet.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith(("version =", "versions ="))]
    sheet.write_text("\n".join(lines), encoding="utf-8")
    said = checktool("pack", "show", tmp_path / "pack").out
    assert "様式: opinion 小児慢性特定疾病 医療意見書\n" in said
    heads = [line.partition(":")[0] for line in said.splitlines() if ":" in line]
    assert [
        head for head in heads if heads.count(head) > 1 and head not in ("様式", "ほかに入っている版")
    ] == []


def test_verify_builds_everything(checktool: Run, root: Path, tmp_path: Path) -> None:
    assert checktool("pack", "verify").status == 0
    assert checktool("pack", "verify", copied(root, tmp_path / "pack")).status == 0


def test_verify_finds_what_cannot_be_built(checktool: Run, root: Path, tmp_path: Path) -> None:
    schema = copied(root, tmp_path / "pack") / "xsd" / "nanshou-sample" / "survey.xsd"
    schema.write_text(
        schema.read_text(encoding="utf-8").replace("xs:sequence", "xs:sequins"), encoding="utf-8"
    )
    ran = checktool("pack", "verify", tmp_path / "pack")
    assert ran.status == 4
    assert "（P004）" in ran.err


def test_verify_reads_every_code_table(checktool: Run, root: Path, tmp_path: Path) -> None:
    table = copied(root, tmp_path / "pack") / "codetables" / "nanshou-sample" / "unused.csv"
    table.write_text("kode,nome\n", encoding="utf-8")
    ran = checktool("pack", "verify", tmp_path / "pack")
    assert ran.status == 4
    assert "（P006）" in ran.err


def test_an_unknown_pack_answers_4(checktool: Run) -> None:
    assert checktool("pack", "show", "no-such-pack").status == 4


def test_rules_as_json_go_to_a_file(checktool: Run, tmp_path: Path) -> None:
    ran = checktool("rules", "--format", "json", "-o", tmp_path / "rules.json")
    assert (ran.status, ran.out) == (0, "")
    tree = json.loads((tmp_path / "rules.json").read_text(encoding="utf-8"))
    assert {"D609", "X107", "B901"} <= {rule["code"] for rule in tree["rules"]}


def test_rules_for_people(checktool: Run) -> None:
    ran = checktool("rules")
    assert ran.status == 0
    assert "\nD609  要修正" in ran.out


def test_rules_in_a_format_that_is_none(checktool: Run) -> None:
    assert checktool("rules", "--format", "pdf").status == 2


def test_explain_shows_a_page_with_the_disclaimer(checktool: Run) -> None:
    for code, heading in (("D609", "対応方法"), ("x107", "直し方")):
        ran = checktool("explain", code)
        assert ran.status == 0
        assert ran.out.split()[0] == code.upper()
        assert f"\n\n{heading}\n  " in ran.out
        assert "本ツールは厚生労働省が配布・承認したものではありません。" in ran.out


def test_explain_knows_the_codes_of_errors(checktool: Run) -> None:
    for code in ("P009", "a007", "H003"):
        ran = checktool("explain", code)
        assert (ran.status, ran.out.split()[0]) == (0, code.upper())
        assert "\n\n対応方法\n  " in ran.out
    assert checktool("explain", "P009", "--pack", "nowhere").status == 0


def test_explain_of_an_unknown_code(checktool: Run) -> None:
    ran = checktool("explain", "Q000")
    assert ran.status == 2
    assert "（A005）" in ran.err
