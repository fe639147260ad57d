"""Makes the case files of this folder from the pack's breaks and from cases.toml.

Run it after a change of recipes, breaks or cases: ``python tests/rules/regenerate.py [CODE…]``. Without
codes every folder is made anew, so that nothing stays behind of a case that is no more.
"""

import shutil
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from checktool.definitions.pack import load
from checktool.model.builtin import BUILTIN
from checktool.model.definition import DefinitionPack
from checktool.samples import changes, treatment
from checktool.samples.changes import Break
from checktool.samples.make import Request, SampleFile, Workshop

HERE = Path(__file__).parent
PACK = "nanshou-sample"
MOST = 10
TODAY = date(2026, 11, 22)
SEED = 7
OWN = {known.code for known in BUILTIN}


def _body(document: bytes) -> bytes:
    return document.partition(b"\n")[2]


def _boxed(*documents: bytes) -> bytes:
    head = b'<?xml version="1.0" encoding="UTF-8"?>\n<Forms xmlns="urn:checktool:nanshou:2025">\n'
    return head + b"".join(map(_body, documents)) + b"</Forms>\n"


def _prefixed(document: bytes) -> bytes:
    head, body = document.split(b"\n", 1)
    body = body.replace(b" xmlns=", b" xmlns:n=")
    body = body.replace(b"</", b"\0").replace(b"<", b"<n:").replace(b"\0", b"</n:")
    return head + b"\n" + body


WAYS = {
    **treatment.BYTES,
    "one-line": lambda document: b"".join(line.strip() for line in document.splitlines()),
    "boxed": _boxed,
    "boxed-twice": lambda document: _boxed(document, document),
    "prefixed": _prefixed,
}


def entries(pack: DefinitionPack) -> Iterator[tuple[str, Break]]:
    """Every case to be made, as (pass or fail, how); breaks of very many documents are left to cases.toml."""
    for entry in changes.read(pack.rules_folder / "samples" / "breaks.toml"):
        if sum(change.repeat for change in entry.changes) <= MOST:
            yield "fail", entry
    for kind in ("fail", "pass"):
        for entry in changes.read(HERE / "cases.toml", kind):
            yield kind, entry


def make(pack: DefinitionPack, kind: str, entry: Break, form: str) -> None:
    """Write one case, with its options beside it where they are not the usual ones."""
    usual = min(TODAY, entry.until)
    on = date.fromisoformat(entry.options.get("on", usual.isoformat()))
    workshop = Workshop(pack, Request(form, on, seed=SEED, variant="min", broken=entry.code))
    made = list(workshop.files(entry, 0))
    case = "-".join([kind, form, *entry.words.split()])
    folder = HERE / ("builtin" if entry.code in OWN else PACK) / entry.code
    _write(folder, case, workshop.name(entry.code, 0), made)
    options = {key: value for key, value in entry.options.items() if key != "on"}
    if options or on != TODAY:
        text = "\n".join([f'on = "{on.isoformat()}"', *(f"{key} = {_toml(v)}" for key, v in options.items())])
        (folder / f"{case}.toml").write_text(f"{text}\n", encoding="utf-8")


def _write(folder: Path, case: str, name: str, made: list[SampleFile]) -> None:
    target = folder if len(made) == 1 else folder / case
    target.mkdir(parents=True, exist_ok=True)
    for file in made:
        own_name = file.name.replace(name, case) if len(made) == 1 else file.name
        (target / own_name).write_bytes(file.data)


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)


def main(codes: list[str]) -> None:
    """Make the cases of some codes, or all anew."""
    treatment.BYTES = WAYS
    pack = load(PACK)
    for home in (PACK, "builtin"):
        for folder in (HERE / home).glob("*"):
            if not codes or folder.name in codes:
                shutil.rmtree(folder)
    for kind, entry in entries(pack):
        if not codes or entry.code in codes:
            for form in entry.forms:
                make(pack, kind, entry, form)


if __name__ == "__main__":
    main(sys.argv[1:])
