"""Every command of docs/packs.md, in its order, does what the text says."""

import re
import shlex
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from checktool.cli.main import main
from checktool.definitions import pack as packs
from tests.imports.pretend import deliver

DOCS = Path(__file__).resolve().parents[2] / "docs" / "packs.md"
DIFFERS = ("pack diff", "check ")


def blocks() -> list[tuple[str, str]]:
    """The fenced blocks of the document: language and text, its indentation taken off."""
    found = []
    text = DOCS.read_text(encoding="utf-8")
    for indent, language, body in re.findall(r"^( *)```(\w*)\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL):
        lines = [line.removeprefix(indent) for line in body.splitlines()]
        found.append((language, "\n".join(lines) + "\n"))
    return found


def packed(folder: Path, target: Path) -> None:
    with zipfile.ZipFile(target, "w") as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            archive.write(path, path.relative_to(folder).as_posix())


def prepared(folder: Path) -> None:
    """What a reader has at hand: the two deliveries and some exported documents."""
    for edition, name in ((1, "配布資料"), (2, "新しい配布資料")):
        packed(deliver(folder / f"made{edition}" / name, edition), folder / f"{name}.zip")
    (folder / "出力フォルダ").mkdir()
    for path in (folder / "made1").rglob("opinion-*.xml"):
        shutil.copyfile(path, folder / "出力フォルダ" / path.name)


def add_cases(folder: Path) -> None:
    """The step of 試験する that is done by hand: cases, and [files] taken out."""
    rules = folder / "nanshou-規則つき" / "rules" / "nanshou"
    good = (folder / "出力フォルダ" / "opinion-1.xml").read_text(encoding="utf-8")
    cases = rules / "tests" / "L901"
    cases.mkdir(parents=True)
    (cases / "pass-usual.xml").write_text(good, encoding="utf-8")
    (cases / "fail-metres.xml").write_text(good.replace("120.5", "12.5"), encoding="utf-8")
    sheet = rules / packs.COVER
    sheet.write_text(sheet.read_text(encoding="utf-8").partition("[files]")[0], encoding="utf-8")


def arguments(line: str, folder: Path) -> list[str]:
    """A command line as the shell parts it; the medium E: is the folder itself."""
    return shlex.split(line.replace("E:\\", f"{folder}/"))[1:]


def policy(folder: Path, text: str) -> None:
    """The block of policy.toml with the real fingerprint."""
    from checktool.definitions.trust import signing

    public = (folder / "署名済み-2025-10" / "rules" / "nanshou" / signing.KEY).read_bytes()
    (folder / "machine").mkdir()
    shown = text.replace("d4:29:c0:…", signing.fingerprint(public))
    (folder / "machine" / "policy.toml").write_text(shown, encoding="utf-8")


def test_every_command_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CHECKTOOL_USER", str(tmp_path / "user"))
    monkeypatch.setenv("CHECKTOOL_MACHINE", str(tmp_path / "machine"))
    monkeypatch.chdir(tmp_path)
    prepared(tmp_path)
    ran = 0
    for language, text in blocks():
        if language == "xml":
            (tmp_path / "own.sch").write_text(text, encoding="utf-8")
        if language == "toml":
            policy(tmp_path, text)
        for line in text.splitlines() if not language else ():
            ran += 1
            if line.startswith("openssl"):
                place = tmp_path / "署名済み-2025-10" / "rules" / "nanshou"
                subprocess.run(shlex.split(line), cwd=place, check=True, capture_output=True)
                continue
            if line == "checktool pack test nanshou-規則つき":
                add_cases(tmp_path)
            status = main(arguments(line, tmp_path))
            shown = capsys.readouterr()
            assert status == (1 if any(word in line for word in DIFFERS) else 0), (line, shown.err, shown.out)
            if line.endswith("--back"):
                assert packs.load().info.edition == "2025-10"
    assert ran == 25
    assert packs.load().info.edition == "2026-04"
    assert packs.editions_of("nanshou") == ["2026-04"]


def test_the_map_made_again_gives_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """直さずに指定すると、1バイトも違わないものができます。"""
    monkeypatch.chdir(tmp_path)
    prepared(tmp_path)
    lines = [line for language, text in blocks() if not language for line in text.splitlines()][:2]
    assert [main(arguments(line, tmp_path)) for line in lines] == [0, 0]
    capsys.readouterr()
    one, again = tmp_path / "nanshou-2025-10", tmp_path / "nanshou-2025-10-もう一度"
    files = [path.relative_to(one) for path in one.rglob("*") if path.is_file()]
    assert all((one / path).read_bytes() == (again / path).read_bytes() for path in files)
