"""The same workbook at two times: the same bytes."""

import datetime

import openpyxl
import pytest

from checktool.reporting.clockless import clockless


def made(monkeypatch: pytest.MonkeyPatch, year: int) -> bytes:
    class Clock(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> datetime.datetime:
            return cls(year, 1, 2, 3, 4, 5, tzinfo=tz)

    with monkeypatch.context() as patched:
        patched.setattr(datetime, "datetime", Clock)
        book = openpyxl.Workbook()
        book.active["A1"] = "x"
        return clockless(book)


def test_no_time_gets_into_a_workbook(monkeypatch: pytest.MonkeyPatch) -> None:
    assert made(monkeypatch, 2026) == made(monkeypatch, 2031)
