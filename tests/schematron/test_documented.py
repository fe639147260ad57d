"""The example of docs/schematron.md runs as it is written."""

import re
from pathlib import Path

import pytest

from checktool.definitions.schematron import BINDINGS

RULES = """<schema xmlns="http://purl.oclc.org/dsdl/schematron"><pattern><rule context="line">
<assert id="L1" test="amount">x</assert></rule></pattern></schema>"""


def example(root: Path) -> str:
    text = (root / "docs" / "schematron.md").read_text(encoding="utf-8")
    found = re.search(r"```python\n(.*?)```", text, re.DOTALL)
    assert found is not None
    return found[1]


def test_the_example(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "order.sch").write_text(RULES, encoding="utf-8")
    (tmp_path / "order.xml").write_text("<order><line/><line><amount/></line></order>", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    exec(compile(example(root), "docs/schematron.md", "exec"), {})
    assert (
        capsys.readouterr().out == "L1 assert /*:order[namespace-uri()=''][1]/*:line[namespace-uri()=''][1]\n"
    )


def test_it_is_ten_lines(root: Path) -> None:
    assert len([line for line in example(root).splitlines() if line]) <= 10


def test_every_binding_stands_in_the_table(root: Path) -> None:
    text = (root / "docs" / "schematron.md").read_text(encoding="utf-8")
    assert [name for name in BINDINGS if name and f"`{name}`" not in text] == []
