"""Changes that turn a clean document into a chosen one: ``rules/<pack>/samples/breaks.toml``.

One ``[[break]]`` for a code and the forms it can be shown in. ``recipe`` replaces steps of the recipe (all
that depends on them follows), ``set`` gives one item another value ("" = empty element), ``remove``
leaves items out, ``replace`` exchanges text of the finished document, ``bytes`` and ``file`` treat what
is stored. ``files`` makes several documents about the same patient. ``since`` and ``until`` bound the
dates of the check for which it works. The format: docs/samples.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from checktool.errors import PackError, UsageError
from checktool.model.definition import FIRST_DAY, LAST_DAY
from checktool.samples.recipe import read_toml
from checktool.samples.story import Value

FORMS = ("survey", "opinion")


@dataclass(frozen=True, slots=True)
class Change:
    """What is different in one document; ``form`` empty = the form asked for, ``repeat`` = how many."""

    form: str = ""
    include: tuple[str, ...] = ()
    recipe: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    set: Mapping[str, Value] = field(default_factory=dict)
    remove: tuple[str, ...] = ()
    replace: tuple[tuple[str, str], ...] = ()
    encoding: str = "UTF-8"
    bytes: tuple[str, ...] = ()
    file: str = ""
    repeat: int = 1
    other: bool = False


@dataclass(frozen=True, slots=True)
class Break:
    """How one code is shown; ``words`` tell several ways of one code apart."""

    code: str
    forms: tuple[str, ...]
    changes: tuple[Change, ...]
    words: str = ""
    container: str = ""
    since: date = FIRST_DAY
    until: date = LAST_DAY
    options: Mapping[str, Any] = field(default_factory=dict)


def read(path: Path, table: str = "break") -> tuple[Break, ...]:
    """The breaks in the tables of a file, in their order; none where there is no file.

    Raises PackError P014 where one is not understood.
    """
    if not path.is_file():
        return ()
    try:
        return tuple(_break(entry) for entry in read_toml(path).get(table, ()))
    except (KeyError, TypeError, ValueError) as fault:
        raise PackError("P014", file=path.name, reason=str(fault)) from None


def find(breaks: Sequence[Break], code: str, form: str, on: date) -> Break:
    """The first way to show a code in a form on a day.

    Raises UsageError A010 when a document cannot show it, A011 when only another form can, A014 when
    only other dates can.
    """
    known = [entry for entry in breaks if entry.code == code and not entry.options]
    if not known:
        raise UsageError("A010", code=code)
    fitting = [entry for entry in known if form in entry.forms]
    if not fitting:
        others = sorted({other for entry in known for other in entry.forms})
        raise UsageError("A011", code=code, form=", ".join(others))
    entry = fitting[0]
    if on < entry.since:
        raise UsageError("A014", code=code, first=entry.since.isoformat())
    if on > entry.until:
        raise UsageError("A014", code=code, last=entry.until.isoformat())
    return entry


def _break(table: Mapping[str, Any]) -> Break:
    given = dict(table)
    files = given.pop("files", [{}])
    own = ("code", "forms", "words", "container", "since", "until", "options")
    common = {key: value for key, value in given.items() if key not in own}
    return Break(
        code=given["code"],
        forms=tuple(given.get("forms", FORMS)),
        changes=tuple(_change(_merged(common, file)) for file in files),
        words=given.get("words", ""),
        since=given.get("since", FIRST_DAY),
        until=given.get("until", LAST_DAY),
        container=given.get("container", ""),
        options=given.get("options", {}),
    )


def _merged(common: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    both: dict[str, Any] = {**common, **own}
    for key in ("recipe", "set"):
        if key in common and key in own:
            both[key] = {**common[key], **own[key]}
    return both


def _change(table: Mapping[str, Any]) -> Change:
    given = dict(table)
    for key in ("include", "remove", "bytes"):
        if key in given:
            given[key] = tuple(given[key])
    if "replace" in given:
        given["replace"] = tuple((old, new) for old, new in given["replace"])
    return Change(**given)
