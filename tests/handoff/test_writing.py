"""What a hand-over writes: which documents, under which names, in which form."""

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from checktool.errors import HandoffError
from checktool.handoff.verifier import verify
from checktool.handoff.writer import HandoffRequest, Watch, write
from checktool.model.report import Verdict
from checktool.reading.clean import content

from .conftest import ON, SECRET, Hospital, document, form

NAME = "RENSHU-nanshou-sample-20261122-0001"


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def record(package: Path) -> Any:
    return json.loads((package / "check-record.json").read_text(encoding="utf-8"))


def test_only_clean_documents_go_out_and_everything_else_is_named(hospital: Hospital) -> None:
    hospital.put("a.xml", document())
    hospital.put("b.xml", document(judged="warning"))
    hospital.put("c.xml", document(judged="error"))
    hospital.put("sub/d.xml", document("Survey"))
    hospital.put("e.xml", document("Letter"))
    result = hospital.hand_over()
    assert [(each.output, each.input) for each in result.handed] == [
        ("O0001.xml", "a.xml"),
        ("F0001.xml", "e.xml"),
        ("S0001.xml", "sub/d.xml"),
    ]
    assert [(left.input, left.verdict) for left in result.left] == [
        ("b.xml", Verdict.CONFIRM),
        ("c.xml", Verdict.CORRECT),
    ]
    assert result.package == hospital.out / NAME
    assert hospital.left_behind() == [NAME]
    assert sorted(path.name for path in result.package.iterdir()) == [
        "bag-info.txt", "bagit.txt", "check-record.json", "data",
        "manifest-sha256.txt", "report.json", "tagmanifest-sha256.txt",
    ]  # fmt: skip
    assert verify(result.package).faults == ()


def test_a_file_that_needs_nothing_is_copied_byte_for_byte(hospital: Hospital) -> None:
    path = hospital.put("a.xml", document().replace("\n", "\r\n"))
    result = hospital.hand_over()
    assert (result.package / "data" / "O0001.xml").read_bytes() == path.read_bytes()
    assert result.handed[0].sha256 == sha256(path)


def test_the_representation_changes_and_the_content_does_not(hospital: Hospital) -> None:
    text = f'<?xml version="1.0" encoding="Shift_JIS"?><!-- 髙橋 --><?x y?>{form(name="①<!-- -->髙")}'
    hospital.put("a.xml", text.encode("cp932"))
    written = (hospital.hand_over().package / "data" / "O0001.xml").read_bytes()
    assert written.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<Opinion ')
    assert content([written]) == content([form(name="①髙").encode("utf-8")])


def test_warnings_go_out_with_a_reason_and_the_free_text_stays(hospital: Hospital) -> None:
    hospital.put("a.xml", b"\xef\xbb\xbf" + document(judged="warning").encode("utf-8"))
    result = hospital.hand_over("鈴木先生に電話で確認")
    entry = record(result.package)["files"][0]
    assert entry["verdict"] == "confirm"
    assert entry["confirmed"] == [{"code": "T203", "reason": "その他"}, {"code": "X103", "reason": "その他"}]
    assert entry["sha256"] == sha256(result.package / "data" / "O0001.xml")
    hospital.put("b.xml", document(judged="warning"))
    second = hospital.hand_over(" 医師に確認済み ")
    reasons = {c["reason"] for each in record(second.package)["files"] for c in each["confirmed"]}
    assert reasons == {"医師に確認済み"}


def test_nothing_but_the_xml_speaks_of_a_patient_or_the_hospital(hospital: Hospital) -> None:
    hospital.put("0012345_花子.xml", document(judged="warning"))
    package = hospital.hand_over("自由な記載").package
    for path in package.iterdir():
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            for secret in (
                SECRET,
                "0012345",
                "花子",
                "髙",
                "自由な記載",
                "担当",
                "県庁",
                str(hospital.export),
            ):
                assert secret not in text, path.name
    assert "O0001.xml" in (package / "report.json").read_text(encoding="utf-8")


def test_a_practice_package_says_so(hospital: Hospital) -> None:
    hospital.put("a.xml", document())
    package = hospital.hand_over().package
    assert "練習用（見本の定義）" in (package / "bag-info.txt").read_text(encoding="utf-8")
    assert record(package)["practice"] is True


def test_a_real_package_does_not(tmp_path: Path) -> None:
    (tmp_path / "export").mkdir()
    hospital = Hospital(tmp_path / "export", tmp_path / "out", status="official")
    hospital.put("a.xml", document())
    package = hospital.hand_over().package
    assert package.name == "nanshou-sample-20261122-0001"
    assert "練習用" not in (package / "bag-info.txt").read_text(encoding="utf-8")
    assert record(package)["practice"] is False


def test_numbers_go_on_and_nothing_is_overwritten(hospital: Hospital) -> None:
    hospital.put("a.xml", document())
    hospital.out.mkdir()
    (hospital.out / "RENSHU-nanshou-sample-20261122-0007.zip").write_bytes(b"x")
    (hospital.out / "RENSHU-nanshou-sample-20261121-0009").mkdir()
    (hospital.out / ".RENSHU-nanshou-sample-20261122-0008.part").mkdir()
    assert hospital.hand_over().name == "RENSHU-nanshou-sample-20261122-0009"
    assert hospital.hand_over().name == "RENSHU-nanshou-sample-20261122-0010"


RECORDS = (
    '<Forms xmlns:x="urn:x">\n'
    f"  {form()}\n  {form('Survey', 'error')}\n  <!-- no -->{form('Opinion', name='二')}\n"
    f"  {form('Opinion', 'warning')}\n</Forms>"
)


def test_a_multi_record_file_keeps_its_handed_over_records(hospital: Hospital) -> None:
    hospital.put("big.xml", RECORDS)
    result = hospital.hand_over()
    assert [(each.output, each.input) for each in result.handed] == [
        ("O0001.xml#1", "big.xml#1"),
        ("O0001.xml#2", "big.xml#3"),
    ]
    assert [left.input for left in result.left] == ["big.xml#2", "big.xml#4"]
    expected = f'<?xml version="1.0" encoding="UTF-8"?>\n<Forms xmlns:x="urn:x">\n  {form()}\n  '
    expected += f"{form('Opinion', name='二')}\n</Forms>"
    assert (result.package / "data" / "O0001.xml").read_text(encoding="utf-8") == expected
    assert record(result.package)["files"][0]["documents"] == 2


def test_a_multi_record_file_of_several_forms_has_a_neutral_letter(hospital: Hospital) -> None:
    hospital.put("big.xml", f"<Forms>{form()}{form('Survey')}</Forms>")
    assert [each.output for each in hospital.hand_over().handed] == ["F0001.xml#1", "F0001.xml#2"]


def test_members_of_an_archive_go_out(hospital: Hospital) -> None:
    with zipfile.ZipFile(hospital.export / "a.zip", "w") as archive:
        archive.writestr("B001.xml", document())
        archive.writestr("B002.xml", document("Survey"))
    handed = hospital.hand_over().handed
    assert [(e.output, e.input) for e in handed] == [
        ("O0001.xml", "a.zip!B001.xml"),
        ("S0001.xml", "a.zip!B002.xml"),
    ]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("", {"O0001.xml", "S0001.xml"}),
        (r"[A-Za-z0-9]+\.xml", {"O0001.xml", "S0001.xml"}),
        (r"[a-z][0-9]{8}\.xml", {"o00000001.xml", "s00000001.xml"}),
        (r"[0-9]{8}\.xml", {"00000001.xml", "00000002.xml"}),
    ],
)
def test_names_fit_what_the_pack_demands(tmp_path: Path, pattern: str, expected: set[str]) -> None:
    (tmp_path / "export").mkdir()
    hospital = Hospital(tmp_path / "export", tmp_path / "out", pattern=pattern)
    hospital.put("a.xml", document())
    hospital.put("b.xml", document("Survey"))
    assert {each.output for each in hospital.hand_over().handed} == expected


def test_a_pattern_that_no_neutral_name_fits_is_told(tmp_path: Path) -> None:
    (tmp_path / "export").mkdir()
    hospital = Hospital(tmp_path / "export", tmp_path / "out", pattern=r"[0-9]{10}_H[0-9]{3}\.xml")
    hospital.put("a.xml", document())
    with pytest.raises(HandoffError) as fault:
        hospital.hand_over()
    assert fault.value.code == "H012"


def test_a_package_as_one_zip(hospital: Hospital) -> None:
    hospital.put("a.xml", document())
    first = hospital.hand_over(zip=True)
    assert hospital.left_behind() == [f"{NAME}.zip"]
    verified = verify(first.package)
    assert (verified.faults, verified.name, verified.files) == ((), NAME, 1)
    other = Hospital(hospital.export, hospital.out / "other")
    assert other.hand_over(zip=True).package.read_bytes() == first.package.read_bytes()


def test_the_same_input_gives_the_same_bytes(hospital: Hospital) -> None:
    hospital.put("a.xml", document())
    one = hospital.hand_over().package
    two = Hospital(hospital.export, hospital.out / "other").hand_over().package
    assert {path.name: path.read_bytes() for path in one.iterdir() if path.is_file()} == {
        path.name: path.read_bytes() for path in two.iterdir() if path.is_file()
    }


def test_an_independent_validator_accepts_it(hospital: Hospital) -> None:
    bagit = pytest.importorskip("bagit")
    hospital.put("a.xml", document())
    hospital.put("b.xml", document("Survey"))
    bag = bagit.Bag(str(hospital.hand_over().package))
    assert bag.validate()
    assert bag.info["Bagging-Date"] == "2026-11-22"
    assert bag.info["External-Identifier"] == NAME


def test_a_warning_goes_out_when_each_of_its_codes_is_confirmed(hospital: Hospital) -> None:
    hospital.put("a.xml", b"\xef\xbb\xbf" + document(judged="warning").encode())
    hospital.put("b.xml", document("Survey"))
    assert [each.input for each in hospital.hand_over(confirmed={"T203": "医師に確認済み"}).handed] == [
        "b.xml"
    ]
    both = {"T203": "医師に確認済み", "X103": "電話で確認"}
    result = hospital.hand_over(confirmed=both)
    assert [each.input for each in result.handed] == ["a.xml", "b.xml"]
    entry = next(each for each in record(result.package)["files"] if each["name"] == "O0001.xml")
    assert entry["confirmed"] == [
        {"code": "T203", "reason": "医師に確認済み"},
        {"code": "X103", "reason": "その他"},
    ]


def test_what_is_left_out_on_purpose_stays(hospital: Hospital) -> None:
    for name in ("a.xml", "b.xml"):
        hospital.put(name, document())
    result = hospital.hand_over(leave_out=frozenset({"a.xml"}))
    assert [each.input for each in result.handed] == ["b.xml"]
    assert [(each.input, each.verdict, each.on_purpose) for each in result.left] == [
        ("a.xml", Verdict.CLEAN, True)
    ]


def test_a_correction_never_goes_out_whatever_is_confirmed(hospital: Hospital) -> None:
    hospital.put("a.xml", document(judged="error"))
    hospital.put("b.xml", document())
    assert [each.input for each in hospital.hand_over(confirmed={"T203": "病院の取決め"}).handed] == ["b.xml"]


def test_a_watch_is_told_how_far_it_is_and_may_end_it(hospital: Hospital) -> None:
    class EnoughError(Exception):
        pass

    for name in ("a.xml", "b.xml"):
        hospital.put(name, document())
    told: list[tuple[str, int, int]] = []
    request = HandoffRequest(hospital.out, ON)

    def hand_over(watch: Watch) -> None:
        write(hospital.check(), hospital.sources(), hospital.pack, request, hospital.wording,
              hospital.check, watch)  # fmt: skip

    hand_over(lambda *step: told.append(step))
    assert told[:2] == [("writing", 0, 2), ("writing", 1, 2)]
    assert {stage for stage, _, _ in told} == {"writing", "reading_back"}
    before = hospital.left_behind()

    def stop(stage: str, done: int, _total: int) -> None:
        if (stage, done) == ("reading_back", 1):
            raise EnoughError

    with pytest.raises(EnoughError):
        hand_over(stop)
    assert hospital.left_behind() == before
