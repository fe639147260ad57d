"""Each thing that ``pack lint`` finds, in a pack that is sound but for it."""

import hashlib
import json
import re
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from checktool.checking.functions import Functions
from checktool.checking.schematron.evaluate import CORE
from checktool.definitions.lint import calls, newer
from checktool.definitions.lint.remark import CODES
from checktool.definitions.lint.run import lint
from tests.sound_pack import DIAGNOSTICS, NAMED, SEX, WRITTEN, check, folder_of, linted, rule, said
from tests.tiny_pack import SPACE, TinyPack, item

Run = Callable[..., Any]


def test_the_sample_pack_has_no_error() -> None:
    assert {one.code for one in lint("nanshou-sample")} <= {"K309"}


def test_a_sound_pack_is_not_spoken_of(sound: TinyPack) -> None:
    assert linted(sound) == []


def with_rules(pack: TinyPack, *patterns: str, more: str = DIAGNOSTICS) -> list[str]:
    pack.rules("".join(patterns) + more)
    return said(pack)


@pytest.mark.parametrize(
    ("test", "code"),
    [
        ("n:Sex = (", "K401"),
        ("n:Sex = #", "K001"),
        ("m:Sex = ''", "K401"),
        ("f:lunh(n:Sex)", "K402"),
        ("matches(n:Sex, 'a')", "K402"),
        ("$sex = ''", "K402"),
        ("f:matches(n:Sex, '[a-z-[aeiou]]')", "K403"),
        ("n:Sexx = ''", "K404"),
        ("Sex = ''", "K404"),
        ("n:Sex/@kind = ''", "K404"),
        ("count(//n:Ses) = 0", "K404"),
        ("../n:Note/n:Sax = ''", "K404"),
        ("f:code-exists('sexes', n:Sex)", "K405"),
        ("f:code-field('sex', n:Sex, 'kana') = ''", "K406"),
        ("f:matches(n:Sex, '([a-z]+)+')", "K407"),
        ("f:luhn()", "K408"),
        ("not('a' = 'b')", "K410"),
    ],
)
def test_an_expression(sound: TinyPack, test: str, code: str) -> None:
    assert code in with_rules(sound, rule("/n:Note", check(test)))


@pytest.mark.parametrize(
    "test",
    [
        "f:code-field('sex', n:Sex, 'short') = 'M'",
        "f:code-name('hospital', 'institution_code') = ''",
        "f:matches(n:Sex, '([0-9]+,)*[0-9]+')",
        "ancestor-or-self::n:Note/n:Sex",
        "(. | n:Sex)[last()] and n:*[self::n:Written] and @xml:lang",
        "count(//n:Sex) = 1 and n:Sex/following-sibling::n:Written",
        "current()/n:Sex = n:Written/../n:Sex",
        "false()",
    ],
)
def test_an_expression_that_is_right(sound: TinyPack, test: str) -> None:
    assert with_rules(sound, rule("/n:Note", check(test))) == []


def test_a_name_comes_with_place_and_near_one(sound: TinyPack) -> None:
    sound.rules("\n" + rule("/n:Note", check("n:Sexx = ''")) + DIAGNOSTICS)
    found = linted(sound)[0]
    assert (found.file, found.line) == ("rules/tiny/note.sch", 3)
    assert dict(found.params) == {"name": "n:Sexx", "near": "n:Sex", "place": "/Note"}


def test_names_are_left_open_where_the_xsd_leaves_them_open(sound: TinyPack) -> None:
    sound.children(SEX + WRITTEN + '<xs:any namespace="##other" processContents="lax"/>')
    assert with_rules(sound, rule("/n:Note", check("n:Other != ''"))) == []


def test_a_context_that_is_nowhere(sound: TinyPack) -> None:
    assert with_rules(sound, rule("/n:Note/n:Age", check("n:Years != ''"))) == ["K404"]


def test_variables_are_known_where_they_are_defined(sound: TinyPack) -> None:
    let = '<let name="sex" value="n:Sex"/>'
    assert with_rules(sound, rule("/n:Note", let, check("$sex != ''"))) == []
    later = rule("/n:Note", let, check("$sex != ''")) + rule("/n:Note/n:Sex", check("$sex != ''"))
    assert with_rules(sound, later) == ["K402"]


@pytest.mark.parametrize(
    ("first", "later", "unreachable"),
    [
        ("/n:Note/n:Sex", "/n:Note/n:Sex", True),
        ("/n:Note/n:Sex", "/n:Note/n:Sex[. = 1]", True),
        ("/n:Note/n:Sex[. = 1]", "/n:Note/n:Sex", False),
        ("/n:Note/*", "/n:Note/n:Sex", True),
        ("*", "n:Note/n:Sex", True),
        ("*", "n:Sex/text()", False),
        ("n:Sex", "/n:Note/n:Sex", True),
        ("n:Sex | n:Written", "n:Sex", True),
        ("n:Sex", "n:Sex | n:Written", False),
        ("/n:Note/n:Sex[../n:Written = '/']", "/n:Note/n:Written", False),
    ],
)
def test_a_rule_that_an_earlier_one_covers(
    sound: TinyPack, first: str, later: str, unreachable: bool
) -> None:
    rules = "".join(f'<rule context="{context}">{check(". != 1")}</rule>' for context in (first, later))
    assert ("K409" in with_rules(sound, f"<pattern>{rules}</pattern>")) is unreachable


@pytest.mark.parametrize(
    ("checks", "code"),
    [
        ([check("n:Sex", "X107")], "K301"),
        (
            [check("n:Sex"), check("n:Sex", attributes='role="error" diagnostics="R901-fix R901-title"')],
            "K302",
        ),
        ([check("n:Sex"), check("n:Sex", "")], "K303"),
        ([check("n:Sex", attributes=NAMED.replace("error", "grave"))], "K304"),
        ([check("n:Sex", text="")], "K305"),
        ([check("n:Sex", attributes='role="error" diagnostics="R901-fix"')], "K306"),
        ([check("n:Sex", attributes='role="error" diagnostics="R901-title"')], "K307"),
        ([check("n:Sex"), check("n:Sex", attributes=NAMED.replace("error", "info"), text="別。")], "K309"),
    ],
)
def test_codes_and_words(sound: TinyPack, checks: list[str], code: str) -> None:
    assert code in with_rules(sound, rule("/n:Note", *checks))


def test_one_text_for_two_codes(sound: TinyPack) -> None:
    other = DIAGNOSTICS.replace("R901", "R902").removeprefix("<diagnostics>").removesuffix("</diagnostics>")
    both = DIAGNOSTICS.replace("</diagnostics>", f"{other}</diagnostics>")
    checks = check("n:Sex") + check("n:Sex", "R902", NAMED.replace("R901", "R902"))
    assert with_rules(sound, rule("/n:Note", checks), more=both) == ["K310"]


def test_one_code_in_two_files_says_the_same(sound: TinyPack) -> None:
    words = DIAGNOSTICS.replace("題", "別の題")
    sound.rules(rule("/n:Note/n:Written", check(". != ''")) + words, "other.sch")
    assert said(sound) == ["K308"]


def test_rules_from_elsewhere_are_noted_once(sound: TinyPack) -> None:
    checks = '<assert test="n:Sex"/>', '<report id="BR-1" test="n:Sex = 3"/>'
    found = with_rules(sound, rule("/n:Note", *checks), more="")
    assert found == ["K311"]
    assert dict(linted(sound)[0].params) == {"count": 2, "id": 1, "text": 2, "title": 2, "fix": 2}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('<xs:element name="Sex" type="Missing"/>', "K101"),
        (SEX + WRITTEN + '<xs:element name="X"><xs:simpleType><xs:restriction base="xs:string">'
         '<xs:pattern value="(a+)+"/></xs:restriction></xs:simpleType></xs:element>', "K104"),
        (SEX + WRITTEN + '<xs:element name="Other"/>', "K202"),
        (SEX, "K201"),
    ],
)  # fmt: skip
def test_an_xsd(sound: TinyPack, body: str, code: str) -> None:
    sound.children(body)
    assert code in said(sound)


def test_the_two_builders_disagree(sound: TinyPack) -> None:
    """An element may be declared twice in a sequence, but not with two types; libxml2 lets that pass."""
    sound.children(
        SEX + WRITTEN + '<xs:element name="Twice" type="xs:string" minOccurs="0"/>'
        '<xs:element name="End" type="xs:string"/><xs:element name="Twice" type="xs:integer" minOccurs="0"/>'
    )
    found = linted(sound)
    assert "K102" in [one.code for one in found]


def test_an_xsd_that_nothing_uses(sound: TinyPack) -> None:
    sound.file("xsd/tiny/more.xsd", "<not-read/>")
    assert said(sound) == ["K105"]


def test_a_missing_include(sound: TinyPack) -> None:
    sound.xsd('<xs:include schemaLocation="gone.xsd"/>')
    assert "K001" in said(sound)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (item("Age"), "K201"),
        (item("Sex", "code", code_table="sexes"), "K203"),
        (item("Sex", "code", code_table="sex:Kind"), "K204"),
        (item("Sex", "code", code_table="sex", code="Q999"), "K205"),
        ({**item("Sex", "code"), "item": "項目Written"}, "K206"),
    ],
)
def test_a_record_definition(sound: TinyPack, row: dict[str, str], code: str) -> None:
    sound.record(item("Written", "date"), row)
    found = [one for one in linted(sound) if one.code == code]
    assert [(one.file, one.line) for one in found] == [("rules/tiny/records/note.csv", 3)]


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("valid_from", date(2030, 1, 1), ""),
        ("limits", {"depth": 1}, "K503"),
        ("limits", {"seconds_per_file": 0}, "K503"),
        ("limits", {"package_bytes": 5, "file_bytes": 6}, "K503"),
        ("limits", {"file_name": "[a-z"}, "K504"),
        ("limits", {"file_name": "(a+)+"}, "K510"),
        ("limits", {"colour": 1}, "K001"),
        ("encoding", {"accepted": ["UTF-9"]}, "K515"),
        ("tables", {"age": {"known_until": date(2026, 3, 31)}}, "K203"),
        ("off", ["Q999"], "K509"),
        ("off", ["X107"], "K002"),
        ("id", "other", "K507"),
    ],
)
def test_a_cover_sheet(sound: TinyPack, key: str, value: object, code: str) -> None:
    sound.top[key] = value
    assert said(sound) == ([code] if code else [])


def test_a_period_that_ends_before_it_begins(sound: TinyPack) -> None:
    sound.top |= {
        "valid_from": date(2030, 1, 1),
        "valid_to": date(2029, 1, 1),
        "grace_until": date(2028, 1, 1),
    }
    assert said(sound) == ["K501", "K505"]


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("date", "Writtn", "K511"),
        ("date", "Written[", "K508"),
        ("batch", {"patient": ["Sex", "Kana"]}, "K511"),
        ("version", "@versoin", "K511"),
        ("root", f"{{{SPACE}}}Nte", "K506"),
        ("xsd", "gone.xsd", "K001"),
    ],
)
def test_a_form(sound: TinyPack, key: str, value: object, code: str) -> None:
    sound.form[key] = value
    assert code in said(sound)


def test_versions_must_be_disjoint(sound: TinyPack) -> None:
    sound.form["versions"] = ["1", "2"]
    sound.forms.append({**sound.form, "versions": ["2", "3"]})
    assert said(sound) == ["K502"]
    sound.forms[1]["versions"] = ["3"]
    assert said(sound) == []


def test_profiles_and_pages_name_codes_that_exist(sound: TinyPack) -> None:
    sound.file(
        "rules/tiny/profiles/tokyo.toml",
        '[Q999]\nseverity = "off"\nreason = "x"\n[X107]\nseverity = "info"\nreason = "x"\n',
    )
    sound.file("rules/tiny/pages/R999.md", "# R999\n")
    sound.file("rules/tiny/pages/R901.md", "# R901\n")
    assert sorted(said(sound)) == ["K002", "K509", "K509"]


def test_a_profile_does_not_lower_what_the_pack_locks(sound: TinyPack) -> None:
    sound.top["locked"] = ["R901"]
    sound.file("rules/tiny/profiles/tokyo.toml", '[R901]\nseverity = "error"\nreason = "x"\n')
    assert said(sound) == []
    sound.file("rules/tiny/profiles/tokyo.toml", '[R901]\nseverity = "info"\nreason = "x"\n')
    assert said(sound) == ["K002"]
    sound.top["locked"] = ["Q999"]
    assert said(sound) == ["K509"]


def test_recorded_hashes_match(sound: TinyPack) -> None:
    folder = folder_of(sound)
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "pack.toml"]
    hashes = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files
    }
    quoted = {f'"{name}"': value for name, value in hashes.items()}
    sound.top["files"] = quoted
    assert said(sound) == []
    sound.top["files"] = {**quoted, '"rules/tiny/gone.sch"': "0"}
    assert said(sound) == ["K512"]
    sound.top["files"] = quoted
    (folder / "codetables/tiny/sex.csv").write_text("code,name,valid_from,valid_to,short\n", encoding="utf-8")
    (folder / "rules/tiny/note.txt").write_text("x", encoding="utf-8")
    assert said(sound) == ["K514", "K513"]


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("every $x in n:Sex satisfies $x/@kind castable as xs:int", [("n:Sex", False), ("kind", True)]),
        ("let $a := n:B return $a/*:C", [("n:B", False)]),
        ("n:Sex[@n:q]/text() | Plain", [("n:Sex", False), ("n:q", True), ("Plain", False)]),
        ("f:luhn(n:Sex)", []),
        ("m:x", None),
        ("n:Sex = (", None),
    ],
)
def test_names_of_newer_expressions(expression: str, found: list[tuple[str, bool]] | None) -> None:
    spaces = {"n": SPACE, "f": calls.NAMESPACE, "xs": "http://www.w3.org/2001/XMLSchema"}
    assert newer.names(expression, spaces) == found


def test_the_command_answers_4_with_an_error(checktool: Run, sound: TinyPack) -> None:
    assert checktool("pack", "lint", folder_of(sound)).status == 0
    sound.record(item("Sex", "code", code_table="sexes"), item("Written", "date"))
    ran = checktool("pack", "lint", folder_of(sound))
    assert ran.status == 4
    assert "× 要修正 K203  rules/tiny/records/note.csv 2 行目\n" in ran.out
    assert "要修正 1 件、要確認 0 件、お知らせ 1 件\n" in ran.out


def test_the_command_as_json(checktool: Run, sound: TinyPack, tmp_path: Path) -> None:
    sound.form["xsd"] = "gone.xsd"
    ran = checktool("pack", "lint", folder_of(sound), "--format", "json", "-o", tmp_path / "lint.json")
    tree = json.loads((tmp_path / "lint.json").read_text(encoding="utf-8"))
    assert ran.status == 4
    assert tree["summary"]["error"] == len([one for one in tree["remarks"] if one["level"] == "error"])
    assert tree["remarks"][0]["message"] == "pack.toml の「gone.xsd」がないか、書き方が合っていません。"


def test_no_pack_answers_4(checktool: Run, tmp_path: Path) -> None:
    assert checktool("pack", "lint", tmp_path).status == 4


def test_every_code_has_words_and_a_line_in_the_docs(root: Path) -> None:
    words = tomllib.loads((root / "resources/wording/lint.ja.toml").read_text(encoding="utf-8"))
    docs = (root / "docs/packs-lint.md").read_text(encoding="utf-8")
    for code, level in CODES.items():
        assert words[code]["message"].endswith(("。", "{text}", "{near}")), code
        assert words[code]["fix"].endswith(("。", "{fix}")), code
        assert re.search(rf"^\| {code} \| {words['level'][level].split()[1]} \|", docs, re.M), code
    assert {code for code in words if re.fullmatch("K[0-9]{3}", code)} == set(CODES)


def test_functions_are_those_of_the_engine() -> None:
    assert set(calls.CORE) == CORE
    assert set(calls.OURS) == {name for _, name in Functions({}, date(2026, 11, 22)).extensions()}


@pytest.mark.parametrize(
    ("test", "expected"),
    [("n:Member != ''", []), ("n:Head != ''", []), ("Member != ''", ["K404"]), ("n:Nowhere != ''", ["K404"])],
)
def test_what_may_stand_in_for_an_element_is_known_by_its_namespace_too(
    tiny_pack: TinyPack, test: str, expected: list[str]
) -> None:
    tiny_pack.xsd(
        '<xs:element name="Note"><xs:complexType><xs:sequence><xs:element ref="Head"/></xs:sequence>'
        '</xs:complexType></xs:element><xs:element name="Head" abstract="true"/>'
        '<xs:element name="Member" substitutionGroup="Head" type="xs:string"/>'
    )
    found = with_rules(tiny_pack, rule("/n:Note", check(test)))
    assert [code for code in found if code == "K404"] == expected


def test_a_name_that_the_root_is_not_is_told_in_words(checktool: Run, sound: TinyPack) -> None:
    with_rules(sound, rule("true()").replace('context="', 'context="/n:Nots | '))
    said = checktool("pack", "lint", folder_of(sound)).out
    assert "K404" in said
    assert "XSD の根の要素にありません" in said
    assert "（）" not in said
