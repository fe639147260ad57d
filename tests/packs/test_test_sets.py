"""``pack test``: both conventions, what makes a case fail, what is not covered."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checktool.checking.packtests.run import SetsReport, run_tests
from checktool.errors import PackError
from tests.sound_pack import DIAGNOSTICS, NAMED, check, folder_of, rule
from tests.tiny_pack import ON, SPACE, TinyPack, note

Run = Callable[..., Any]
VEFA = "http://difi.no/xsd/vefa/validator/1.0"
GOOD, BAD = note("<Sex>1</Sex>"), note()


def made_set(*tests: str, scope: str = "") -> str:
    return f'<testSet xmlns="{VEFA}" configuration="any"><assert>{scope}</assert>{"".join(tests)}</testSet>'


def one(named: str, *documents: str) -> str:
    inner = "".join(document.partition("?>")[2] for document in documents)
    return f"<test><assert>{named}</assert>{inner}</test>"


def put(pack: TinyPack, path: str, text: str) -> None:
    pack.file(f"rules/tiny/tests/{path}", text)


def ran(pack: TinyPack) -> SetsReport:
    return run_tests(pack.load(), ON)


def problems(pack: TinyPack) -> list[tuple[str, str]]:
    return [(result.case.name, result.problem) for result in ran(pack).results]


def test_the_tests_of_the_sample_pack_go_well(checktool: Run) -> None:
    assert checktool("pack", "test", "nanshou-sample").status == 0


def test_a_folder_of_each_code(sound: TinyPack) -> None:
    put(sound, "R901/pass-given.xml", GOOD)
    put(sound, "R901/fail-missing.xml", BAD)
    put(sound, "R901/fail-two/a.xml", BAD)
    put(sound, "R901/fail-two/b.xml", note("<Written>2026-01-01</Written>"))
    assert problems(sound) == [
        ("R901/fail-missing.xml", ""),
        ("R901/fail-two", ""),
        ("R901/pass-given.xml", ""),
    ]


@pytest.mark.parametrize(
    ("name", "document", "problem"),
    [
        ("fail-x.xml", GOOD, "missing"),
        ("pass-x.xml", BAD, "unexpected"),
        ("fail-x.xml", note("<Sex/><Other/>"), "unexpected"),
        ("pass-x.xml", note("<Sex>3</Sex>"), "unexpected"),
        ("pass-x.xml", "<Other/>", "unexpected"),
    ],
)
def test_a_case_that_goes_otherwise(sound: TinyPack, name: str, document: str, problem: str) -> None:
    put(sound, f"R901/{name}", document)
    assert problems(sound) == [(f"R901/{name}", problem)]


def test_options_are_those_nearest(sound: TinyPack) -> None:
    put(sound, "options.toml", 'also = ["C407"]\n')
    put(sound, "R901/pass-x.xml", note("<Sex>3</Sex>"))
    put(sound, "R901/pass-y.xml", note("<Sex>3</Sex>"))
    put(sound, "R901/pass-y.toml", 'off = ["R901"]\n')
    put(sound, "C408/fail-ended.xml", GOOD)
    put(sound, "C408/fail-ended.toml", 'on = 2026-01-01\nlast_day = { sex = "2025-12-31" }\n')
    assert problems(sound) == [
        ("C408/fail-ended.xml", ""),
        ("R901/pass-x.xml", ""),
        ("R901/pass-y.xml", "unexpected"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "on = 5\n",
        'on = "soon"\n',
        "colour = 1\n",
        "limits = { colour = 1 }\n",
        "last_day = { sex = 1 }\n",
        "= 1\n",
    ],
)
def test_options_that_cannot_be_meant(sound: TinyPack, text: str) -> None:
    put(sound, "R901/pass-x.xml", GOOD)
    put(sound, "R901/options.toml", text)
    with pytest.raises(PackError) as raised:
        ran(sound)
    assert raised.value.code == "P031"


@pytest.mark.parametrize(
    ("tests", "expected"),
    [
        ([one("<success>R901</success>", GOOD), one("<error>R901</error>", BAD)], ["", ""]),
        ([one("<success>R901</success>", BAD), one("<error>R901</error>", GOOD)], ["unexpected", "missing"]),
        ([one("<warning>R901</warning>", BAD), one("<fatal>R901</fatal>", BAD)], ["severity", ""]),
        ([one('<error number="2">R901</error>', BAD)], ["count"]),
        ([one('<error count="1">R901</error>', BAD)], [""]),
        ([one("<success>R901</success>", GOOD, BAD)], ["", "unexpected"]),
        ([one("", GOOD), one("", BAD)], ["", "unexpected"]),
        ([one("<success>R901</success>", '?><Other xmlns=""/>')], ["unchecked"]),
        ([one("<error>X105</error>", '?><Other xmlns=""/>')], [""]),
        ([one("<error>R901</error>", note("<Part/>"))], [""]),
        ([one("<error>X108</error>", note("<Part/>"))], [""]),
        ([one("<success>R902</success>", BAD)], [""]),
    ],
)  # fmt: skip
def test_a_test_set(sound: TinyPack, tests: list[str], expected: list[str]) -> None:
    put(sound, "set.xml", made_set(*tests))
    assert [problem for _, problem in problems(sound)] == expected


def test_a_scope_names_what_may_not_be_found(sound: TinyPack) -> None:
    put(sound, "sets/set.xml", made_set(one("<success>R902</success>", BAD), scope="<scope>R901</scope>"))
    put(sound, "single.xml", f'<test xmlns="{VEFA}" id="x"><assert/>{GOOD.partition("?>")[2]}</test>')
    assert problems(sound) == [("sets/set.xml#1", "unexpected"), ("single.xml#x", "")]


@pytest.mark.parametrize("text", ["<testSet>", f'<x xmlns="{SPACE}"/>'])
def test_a_test_set_that_is_none(sound: TinyPack, text: str) -> None:
    put(sound, "set.xml", text)
    with pytest.raises(PackError) as raised:
        ran(sound)
    assert raised.value.code == "P031"


def test_rules_without_a_pass_or_a_fail_are_named(sound: TinyPack) -> None:
    second = check("n:Written", "R902", NAMED.replace("R901", "R902"), text="別の文。")
    more = DIAGNOSTICS.replace("R901", "R902")
    sound.rules(rule("/n:Note/n:Sex", second) + more, "second.sch")
    put(sound, "R901/fail-x.xml", BAD)
    put(sound, "set.xml", made_set(one("<success>R902</success>", BAD)))
    report = ran(sound)
    assert (report.without_pass, report.without_fail) == (("R901",), ("R902",))


def test_no_test_answers_4(checktool: Run, sound: TinyPack) -> None:
    answered = checktool("pack", "test", folder_of(sound))
    assert answered.status == 4
    assert "（P030）" in answered.err


def test_a_failed_case_answers_4(checktool: Run, sound: TinyPack, tmp_path: Path) -> None:
    put(sound, "R901/fail-x.xml", GOOD)
    answered = checktool("pack", "test", folder_of(sound))
    assert answered.status == 4
    assert "✘ R901/fail-x.xml  R901 が見つかるはずですが、見つかりませんでした。\n" in answered.out
    checktool("pack", "test", sound.folder, "--format", "json", "-o", tmp_path / "tests.json")
    tree = json.loads((tmp_path / "tests.json").read_text(encoding="utf-8"))
    assert tree["summary"] == {"count": 1, "passed": 0, "failed": 1}
    assert tree["cases"][0]["problem"] == "missing"
    assert tree["without_pass"] == ["R901"]
