"""``handoff`` and ``verify`` as people call them, with the real check and the sample pack."""

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from checktool.cli.main import main

ON = "2026-11-22"
NAME = "RENSHU-nanshou-sample-20261122-0001"

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Run one command line in the folder of the test: (exit status, stdout, stderr)."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main([*arguments])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


@pytest.fixture
def export(call: Call, tmp_path: Path) -> Path:
    for form in ("opinion", "survey"):
        assert call("sample", "--form", form, "--count", "2", "--on", ON, "-o", "export")[0] == 0
    return tmp_path / "export"


def spoil(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(<BirthDate[^>]*>)[^<]*", r"\g<1>2023-09-31", text), encoding="utf-8")


def handoff(call: Call, *more: str) -> tuple[int, str, str]:
    return call("handoff", "export", "--to", "out", "--on", ON, "--no-progress", *more)


def test_everything_goes_out_and_is_verified(call: Call, export: Path, tmp_path: Path) -> None:
    status, out, _ = handoff(call, "--by", "担当 太郎", "--dest", "県庁")
    assert status == 0
    assert f"{NAME}（練習用（見本の定義））" in out
    assert all(path.name in out for path in export.iterdir())
    assert "アップロードするのは data フォルダの中の XML だけです。" in out
    status, out, _ = call("verify", "out")
    assert (status, f"{NAME}（練習用（見本の定義））" in out) == (0, True)
    assert "XML 4 件" in out
    assert call("verify", f"out/{NAME}")[0] == 0
    names = sorted(path.name for path in (tmp_path / "out" / NAME / "data").iterdir())
    assert names == ["O0001.xml", "O0002.xml", "S0001.xml", "S0002.xml"]


@pytest.mark.parametrize("more", [[], ["--zip"]])
def test_a_target_in_the_source_folder_is_not_read_in_again(
    call: Call, export: Path, more: list[str]
) -> None:
    for _ in range(2):
        status, out, err = call("handoff", "export", "--to", "export", "--on", ON, "--no-progress", *more)
        assert (status, "書き出した文書: 4 件" in out) == (0, True)
    assert f"{NAME}{'.zip' if more else ''}" in err
    assert len(list(export.glob("RENSHU-*"))) == 2


def test_the_medium_has_no_value_and_no_input_name(call: Call, export: Path, tmp_path: Path) -> None:
    path = next(export.iterdir())
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert handoff(call, "--accept-warnings", "花子さんの件")[0] == 0
    texts = "".join(
        file.read_text(encoding="utf-8") for file in (tmp_path / "out" / NAME).iterdir() if file.is_file()
    )
    xml = "".join(file.read_text(encoding="utf-8") for file in export.iterdir())
    values = set(re.findall(r">([^<>\s][^<>]{4,})<", xml))
    day_of_the_run = {"2026-11-22"}
    assert [value for value in values - day_of_the_run if value in texts] == []
    assert [name for name in (file.stem for file in export.iterdir()) if name in texts] == []
    assert "花子" not in texts
    assert '"reason": "その他"' in texts


def test_what_stays_behind_is_told_by_name_and_status(call: Call, export: Path) -> None:
    spoil(export / "opinion-0001-0001.xml")
    status, out, _ = handoff(call)
    assert status == 1
    line = r"× 要修正  opinion-0001-0001.xml（[A-Z][0-9]{3} [^（）:]*生年月日[^（）:]*: 修正し、"
    assert re.search(line, out)
    (export / "broken.xml").write_text("<x", encoding="utf-8")
    status, out, _ = handoff(call)
    assert status == 3
    assert re.search(r"－ 検査未完了  broken.xml（検査を終えられませんでした: [FX][0-9]{3} .+）", out)


def test_warnings_stay_without_a_reason(call: Call, export: Path) -> None:
    path = export / "survey-0001-0001.xml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    status, out, _ = handoff(call)
    assert (status, "△ 要確認  survey-0001-0001.xml（X103: " in out) == (1, True)
    assert "--accept-warnings 理由" in out
    status, out, _ = handoff(call, "--accept-warnings", "医師に確認済み", "--zip")
    assert (status, "医師に確認済み" in out) == (0, True)
    assert call("verify", "out")[0] == 0


def test_warnings_go_out_by_code_and_documents_stay_by_name(call: Call, export: Path) -> None:
    path = export / "survey-0001-0001.xml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    status, out, _ = handoff(call, "--confirm", "X103=病院の取決め", "--leave-out", "opinion-0001-0001.xml")
    assert (status, "病院の取決め" in out) == (0, True)
    assert "○ 指摘なし  opinion-0001-0001.xml（書き出さないことにした文書です）" in out


def test_only_some_records_of_a_file_go_out(call: Call, export: Path, tmp_path: Path) -> None:
    spoil(export / "opinion-0001-0001.xml")
    bodies = [
        file.read_text(encoding="utf-8").partition("?>")[2].strip() for file in sorted(export.iterdir())
    ]
    for file in export.iterdir():
        file.unlink()
    forms = "\n".join(['<Forms xmlns="urn:checktool:nanshou:2025">', *bodies, "</Forms>"])
    (export / "big.xml").write_text(forms, encoding="utf-8")
    status, out, _ = handoff(call)
    assert status == 1
    assert "× 要修正  big.xml#1" in out
    data = (tmp_path / "out" / NAME / "data" / "F0001.xml").read_text(encoding="utf-8")
    expected = "\n".join(['<Forms xmlns="urn:checktool:nanshou:2025">', *bodies[1:], "</Forms>"])
    assert data == f'<?xml version="1.0" encoding="UTF-8"?>\n{expected}'
    report = json.loads((tmp_path / "out" / NAME / "report.json").read_text(encoding="utf-8"))
    assert [file["source"] for file in report["files"]] == ["F0001.xml#1", "F0001.xml#2", "F0001.xml#3"]


def test_nothing_to_hand_over(call: Call, export: Path, tmp_path: Path) -> None:
    for file in export.iterdir():
        file.write_text("<x", encoding="utf-8")
    status, out, err = handoff(call)
    assert status == 5
    assert "H003" in err
    assert "－ 検査未完了" in out
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("more", "status", "code"),
    [
        (["--encrypt"], 2, "A003"),
        (["--accept-warnings", " "], 2, "A002"),
        (["--confirm", "X103"], 2, "A002"),
        (["--leave-out", "nowhere.xml"], 2, "A015"),
        (["--confirm", "X999=病院の取決め"], 2, "A005"),
        (["--confirm", "T203=病院の取決め", "--confirm", "D609=病院の取決め"], 2, "A019"),
        (["--profile", "nowhere"], 4, "P010"),
        (["--pack", "nowhere"], 4, "P001"),
    ],
)
def test_requests_that_cannot_be_met(
    call: Call, export: Path, tmp_path: Path, more: list[str], status: int, code: str
) -> None:
    answer = handoff(call, *more)
    assert (answer[0], code in answer[2]) == (status, True)
    assert not (tmp_path / "out").exists()


def test_a_target_that_is_a_file(call: Call, export: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x", encoding="utf-8")
    status, _, err = handoff(call)
    assert (status, "H001" in err) == (5, True)
    assert (tmp_path / "out").read_text(encoding="utf-8") == "x"


def test_faults_of_a_package_are_told_calmly(call: Call, export: Path, tmp_path: Path) -> None:
    handoff(call)
    (tmp_path / "out" / NAME / "data" / "setup.exe").write_bytes(b"MZ")
    (tmp_path / "out" / NAME / "data" / "O0001.xml").write_bytes(b"<x/>")
    status, out, _ = call("verify", "out", "--extract", "target")
    assert status == 5
    assert "食い違いが 2 件あります。" in out
    assert "data/setup.exe: 一覧にない" in out
    assert "data/O0001.xml: 書き出したときと内容が違います。" in out
    assert not (tmp_path / "target").exists()


@pytest.mark.parametrize("name", ["Thumbs.db", "data/.DS_Store", "data/desktop.ini"])
def test_what_looking_at_a_folder_left_is_told_as_that(
    call: Call, export: Path, tmp_path: Path, name: str
) -> None:
    handoff(call)
    (tmp_path / "out" / NAME / name).write_bytes(b"x")
    status, out, _ = call("verify", "out")
    assert status == 5
    assert f"{name}: フォルダを開いて見たときに" in out
    assert ("書き出したときのままです" in out, "使わず" in out) == (True, False)
    (tmp_path / "out" / NAME / "data" / "O0001.xml").write_bytes(b"<x/>")
    status, out, _ = call("verify", "out")
    assert (status, "書き出したときのままです" in out, "使わず" in out) == (5, False, True)


def test_extraction(call: Call, export: Path, tmp_path: Path) -> None:
    handoff(call, "--zip")
    status, out, _ = call("verify", f"out/{NAME}.zip", "--extract", "target")
    assert (status, "data フォルダの中の XML だけ" in out) == (0, True)
    assert call("verify", "target")[0] == 0
    status, _, err = call("verify", f"out/{NAME}.zip", "--extract", "target")
    assert (status, "H014" in err, "別のフォルダを指定" in err) == (5, True, True)


def test_what_cannot_be_verified(call: Call, tmp_path: Path) -> None:
    assert call("verify", "nowhere")[0] == 3
    (tmp_path / "empty").mkdir()
    assert call("verify", "empty")[0] == 5
    (tmp_path / "broken.zip").write_bytes(b"PK")
    status, out, _ = call("verify", "broken.zip")
    assert (status, "壊れているか" in out, "食い違い" in out) == (5, True, False)
    (tmp_path / "bad.xml").write_text("<a/>", encoding="utf-8")
    status, out, _ = call("verify", "bad.xml")
    assert (status, "（H006）" in out, "ZIP を受け取り直して" in out) == (5, True, False)
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("a.xml", "<a/>")
    assert call("verify", "other.zip")[0] == 5


def test_a_leftover_of_a_broken_hand_over_is_pointed_out(call: Call, export: Path, tmp_path: Path) -> None:
    handoff(call)
    (tmp_path / "out" / ".RENSHU-nanshou-sample-20261122-0002.part").mkdir()
    status, out, _ = call("verify", "out")
    assert (status, "書きかけ" in out) == (0, True)
