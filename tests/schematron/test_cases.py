"""Schematron by example: each folder of ``cases`` is a rule file, a document and what must come of them.

``expected.toml`` has one of ``fired`` (id, kind, place in document order), ``refused`` (error code and the
element that the error names) or ``unjudged`` (the rule that cannot be judged); ``phase`` chooses one.
"""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from checktool.checking.schematron.run import UnjudgedError, judge
from checktool.errors import PackError

CASES = sorted(path.parent for path in Path(__file__).parent.glob("cases/*/expected.toml"))
STEP = re.compile(r"\*:([^\[/]+)\[namespace-uri\(\)='([^']*)'\]")


def shown(location: str) -> str:
    """A location in short: ``/shelf[1]/{urn:t}book[2]/@id``."""
    return STEP.sub(lambda hit: f"{{{hit[2]}}}{hit[1]}" if hit[2] else hit[1], location)


def outcome(case: Path, phase: str) -> dict[str, Any]:
    """What comes of a case, as ``expected.toml`` writes it."""
    try:
        found = judge(case / "schema.sch", case / "doc.xml", phase)
    except PackError as fault:
        return {"refused": [fault.code, fault.params.get("element", "")]}
    except UnjudgedError as fault:
        return {"unjudged": fault.rule}
    return {"fired": [[one.id, one.kind, shown(one.location)] for one in found]}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Path) -> None:
    expected = tomllib.loads((case / "expected.toml").read_text(encoding="utf-8"))
    phase = expected.pop("phase", "")
    assert outcome(case, phase) == expected
