"""Several editions of one pack in one run: version and date of a document choose the one that judges it."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from checktool.checking.engine import CheckOptions, run
from checktool.cli.main import main
from checktool.definitions.lint.remark import Level
from checktool.definitions.lint.run import lint
from checktool.definitions.registry import wording_of
from checktool.definitions.trust import state, store
from checktool.errors import PackError
from checktool.model.report import CheckReport, FileReport, Verdict, verdict_of_file
from checktool.reporting.formats import BINARY_REPORTERS, REPORTERS
from checktool.reporting.masking import ReportOptions
from tests.sound_pack import DIAGNOSTICS, check, rule
from tests.tiny_pack import TinyPack, item, note

ON = date(2026, 11, 22)
OLD, NEW = "2025-04", "2026-04"
Install = Callable[..., TinyPack]


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHECKTOOL_USER", str(tmp_path / "user"))
    monkeypatch.setenv("CHECKTOOL_MACHINE", str(tmp_path / "machine"))


@pytest.fixture
def install(tmp_path: Path) -> Install:
    """Installs an edition of the tiny pack: its rule R901 says the edition, and wants a value of its own."""

    def make(
        edition: str, wanted: str = "", version: str = "", twice: bool = False, **top: object
    ) -> TinyPack:
        (tmp_path / edition).mkdir()
        pack = TinyPack(tmp_path / edition)
        pack.top |= {"edition": edition, **top}
        pack.record(item("Written", "date"), item("Sex", "string"))
        text = f"{edition} では <value-of select='n:Sex'/> は使いません。"
        pack.rules(rule("/n:Note", check(f"n:Sex = '{wanted or edition}'", text=text)) + DIAGNOSTICS)
        if version:
            pack.form.update({"version": "@v", "versions": [version]})
        if twice:
            pack.forms.append(pack.form | {"id": "other", "name": "もう一つ"})
        pack.load()
        store.install(str(pack.folder))
        return pack

    return make


def both(install: Install, **old: object) -> None:
    """Two editions that follow each other on 1 April 2026, the later one in use."""
    install(OLD, valid_from=date(2025, 4, 1), **old)
    install(NEW, valid_from=date(2026, 4, 1))
    store.use("tiny", NEW)


def written(day: str, sex: str = "x", attributes: str = "") -> str:
    return note(f"<Sex>{sex}</Sex><Written>{day}</Written>", attributes)


def documents(tmp_path: Path, *texts: str) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for number, text in enumerate(texts, 1):
        (folder / f"{number}.xml").write_text(text, encoding="utf-8")
    return folder


def checked(tmp_path: Path, *texts: str, on: date = ON, jobs: int = 0, pack: str = "tiny") -> CheckReport:
    options = CheckOptions(on=on, jobs=jobs)
    return run([str(documents(tmp_path, *texts))], state.load(pack, on=on), options)


def edition(report: CheckReport, file: FileReport) -> str:
    return (file.pack or report.pack).edition if file.form else ""


def editions(report: CheckReport) -> list[str]:
    return [edition(report, file) for file in report.files]


def codes(report: CheckReport) -> list[list[str]]:
    return [[found.code for found in file.findings] for file in report.files]


@pytest.mark.parametrize("jobs", [0, 2])
def test_the_day_of_a_document_chooses_the_edition(install: Install, tmp_path: Path, jobs: int) -> None:
    both(install)
    texts = [written("2026-03-31"), written("2026-04-01"), written("2025-04-01"), written("2025-03-31")]
    report = checked(tmp_path, *texts, jobs=jobs)
    assert editions(report) == [OLD, NEW, OLD, ""]
    assert codes(report) == [["R901"], ["R901"], ["R901"], ["X106"]]
    assert report.pack.edition == NEW
    said = [wording_of(state.load("tiny")).explain(file.findings[0]).message for file in report.files]
    assert said[:3] == [f"{one} では x は使いません。" for one in (OLD, NEW, OLD)]
    assert "2025-04-01～2026-03-31、2026-04-01～" in said[3]


def test_an_edition_named_or_given_by_path_judges_alone(install: Install, tmp_path: Path) -> None:
    both(install)
    report = checked(tmp_path, written("2026-03-31"), pack=f"tiny@{NEW}")
    assert codes(report) == [["X106"]]
    assert state.load(str(tmp_path / NEW / "pack")).editions == ()


def test_a_document_without_a_day_is_judged_by_the_day_of_the_run(install: Install, tmp_path: Path) -> None:
    both(install)
    folder = str(documents(tmp_path, note("<Sex>x</Sex>")))
    for on, wanted in ((date(2026, 3, 1), OLD), (ON, NEW)):
        report = run([folder], state.load("tiny"), CheckOptions(on=on))
        assert editions(report) == [wanted]
        first = report.files[0].layers[1].note
        assert first is not None
        assert first.key == ("no_date" if wanted == NEW else "other_edition_no_date")


def test_the_edition_in_use_judges_every_day_of_its_own_period(install: Install, tmp_path: Path) -> None:
    both(install)
    store.use("tiny", OLD)
    assert editions(checked(tmp_path, written("2026-05-01"))) == [OLD]


def test_a_later_edition_judges_what_lies_behind_the_period_of_the_one_in_use(
    install: Install, tmp_path: Path
) -> None:
    both(install, valid_to=date(2026, 3, 31))
    store.use("tiny", OLD)
    assert editions(checked(tmp_path, written("2026-05-01"), written("2026-03-31"))) == [NEW, OLD]


def test_the_version_chooses_where_the_days_do_not(install: Install, tmp_path: Path) -> None:
    for name in (OLD, NEW):
        install(name, version=name)
    store.use("tiny", NEW)
    report = checked(tmp_path, *(written("2026-05-01", attributes=f'v="{v}"') for v in (OLD, NEW, "2024-04")))
    assert editions(report) == [OLD, NEW, ""]
    assert dict(report.files[2].findings[0].params) == {"version": "2024-04", "available": f"{OLD}、{NEW}"}


@pytest.mark.parametrize("says_so", [OLD, NEW])
def test_in_the_time_of_grace_an_old_edition_is_accepted_with_a_warning(
    install: Install, tmp_path: Path, says_so: str
) -> None:
    """Whether the old edition itself or the one that follows it names the day."""
    for name, first in ((OLD, date(2025, 4, 1)), (NEW, date(2026, 4, 1))):
        more = {"grace_until": date(2026, 9, 30)} if name == says_so else {}
        install(name, wanted="x", version=name, valid_from=first, **more)
    store.use("tiny", NEW)
    days = ("2026-03-31", "2026-04-01", "2026-09-30", "2026-10-01")
    report = checked(tmp_path, *(written(day, attributes=f'v="{OLD}"') for day in days))
    assert codes(report) == [[], ["X113"], ["X113"], ["X106"]]
    verdicts = [verdict_of_file(file) for file in report.files]
    assert verdicts == [Verdict.CLEAN, Verdict.CONFIRM, Verdict.CONFIRM, Verdict.UNCHECKED]
    message = wording_of(state.load("tiny")).explain(report.files[1].findings[0]).message
    assert [part in message for part in (OLD, "2026-03-31", "2026-09-30")] == [True] * 3


def test_two_forms_of_one_edition_that_fit_stay_a_finding(install: Install, tmp_path: Path) -> None:
    both(install)
    install("2026-05", twice=True, valid_from=date(2026, 5, 1))
    store.use("tiny", "2026-05")
    assert codes(checked(tmp_path, written("2026-06-01"))) == [["X105"]]


def test_a_damaged_edition_judges_nothing_and_is_named(
    install: Install, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    both(install)
    (tmp_path / "user/packs/tiny" / OLD / "rules/tiny/pack.toml").write_text("broken", encoding="utf-8")
    assert codes(checked(tmp_path, written("2026-03-31"), written("2026-04-01", NEW))) == [["X106"], []]
    assert main(["pack", "list"]) == 0
    assert f"tiny  {OLD}（使えません）" in capsys.readouterr().out


def test_a_rule_fault_of_an_older_edition_stops_the_run_with_its_code(
    install: Install, tmp_path: Path
) -> None:
    both(install)
    path = tmp_path / "user/packs/tiny" / OLD / "rules/tiny/note.sch"
    path.write_text(path.read_text(encoding="utf-8").replace("n:Sex =", "n:Sex = ("), encoding="utf-8")
    folder = str(documents(tmp_path, written("2026-03-31")))
    for jobs in (0, 1):
        with pytest.raises(PackError, match="P007"):
            run([folder], state.load("tiny"), CheckOptions(on=ON, jobs=jobs))


def test_every_report_says_which_edition_judged(install: Install, tmp_path: Path, root: Path) -> None:
    both(install)
    report = checked(tmp_path, written("2026-03-31"), written("2026-04-01"))
    wording = wording_of(state.load("tiny"))
    tree = json.loads("".join(REPORTERS["json"](report, wording, ReportOptions())))
    assert tree["pack"]["edition"] == NEW
    assert [file.get("pack", {}).get("edition") for file in tree["files"]] == [OLD, None]
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((root / "resources" / "report.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(tree, schema)
    for name in ("text", "html", "csv", "svrl"):
        said = "".join(REPORTERS[name](report, wording, ReportOptions()))
        assert f"版 {OLD}" in said or f"検査定義 {OLD}" in said or f"小さな定義 {OLD}" in said, name
    assert f"検査定義の版: {OLD} 1 件、{NEW} 1 件" in "".join(
        REPORTERS["text"](report, wording, ReportOptions())
    )
    (tmp_path / "report.xlsx").write_bytes(BINARY_REPORTERS["xlsx"](report, wording, ReportOptions()))
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    assert any(f"検査定義 {OLD}" in str(cell.value) for sheet in book for row in sheet for cell in row)


def test_a_report_says_that_the_pack_does_not_apply_on_the_day(install: Install, tmp_path: Path) -> None:
    install(OLD, valid_from=date(2025, 4, 1), valid_to=date(2026, 3, 31))
    report = checked(tmp_path, written("2026-03-31", OLD))
    wording = wording_of(state.load("tiny"))
    tree = json.loads("".join(REPORTERS["json"](report, wording, ReportOptions())))
    assert tree["pack"]["validity"] == "expired"
    assert tree["verdict"] == "clean"
    for name in ("text", "html", "svrl"):
        assert "有効期間を過ぎています" in "".join(REPORTERS[name](report, wording, ReportOptions()))
    early = checked(tmp_path / OLD, written("2025-04-01", OLD), on=date(2025, 3, 1))
    assert early.validity == "future"


@pytest.mark.parametrize("form", ["text", "json", "csv", "jsonl"])
def test_the_command_line_tells_it_once(
    install: Install, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    install(OLD, valid_from=date(2025, 4, 1), valid_to=date(2026, 3, 31))
    folder = documents(tmp_path, written("2026-03-31", OLD))
    assert main(["check", str(folder), "--pack", "tiny", "--on", "2026-11-22", "--format", form]) == 0
    shown = capsys.readouterr()
    assert (shown.out + shown.err).count("有効期間を過ぎています") == 1


def test_the_policy_may_want_a_pack_that_applies(install: Install, tmp_path: Path) -> None:
    install(OLD, valid_from=date(2025, 4, 1), valid_to=date(2026, 3, 31))
    (tmp_path / "machine").mkdir()
    (tmp_path / "machine" / "policy.toml").write_text("[packs]\ncurrent_only = true\n", encoding="utf-8")
    assert state.load("tiny", on=date(2026, 3, 31)).info.edition == OLD
    for day in (date(2025, 3, 31), date(2026, 4, 1)):
        with pytest.raises(PackError, match="P049"):
            state.load("tiny", on=day)


def test_a_sample_edition_never_stands_beside_others(install: Install, tmp_path: Path) -> None:
    install(OLD, valid_from=date(2025, 4, 1))
    install(NEW, valid_from=date(2026, 4, 1), status="official")
    store.use("tiny", NEW)
    assert codes(checked(tmp_path, written("2026-03-31"))) == [["X106"]]


def test_a_hand_over_records_the_edition_of_each_file(
    install: Install, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    both(install)
    folder = documents(tmp_path, written("2026-03-31", OLD), written("2026-04-01", NEW))
    to = tmp_path / "out"
    assert main(["handoff", str(folder), "--to", str(to), "--pack", "tiny", "--on", "2026-11-22"]) == 0
    (package,) = to.iterdir()
    record = json.loads((package / "check-record.json").read_text(encoding="utf-8"))
    assert record["pack"]["edition"] == NEW
    assert [[one["edition"] for one in file.get("packs", [])] for file in record["files"]] == [[OLD], []]
    assert main(["verify", str(package)]) == 0
    capsys.readouterr()


def test_one_pack_may_hold_two_forms_of_one_id_with_other_versions(tmp_path: Path) -> None:
    """Each has an XSD and a record definition of its own; the version of a document chooses."""
    pack = TinyPack(tmp_path)
    del pack.form["date"]
    pack.children('<xs:element name="Old" type="xs:string"/>', '<xs:attribute name="v"/>')
    old = pack.form | {"versions": ["1"], "version": "@v", "xsd": "note.xsd"}
    pack.children('<xs:element name="New" type="xs:string"/>', '<xs:attribute name="v"/>')
    (pack.folder / "xsd/tiny/note.xsd").rename(pack.folder / "xsd/tiny/new.xsd")
    pack.children('<xs:element name="Old" type="xs:string"/>', '<xs:attribute name="v"/>')
    new = old | {"versions": ["2"], "xsd": "new.xsd"}
    pack.record(item("Old", "string"))
    (pack.folder / "rules/tiny/records/note.csv").rename(pack.folder / "rules/tiny/records/old.csv")
    pack.record(item("New", "string", max_len="2"))
    pack.forms = [old | {"record": "records/old.csv"}, new | {"record": "records/note.csv"}]
    report = pack.check(
        note("<Old>1</Old>", 'v="1"'),
        note("<New>12</New>", 'v="2"'),
        note("<New>1</New>", 'v="1"'),
        note("<Old>1</Old>", 'v="2"'),
        note("<New>123</New>", 'v="2"'),
        note("<New>1</New>", 'v="3"'),
    )
    assert [file.form for file in report.files] == ["note"] * 5 + [""]
    found = codes(report)
    assert found[:2] == [[], []]
    assert all(found[2:])
    assert found[5] == ["X106"]
    folder = pack.documents(note("<Old>1</Old>", 'v="1"'), note("<New>12</New>", 'v="2"'))
    to = tmp_path / "out"
    assert (
        main(["handoff", str(folder), "--to", str(to), "--pack", str(pack.folder), "--on", "2026-11-22"]) == 0
    )
    assert main(["verify", str(to)]) == 0
    assert not [one for one in lint(str(pack.folder)) if one.level is Level.ERROR]
