"""Samples: clean on their date, the same for the same request, apart for different ones."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from checktool.checking.engine import CheckOptions, run
from checktool.definitions.pack import load
from checktool.errors import UsageError
from checktool.model.report import CheckReport, Verdict, all_findings, verdict_of_run
from checktool.samples.make import Request, SampleFile, samples

PACK = load("nanshou-sample")
ON = date(2026, 11, 22)
FORMS = ("survey", "opinion")
SPACE = "{urn:checktool:nanshou:2025}"


def made(**wanted: object) -> list[SampleFile]:
    asked = {"form": "survey", "on": ON, **wanted}
    return list(samples(PACK, Request(**asked)))  # type: ignore[arg-type]


def checked(folder: Path, files: Iterable[SampleFile], on: date = ON) -> CheckReport:
    for file in files:
        with (folder / file.name).open("xb") as stream:
            stream.write(file.data)
    return run([str(folder)], PACK, CheckOptions(on=on))


def codes(report: CheckReport) -> Counter[str]:
    return Counter(finding.code for finding in all_findings(report))


@pytest.mark.parametrize(
    "on", ["2022-03-01", "2024-02-29", "2025-03-31", "2025-04-01", "2026-11-22", "2028-01-01"]
)
def test_several_runs_in_one_folder_have_no_finding(tmp_path: Path, on: str) -> None:
    day = date.fromisoformat(on)
    runs = [(form, seed, kind) for form in FORMS for seed, kind in ((0, "min"), (1, "full"), (2, "full"))]
    files = [
        file
        for form, seed, kind in runs
        for file in made(form=form, on=day, count=30, seed=seed, variant=kind)
    ]
    report = checked(tmp_path, files, day)
    assert set(codes(report)) <= ({"D612"} if day < date(2024, 1, 1) else set())
    assert verdict_of_run(report) is Verdict.CLEAN


def test_seeds_far_apart_share_nobody(tmp_path: Path) -> None:
    files = [
        file for seed in (3, 777, 20261122) for form in FORMS for file in made(form=form, seed=seed, count=40)
    ]
    assert codes(checked(tmp_path, files)) == Counter()


def test_rare_names_need_confirmation_by_their_characters_alone(tmp_path: Path) -> None:
    files = [file for form in FORMS for file in made(form=form, names="rare", count=40)]
    report = checked(tmp_path, files)
    assert set(codes(report)) <= {"T203", "T204", "T205"}
    assert all(file.findings for file in report.files)
    assert verdict_of_run(report) is Verdict.CONFIRM


def test_the_same_request_gives_the_same_bytes_whatever_the_count() -> None:
    assert made(count=5)[:3] == made(count=3)
    assert made(seed=1)[0].data != made(seed=2)[0].data
    assert made(variant="min")[0].data != made(variant="full")[0].data


def test_names_of_files_tell_form_seed_and_number_only() -> None:
    files = made(form="opinion", seed=12, count=2)
    assert [file.name for file in files] == ["opinion-0012-0001.xml", "opinion-0012-0002.xml"]


def test_a_document_has_one_element_a_line_without_prefixes() -> None:
    lines = made(form="opinion")[0].data.decode("utf-8").splitlines()
    assert lines[0] == '<?xml version="1.0" encoding="UTF-8"?>'
    assert lines[1].startswith('<MedicalOpinion xmlns="urn:checktool:nanshou:2025"')
    assert all(line.lstrip().startswith("<") and line.count("<") <= 2 for line in lines)


@pytest.mark.parametrize("form", FORMS)
def test_full_fills_every_item_that_may_stand_with_the_others(form: str) -> None:
    record = next(entry for entry in PACK.forms if entry.id == form).record
    assert record is not None
    roots = [etree.fromstring(file.data) for file in made(form=form, count=40)]
    seen = {path for root in roots for path in _paths(root, "")}
    absent = {item.path for item in record} - seen
    elsewhere = {"Insurance/PublicAssistance", "Schooling/Note"}
    assert {path for path in absent if not path.startswith("Office/")} <= elsewhere


def _paths(node: etree._Element, path: str) -> Iterable[str]:
    yield from (f"{path}/@{name}".lstrip("/") for name in node.attrib)
    if node.text and node.text.strip():
        yield path
    for child in node:
        yield from _paths(child, f"{path}/{str(child.tag).removeprefix(SPACE)}".lstrip("/"))


def test_a_form_without_a_recipe_and_a_day_before_the_pack_are_refused() -> None:
    with pytest.raises(UsageError) as refused:
        made(form="other")
    assert refused.value.code == "A009"
    with pytest.raises(UsageError) as refused:
        made(on=date(2021, 10, 31))
    assert refused.value.code == "A012"
