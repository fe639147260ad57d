"""Breaks: each of full documents gives its code and no other, and says when it cannot be shown."""

from datetime import date
from pathlib import Path

import pytest

from checktool.checking.engine import CheckOptions, run
from checktool.definitions.pack import load
from checktool.errors import UsageError
from checktool.model.builtin import BUILTIN
from checktool.samples import changes
from checktool.samples.changes import Break
from checktool.samples.make import Request, Workshop, samples

PACK = load("nanshou-sample")
ON = date(2026, 11, 22)
BREAKS = [
    entry
    for entry in changes.read(PACK.rules_folder / "samples" / "breaks.toml")
    if entry.since <= ON <= entry.until
]
BATCH = {known.code for known in BUILTIN if known.layer.value == "batch"}


def _made(entry: Break, form: str, folder: Path) -> list[str]:
    workshop = Workshop(PACK, Request(form, ON, seed=4, broken=entry.code))
    home = folder / f"{entry.code}-{entry.words}"
    home.mkdir()
    for file in workshop.files(entry, 0):
        (home / file.name).write_bytes(file.data)
    return sorted(str(path) for path in home.iterdir())


@pytest.mark.parametrize("form", ["survey", "opinion"])
def test_full_documents_with_one_fault_show_one_code_each(form: str, tmp_path: Path) -> None:
    single = [
        entry for entry in BREAKS if form in entry.forms and not entry.words and entry.code not in BATCH
    ]
    paths = {path: entry.code for entry in single for path in _made(entry, form, tmp_path)}
    report = run(list(paths), PACK, CheckOptions(on=ON))
    wrong = [
        (file.source, found)
        for file, code in zip(report.files, paths.values(), strict=True)
        if (found := {finding.code for finding in file.findings}) != {code}
    ]
    assert wrong == []
    assert report.batch.findings == ()


@pytest.mark.parametrize("form", ["survey", "opinion"])
def test_batch_faults_show_one_code_each(form: str, tmp_path: Path) -> None:
    together = [entry for entry in BREAKS if form in entry.forms and entry.code in BATCH]
    paths = [path for entry in together for path in _made(entry, form, tmp_path)]
    report = run(paths, PACK, CheckOptions(on=ON))
    assert [finding for file in report.files for finding in file.findings] == []
    assert sorted({finding.code for finding in report.batch.findings}) == sorted({e.code for e in together})
    assert len(report.batch.findings) == len(together)


@pytest.mark.parametrize(
    ("code", "form", "answer"),
    [
        ("F010", "survey", "A010"),
        ("D620", "survey", "A011"),
        ("D612", "survey", "A014"),
        ("X999", "opinion", "A010"),
    ],
)
def test_what_cannot_be_shown_is_refused(code: str, form: str, answer: str) -> None:
    with pytest.raises(UsageError) as refused:
        next(samples(PACK, Request(form, ON, broken=code)))
    assert refused.value.code == answer


@pytest.mark.parametrize("code", ["D609", "X104", "T203"])
def test_a_break_has_no_rare_names(code: str) -> None:
    with pytest.raises(UsageError, match="A017"):
        list(samples(PACK, Request("survey", ON, names="rare", broken=code)))
