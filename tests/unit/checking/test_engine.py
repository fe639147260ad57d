"""A whole run: order, same bytes, archives, many records, and what may not change its findings."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from checktool.checking.engine import CheckOptions, run
from checktool.model.finding import FILE_LAYERS, Severity
from checktool.model.report import CheckReport, LayerStatus, Verdict, verdict_of_run
from tests.tiny_pack import HEAD, ON, SPACE, TinyPack, codes, found, item, layer, note

MEMORY = """
import json, sys
from pathlib import Path
from datetime import date
from checktool.checking.engine import CheckOptions, run
from checktool.definitions.pack import load
report = run([sys.argv[1]], load(sys.argv[2]), CheckOptions(on=date(2026, 11, 22)))
last = report.files[-1]
peak = Path("/proc/self/status").read_text(encoding="ascii").partition("VmHWM:")[2].split()[0]
print(json.dumps([len(report.files), last.source, last.findings[0].location.xpath,
                  last.findings[0].location.line, int(peak)]))
"""


@pytest.fixture
def pack(tiny_pack: TinyPack) -> TinyPack:
    """A pack that has something to say in every layer, of single documents and of records."""
    tiny_pack.children(
        '<xs:element name="A" type="xs:string" maxOccurs="9"/><xs:element name="B" minOccurs="0"/>',
        '<xs:attribute name="k"/>',
    )
    tiny_pack.table("fruit", "1,林檎,,")
    tiny_pack.record(item("A"), item("@k", "code", code_table="fruit"))
    tiny_pack.rule("n:A", '<assert id="R1" test=". != \'x\'">x</assert>')
    tiny_pack.top["container"] = {"root": "{urn:tiny}Notes"}
    tiny_pack.top["encoding"] = {"accepted": ["UTF-8", "UTF-16", "Shift_JIS", "EUC-JP"]}
    return tiny_pack


DOCUMENTS = [
    note("<A>漢字</A>"), note("<A>x</A>", 'k="9"'), note("<A>あｱ</A><B/>"), note("<A> い</A><A>x</A>"),
    note(""),
    note("<A>a</A><C/>", 'k="1"'),
]  # fmt: skip
EXPECTED = [[], ["C407", "R1"], ["X112", "T206"], ["T208", "R1"], ["X107"], ["X108"]]


def each(report: CheckReport) -> list[list[str]]:
    return [codes(file) for file in report.files]


def test_what_these_documents_say(pack: TinyPack) -> None:
    assert each(pack.check(*DOCUMENTS)) == EXPECTED


def test_every_file_has_six_layers_in_order(pack: TinyPack) -> None:
    report = pack.check(*DOCUMENTS, b"", "<no/>")
    assert {tuple(result.layer for result in file.layers) for file in report.files} == {FILE_LAYERS}


def test_the_order_of_files_changes_nothing(pack: TinyPack) -> None:
    assert each(pack.check(*reversed(DOCUMENTS))) == EXPECTED[::-1]


@pytest.mark.parametrize("encoding", ["UTF-16", "Shift_JIS", "EUC-JP"])
def test_another_encoding_changes_nothing(pack: TinyPack, encoding: str) -> None:
    written = [text.replace("UTF-8", encoding).encode(encoding) for text in DOCUMENTS]
    assert found(pack.check(*written)) == found(pack.check(*DOCUMENTS))


def test_records_say_what_single_documents_say(pack: TinyPack) -> None:
    inner = "".join(text.removeprefix(HEAD) for text in DOCUMENTS)
    report = pack.check(f'{HEAD}<Notes xmlns="{SPACE}">{inner}</Notes>')
    assert each(report) == EXPECTED
    assert [file.source for file in report.files] == [f"1.xml#{n}" for n in range(1, 7)]
    assert found(report)[0] == ("C407", "/Notes[1]/Note[2]/@k")


def test_an_archive_says_what_its_folder_says(pack: TinyPack, tmp_path: Path) -> None:
    folder = pack.documents(*DOCUMENTS)
    archive = tmp_path / "all.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as written:
        for path in sorted(folder.iterdir()):
            written.write(path, path.name)
    loaded, options = pack.load(), CheckOptions(on=ON)
    inside, outside = run([str(archive)], loaded, options), run([str(folder)], loaded, options)
    assert found(inside) == found(outside)
    assert [file.sha256 for file in inside.files] == [file.sha256 for file in outside.files]
    assert [file.source for file in inside.files] == [f"all.zip!{file.source}" for file in outside.files]


def test_the_same_bytes_twice_are_told_at_the_second(pack: TinyPack) -> None:
    report = pack.check(DOCUMENTS[0], DOCUMENTS[5], DOCUMENTS[0], DOCUMENTS[0])
    said = [
        (file.source, one.param("other"))
        for file in report.files
        for one in file.findings
        if one.code == "F008"
    ]
    assert said == [("3.xml", "1.xml"), ("4.xml", "1.xml")]
    assert [one.severity for one in report.files[2].findings] == [Severity.INFO]


def test_records_of_one_file_share_its_bytes_and_say_nothing_of_it(pack: TinyPack) -> None:
    inner = "<Note><A>a</A></Note>" * 2
    assert found(pack.check(f'<Notes xmlns="{SPACE}">{inner}</Notes>')) == []


@pytest.mark.parametrize("inner", ["", " ", "<!-- empty -->", "<?none?>"])
def test_a_container_without_records_is_said(pack: TinyPack, inner: str) -> None:
    report = pack.check(f'<Notes xmlns="{SPACE}">{inner}</Notes>')
    assert [file.source for file in report.files] == ["1.xml"]
    assert verdict_of_run(report) is Verdict.UNCHECKED


def test_no_file_at_all_is_unchecked(pack: TinyPack) -> None:
    report = pack.check()
    assert (report.files, report.completed, verdict_of_run(report)) == ((), True, Verdict.UNCHECKED)


def test_a_file_that_fails_in_reading_skips_the_rest(pack: TinyPack) -> None:
    report = pack.check("<Note")
    assert codes(report) == ["X101"]
    assert [result.status for result in report.files[0].layers] == ["failed", *["skipped"] * 5]
    assert len(report.files[0].sha256) == 64


def test_a_form_that_is_unknown_skips_the_rest(pack: TinyPack) -> None:
    report = pack.check("<!-- c -->\n <Other/>")
    assert found(report) == [("X105", "/Other[1]")]
    assert (report.files[0].findings[0].location.line, report.files[0].findings[0].location.column) == (2, 2)
    assert [result.status for result in report.files[0].layers] == ["passed", "failed", *["skipped"] * 4]


def test_a_document_without_date_is_judged_by_the_day_of_the_run(pack: TinyPack) -> None:
    result = layer(pack.check(DOCUMENTS[0]), "form")
    assert result.status is LayerStatus.PASSED
    assert result.note is not None
    assert result.note.key == "no_date"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the peak of memory is asked of /proc")
def test_many_records_stream_through_little_memory(pack: TinyPack, tmp_path: Path) -> None:
    filler = "<A>漢字</A>" * 8 + "\n"
    records = "".join(f"<Note>{filler}<!-- {n:06} {'.' * 6000} --></Note>" for n in range(2999))
    path = tmp_path / "big.xml"
    path.write_text(f'<Notes xmlns="{SPACE}">{records}<Note><A>x</A></Note></Notes>', encoding="utf-8")
    pack.load()
    command = [sys.executable, "-c", MEMORY, str(path), str(pack.folder)]
    done = subprocess.run(command, capture_output=True, check=True, cwd=Path(__file__).parents[3])
    count, source, xpath, line, memory = json.loads(done.stdout)
    assert (count, source, xpath, line) == (3000, "big.xml#3000", "/Notes[1]/Note[3000]/A[1]", 3000)
    assert path.stat().st_size > 16_000_000
    assert memory < 80_000
