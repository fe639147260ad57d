"""The lock file and the list of licences say the same and name no place on this PC or elsewhere."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PINNED = dict(re.findall(r"^([a-z0-9-]+)==([^ ]+)", LOCK, re.MULTILINE))


def name_of(requirement: str) -> str:
    """The normalised name of a requirement."""
    return re.split(r"[<>=~!;\[ ]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def test_every_requirement_is_pinned() -> None:
    project = PROJECT["project"]
    wanted = [*project["dependencies"], *PROJECT["dependency-groups"]["dev"]]
    wanted += [name for names in project["optional-dependencies"].values() for name in names]
    assert {name_of(one) for one in wanted} - set(PINNED) == set()


def test_every_pin_has_hashes() -> None:
    entries = re.split(r"^(?=[a-z0-9])", LOCK, flags=re.MULTILINE)
    bare = [entry.split()[0] for entry in entries if "==" in entry.split("\n")[0] and "--hash=" not in entry]
    assert bare == []


def test_no_place_is_named() -> None:
    assert re.findall(r"://|--(?:extra-)?index-url|--find-links|file:| @ ", LOCK) == []


def test_the_list_of_licences_names_what_is_locked() -> None:
    text = (ROOT / "THIRD-PARTY-LICENSES.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| ([a-z0-9-]+) \| ([0-9][^ |]*) \|", text, re.MULTILINE))
    assert listed == PINNED
