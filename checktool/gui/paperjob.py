"""Laying papers out beside the window.

The layout of a long text holds the interpreter for as long as it takes, so that a thread of its own would
stop the window all the same: more than a few documents are laid out in a process of their own.
"""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from checktool.model.report import CheckReport
from checktool.reporting.html_report import Parts
from checktool.reporting.masking import Mask
from checktool.reporting.pdf import Paper, application, paper

FEW = 30
"""Up to so many documents are laid out at once, in some tens of milliseconds."""


def laid_out(report: CheckReport, mask: Mask, parts: Parts) -> Paper:
    """A report on pages; call it in a worker."""
    if len(report.files) <= FEW:
        return paper(report, mask, parts)
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(_in_process, report, mask, parts).result()


def _in_process(report: CheckReport, mask: Mask, parts: Parts) -> Paper:
    kept = application()
    made = paper(report, mask, parts)
    del kept
    return made
