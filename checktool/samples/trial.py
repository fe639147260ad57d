"""The shipped practice documents and what a check of them must say (resources/demo/)."""

import shutil
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from checktool.model.report import CheckReport, Verdict, verdicts
from checktool.paths import resource

EXPECTED = "expected.toml"

Answer = tuple[Verdict, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Trial:
    """The pack to check with (``id@edition``), the day, and of each document its verdict and its codes."""

    folder: Path
    pack: str
    on: date
    answers: Mapping[str, Answer]

    def copy_to(self, folder: Path) -> None:
        """Put the documents into a new folder. Raises OSError."""
        folder.mkdir(parents=True)
        for name in self.answers:
            shutil.copyfile(self.folder / name, folder / name)

    def met_by(self, report: CheckReport) -> bool:
        """Whether a report says of every document what it must."""
        found = {
            file.source: (verdict, tuple(sorted({finding.code for finding in file.findings})))
            for file, verdict in zip(report.files, verdicts(report), strict=True)
        }
        return found == self.answers


def shipped() -> Trial:
    """The documents of this installation. Raises OSError, KeyError or ValueError when it is damaged."""
    folder = resource("demo")
    table = tomllib.loads((folder / EXPECTED).read_text(encoding="utf-8"))
    answers = {
        name: (Verdict(entry["verdict"]), tuple(sorted(entry["codes"])))
        for name, entry in table["files"].items()
    }
    return Trial(folder, table["pack"], table["on"], answers)
