"""The sample documents behind the pictures; their words stand in ``resources/screens/sample.toml``."""

import re
import tomllib
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from checktool.definitions.pack import load
from checktool.paths import resource
from checktool.samples.make import Request, samples
from checktool.samples.trial import shipped

NO_XML = b"PK\x03\x04"
PADDING = b"\n" * 12_000
MOST = 22


@cache
def words() -> dict[str, Any]:
    """The words of the samples."""
    return tomllib.loads(resource("screens", "sample.toml").read_text(encoding="utf-8"))


@cache
def document(form: str, number: int = 0, broken: str = "") -> bytes:
    """A fictitious document, numbers up to 21; ``broken`` is the code of its one fault."""
    if not broken:
        return _clean(form)[number]
    return next(samples(load(), Request(form, words()["on"], seed=number, broken=broken))).data


@cache
def _clean(form: str) -> list[bytes]:
    return [each.data for each in samples(load(), Request(form, words()["on"], count=MOST))]


def practice(folder: Path) -> Path:
    """The shipped practice documents: ○ four, △ one, × two."""
    shipped().copy_to(folder)
    return folder


def clean(folder: Path) -> Path:
    """Twelve documents without a finding."""
    return _write(folder, {f"KJN_{number:04}.xml": document("survey", number) for number in range(1, 13)})


def mixed(folder: Path) -> Path:
    """Documents of every verdict, as a day brings them."""
    found = {"IKN_0099.xml": NO_XML}
    for group in words()["mixed"]:
        for number, code in enumerate(group["codes"], start=1):
            found[group["name"].format(number=number)] = document(group["form"], number, code)
    return _write(folder, {**found, **_many()})


def confirmable(folder: Path) -> Path:
    """Nothing but documents to be confirmed."""
    return _write(
        folder, {f"KJN_{number:04}.xml": document("survey", number, "T203") for number in range(1, 4)}
    )


def unreadable(folder: Path) -> Path:
    """Nothing that can be read, each for another reason."""
    form = document("survey")
    return _write(
        folder,
        {
            "IKN_0001.xml": b"",
            "IKN_0002.xml": form[: len(form) // 2],
            "IKN_0003.xml": b"<?xml version='1.0'?><Order xmlns='urn:example:order'/>",
            "IKN_0004.xml": b"<!DOCTYPE a><a/>",
            "IKN_0005.zip": NO_XML,
        },
    )


def mended(folder: Path) -> Path:
    """The document with many findings after a first round of mending: some are left, one is new."""
    name, data = next(iter(_many().items()))
    again = _replaced(data, words()["many"]["mended"])
    return _write(folder, {name: again})


def long_texts(folder: Path) -> Path:
    """Long and rare names and values."""
    long, number = words()["long"], count(1)
    return _write(
        folder,
        {
            name: _replaced(document("opinion", next(number), "D609"), long["replace"])
            for name in long["names"]
        },
    )


def huge(folder: Path) -> Path:
    """A file of which only a part can be shown."""
    data = document("survey", 1, "D609").replace(b"<Patient>", PADDING + b"<Patient>", 1)
    return _write(folder, {"KJN_9000.xml": data})


def _many() -> dict[str, bytes]:
    many = words()["many"]
    return {many["name"]: _replaced(document("opinion"), many["replace"])}


def _replaced(data: bytes, pairs: list[list[str]]) -> bytes:
    text = data.decode()
    for pattern, instead in pairs:
        text = re.sub(pattern, instead, text, count=1)
    return text.encode()


def _write(folder: Path, files: dict[str, bytes]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder
