"""Exit statuses as contracted: which fault gives which, and which wins."""

import pytest

from checktool.cli.status import ExitStatus, status_of_error, status_of_verdict, worst
from checktool.errors import (
    CheckToolError,
    HandoffError,
    PackError,
    ReadError,
    SettingsError,
    UsageError,
)
from checktool.model.report import Verdict


def test_the_numbers_are_the_contract() -> None:
    assert [int(status) for status in ExitStatus] == [0, 1, 2, 3, 4, 5, 70, 130]


@pytest.mark.parametrize(
    ("given", "wins"),
    [((), 0), ((0, 1), 1), ((1, 3), 3), ((3, 4), 4), ((4, 5, 1), 5), ((5, 70, 3), 70), ((1, 0), 1)],
)
def test_the_worst_wins(given: tuple[int, ...], wins: int) -> None:
    assert worst(*map(ExitStatus, given)) == wins


@pytest.mark.parametrize(
    ("family", "status"),
    [(PackError, 4), (HandoffError, 5), (ReadError, 3), (SettingsError, 2), (UsageError, 2),
     (CheckToolError, 70)],
)  # fmt: skip
def test_a_fault_answers_by_its_family(family: type[CheckToolError], status: int) -> None:
    assert status_of_error(family("X")) == status


@pytest.mark.parametrize(
    ("verdict", "error", "warning", "never"),
    [(Verdict.CLEAN, 0, 0, 0), (Verdict.CONFIRM, 0, 1, 0), (Verdict.CORRECT, 1, 1, 0),
     (Verdict.UNCHECKED, 3, 3, 3)],
)  # fmt: skip
def test_a_verdict_answers_as_asked(verdict: Verdict, error: int, warning: int, never: int) -> None:
    answers = [status_of_verdict(verdict, fail_on) for fail_on in ("error", "warning", "never")]
    assert answers == [error, warning, never]
