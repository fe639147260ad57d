"""The report on A4 pages."""

import os
import re
import subprocess
import sys

import pytest

from checktool.model.report import CheckReport
from checktool.reporting.masking import ReportOptions
from checktool.wording import Wording

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
pdf = pytest.importorskip("checktool.reporting.pdf")


def test_it_is_a4_and_the_same_each_time(qapp: object, report: CheckReport) -> None:
    data = pdf.pdf_report(report, Wording(), ReportOptions())
    assert data.startswith(b"%PDF")
    box = re.search(rb"/MediaBox \[0 0 (\d+)\S* (\d+)", data)
    assert box is not None
    assert (int(box[1]), int(box[2])) in ((595, 842), (595, 841))
    assert b"/CreationDate (D:20000101000000" in data
    assert data == pdf.pdf_report(report, Wording(), ReportOptions())


def test_every_process_lays_it_out_alike() -> None:
    """Fonts come in the order of a hash table, which Qt seeds by chance unless told not to."""
    line = [sys.executable, "-m", "checktool", "check", "resources/demo", "--on", "2025-11-20"]
    printed = [subprocess.run([*line, "--format", "pdf"], capture_output=True, check=False) for _ in range(4)]
    assert [ran.returncode for ran in printed] == [1] * 4
    assert len({ran.stdout for ran in printed}) == 1


def test_many_documents_take_several_pages_and_are_counted(qapp: object, report: CheckReport) -> None:
    from dataclasses import replace

    from checktool.reporting.html_report import Parts
    from checktool.reporting.masking import Mask

    many = replace(report, files=report.files[-1:] * 200)
    sheet = pdf.paper(many, Mask(Wording()), Parts(findings=False))
    assert len(sheet.pages) > 2
    assert pdf.pdf_of(sheet, "x").count(b"/Type /Page\n") == len(sheet.pages)
