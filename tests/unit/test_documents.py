"""What the project tells about itself: links lead somewhere, and every code stands in the table of codes."""

import re
from pathlib import Path

import pytest

from checktool.model.builtin import BUILTIN

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
LINK = re.compile(r"\]\(([^)#]+)\)")
ASSERTED = re.compile(r"<(?:\w+:)?(?:assert|report)\b[^>]*?\bid=\"([A-Z]\d{3})\"")


def shown(path: Path) -> str:
    """The name of a case: the path in the source tree."""
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", DOCUMENTS, ids=shown)
def test_links_lead_to_files_that_exist(path: Path) -> None:
    links = LINK.findall(CODE.sub("", path.read_text(encoding="utf-8")))
    local = [link for link in links if "://" not in link]
    assert [link for link in local if not (path.parent / link).exists()] == []


def test_every_code_of_the_tool_and_the_packs_stands_in_the_table() -> None:
    table = (ROOT / "docs" / "codes.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| ([A-Z]\d{3}) \|", table, re.MULTILINE))
    rules = (path.read_text(encoding="utf-8") for path in (ROOT / "rules").rglob("*.sch"))
    emitted = {entry.code for entry in BUILTIN}.union(*(ASSERTED.findall(text) for text in rules))
    assert emitted - listed == set()


def test_the_modules_that_the_tables_name_exist() -> None:
    named = {
        name
        for path in DOCUMENTS
        for name in re.findall(r"`((?:[a-z]+/)+[a-z_]+\.py)`", path.read_text(encoding="utf-8"))
    }
    places = (ROOT, ROOT / "checktool")
    assert [name for name in sorted(named) if not any((place / name).is_file() for place in places)] == []


def test_the_receiving_side_stands_in_the_manual() -> None:
    page = (ROOT / "resources" / "manual" / "4-write.md").read_text(encoding="utf-8")
    section = page.partition("受け取った方へ")[2]
    assert [
        word for word in ("checktool verify", "--extract", "Thumbs.db", "RENSHU-") if word not in section
    ] == []


def test_the_folders_that_the_environment_names_are_documented() -> None:
    source = (ROOT / "checktool" / "paths.py").read_text(encoding="utf-8")
    named = set(re.findall(r'"(CHECKTOOL_[A-Z]+)"', source))
    told = set(
        re.findall(
            r"^\| `(CHECKTOOL_[A-Z]+)` \|", (ROOT / "docs" / "api.md").read_text(encoding="utf-8"), re.M
        )
    )
    assert named == told
