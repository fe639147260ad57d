"""The shipped documents, the demonstration and the self-test that use them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from checktool.handoff import rehearsal
from checktool.model.report import Verdict
from checktool.paths import resource
from checktool.samples.trial import EXPECTED, shipped
from tests.tiny_pack import TinyPack

Run = Callable[..., Any]


def test_every_shipped_document_has_its_answer() -> None:
    files = {path.name for path in resource("demo").iterdir()} - {EXPECTED}
    assert set(shipped().answers) == files


def test_the_shipped_documents_show_three_verdicts() -> None:
    assert {verdict for verdict, _ in shipped().answers.values()} == set(Verdict) - {Verdict.UNCHECKED}


def test_the_self_test_holds(checktool: Run) -> None:
    ran = checktool("selftest")
    assert ran.status == 0
    assert ran.out.count("✔") == len(rehearsal.STEPS)
    assert ran.err == ""


def test_the_self_test_tells_the_first_step_that_fails(
    checktool: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    trial = shipped()
    wrong = {**trial.answers, "survey-1.xml": (Verdict.CORRECT, ("D601",))}
    monkeypatch.setattr(rehearsal, "shipped", lambda: replace(trial, answers=wrong))
    ran = checktool("selftest")
    assert ran.status == 70
    assert (ran.out.count("✔"), ran.out.count("✘"), ran.out.count("－ ")) == (2, 1, 4)


def test_a_damaged_installation_fails_the_self_test(
    checktool: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    gone = replace(shipped(), folder=tmp_path)
    monkeypatch.setattr(rehearsal, "shipped", lambda: gone)
    ran = checktool("selftest")
    assert ran.status == 70
    assert "（FileNotFoundError）" in ran.out


def test_the_demonstration_checks_hands_over_and_verifies(checktool: Run) -> None:
    ran = checktool("demo")
    assert ran.status == 0
    assert ran.err == ""
    assert "RENSHU-nanshou-sample-20251120-0001" in ran.out
    assert "照合しました。食い違いはありません。" in ran.out


def test_the_demonstration_can_be_kept(checktool: Run, tmp_path: Path) -> None:
    assert checktool("demo", "-o", tmp_path / "kept").status == 0
    assert len(list((tmp_path / "kept" / "documents").iterdir())) == 7
    assert len(list((tmp_path / "kept" / "packages").iterdir())) == 1


def test_the_demonstration_takes_no_folder_with_something_in_it(checktool: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    assert checktool("demo", "-o", tmp_path).status == 5
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("command", ["selftest", "demo"])
def test_the_practice_documents_are_judged_by_their_own_pack(
    checktool: Run, tiny_pack: TinyPack, command: str
) -> None:
    """A hospital's own pack in use says nothing about whether this installation works."""
    tiny_pack.load()
    assert checktool("pack", "install", tiny_pack.folder).status == 0
    assert checktool("pack", "use", "tiny").status == 0
    assert checktool(command).status == 0
