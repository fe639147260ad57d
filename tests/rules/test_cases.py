"""Every case: ``fail-*`` gives its code and no other finding, ``pass-*`` gives none at all.

A case is a file or a folder in ``<pack id or builtin>/<CODE>/``; ``<case>.toml`` or ``options.toml`` beside
it may set: on, off, limits, period (of the pack), max_findings, hospital, last_day (of a code table's rows),
also (codes that come along by the nature of the case).
"""

import json
import tomllib
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from checktool.checking import engine
from checktool.checking.engine import CheckOptions, run
from checktool.checking.judge import Judge
from checktool.definitions.pack import load
from checktool.definitions.registry import rules_of
from checktool.model.builtin import BUILTIN
from checktool.model.definition import CodeTable, DefinitionPack
from checktool.model.report import LayerStatus, Verdict, all_findings, verdicts
from checktool.settings import Hospital

HERE = Path(__file__).parent
PACK = load("nanshou-sample")
HOMES = ("builtin", PACK.info.id)
JUDGES: dict[tuple[object, ...], Judge] = {}
BUILTIN_CODES = {known.code for known in BUILTIN}
OF_PACK = ("off", "limits", "last_day", "period")
WITHOUT_CASES = {
    "F010": "a file that vanishes while it is read is no file: tests/hostile",
}


def _cases() -> list[Path]:
    found = [case for home in HOMES for case in sorted((HERE / home).glob("*/*")) if case.suffix != ".toml"]
    return [case for case in found if case.name.startswith(("fail-", "pass-"))]


def _options(case: Path) -> dict[str, Any]:
    for name in (f"{case.stem}.toml", "options.toml"):
        path = case.with_name(name)
        if path.is_file():
            return tomllib.loads(path.read_text(encoding="utf-8"))
    return {}


@cache
def _pack(options: str) -> DefinitionPack:
    given = json.loads(options)
    tables = {name: PACK.tables[name] for name in _tables()}
    for table, day in given.get("last_day", {}).items():
        tables[table] = _ended(tables[table], date.fromisoformat(day))
    return replace(
        PACK,
        off=frozenset(given.get("off", PACK.off)),
        limits=replace(PACK.limits, **given.get("limits", {})),
        **{key: date.fromisoformat(day) for key, day in given.get("period", {}).items()},
        tables=tables,
    )


def _tables() -> list[str]:
    return [path.stem for path in sorted((HERE.parents[1] / "codetables" / PACK.info.id).glob("*.csv"))]


def _ended(table: CodeTable, day: date) -> CodeTable:
    entries = {
        code: tuple(row._replace(valid_to=day) for row in rows) for code, rows in table.entries.items()
    }
    return replace(table, entries=entries)


def _hospital(options: dict[str, Any]) -> Hospital:
    given = options.get("hospital", {})
    doctors = given.get("doctor_list")
    return Hospital(
        institution_code=given.get("institution_code", ""),
        doctor_list=HERE / doctors if doctors else None,
    )


@pytest.fixture(autouse=True)
def _one_judge_for_like_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    """Building the checks of a pack takes far longer than a case, so that they are kept."""

    def judge(pack: DefinitionPack, options: CheckOptions) -> Judge:
        key = (id(pack), options.on, options.max_findings, options.hospital)
        if key not in JUDGES:
            JUDGES[key] = Judge(pack, options)
        return JUDGES[key]

    monkeypatch.setattr(engine, "Judge", judge)


@pytest.mark.parametrize("case", _cases(), ids=lambda case: f"{case.parent.name}/{case.name}")
def test_case(case: Path) -> None:
    options = _options(case)
    report = run(
        [str(case)],
        _pack(json.dumps({key: options[key] for key in OF_PACK if key in options})),
        CheckOptions(
            on=date.fromisoformat(options.get("on", "2026-11-22")),
            max_findings=options.get("max_findings", 1000),
            hospital=_hospital(options),
        ),
    )
    code = case.parent.name
    found = {finding.code for finding in all_findings(report)} - set(options.get("also", ()))
    assert report.files
    assert found == ({code} if case.name.startswith("fail-") else set())
    assert not [layer for file in report.files for layer in file.layers if layer.status is LayerStatus.BROKEN]
    if case.name.startswith("pass-") and "also" not in options:
        assert set(verdicts(report)) == {Verdict.CLEAN}


def test_every_code_has_a_pass_and_a_fail() -> None:
    cases = {(case.parent.name, case.name[:4]) for case in _cases()}
    codes = {rule.code for rule in rules_of(PACK)} | BUILTIN_CODES
    missing = {(code, kind) for code in codes for kind in ("pass", "fail")} - cases
    assert missing == {(code, kind) for code in WITHOUT_CASES for kind in ("pass", "fail")}


def test_every_folder_is_a_code_of_its_home() -> None:
    codes = {"builtin": BUILTIN_CODES, PACK.info.id: {rule.code for rule in rules_of(PACK)}}
    strangers = [
        folder
        for home in HOMES
        for folder in sorted((HERE / home).iterdir())
        if folder.name not in codes[home]
    ]
    assert strangers == []
