"""Every Japanese sentence that people see; the only reader of ``resources/wording/*.ja.toml``.

``findings.ja.toml`` has one table a built-in code, ``errors.ja.toml`` one a code of ``CheckToolError``,
``notes.ja.toml`` one string a note key, ``<name>.ja.toml`` the texts of ``say("<name>.<key>")``. All texts
are templates: ``{name}`` (in rules of a pack ``{1}``, ``{2}`` …) is a parameter, one that is not given is
empty, ``{{`` and ``}}`` are braces.

A finding or error of code C is worded by the table ``[C]``:

- ``title``, ``message``, ``fix``: always there.
- ``[C.message_with]`` and ``[C.message_without]`` ``<param> = text``: stands in place of ``message`` when
  that parameter is given, or is empty (「値は空です」); the first that fits.
- ``[C.message_if]`` ``<param> = text``: added behind the message when that parameter is not empty.
- ``[C.fix_for.<param>]`` ``<value> = text``: stands in place of ``fix`` when that parameter has that value.
- ``[C.fix_with]`` ``<param> = text``: stands in place of ``fix`` when that parameter is given.
- findings also: ``who`` mends it (doctor, clerk, vendor, it), ``condition`` and ``source`` of the rule.

A parameter whose value is a word key is translated by the file's table ``[words.<param>]`` or by the
code's own ``[C.words.<param>]``, in the order of the tables; a word may itself use parameters. A key
without a word is shown as it is. Integers are grouped by thousands; ``line`` 0 counts as empty.
"""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from checktool.errors import CheckToolError, UsageError
from checktool.model.builtin import BUILTIN, BuiltinCode
from checktool.model.definition import Rule
from checktool.model.finding import BatchFinding, Finding
from checktool.model.report import Note
from checktool.paths import resource

LONGEST_VALUE = 60
LONGEST_PLACE = 240
_PLACES = ("file", "path", "target", "detail", "key")
ERROR_CODE = re.compile("[A-Z][0-9]{3}")
CODES = frozenset(known.code for known in BUILTIN)
_NONE: Mapping[str, Any] = {}

_FIELD = re.compile(r"\{(\w+)\}|\{\{|\}\}")

Texts = Mapping[str, Any]
Hide = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A finding or an error in words: a short title, what is the matter, what to do next."""

    title: str
    message: str
    fix: str


class _Values(dict[str, str]):
    """The arguments of a template; one that is not given is an empty string."""

    def __missing__(self, key: str) -> str:
        return ""


@cache
def _texts(name: str) -> Texts:
    with resource("wording", f"{name}.ja.toml").open("rb") as file:
        return tomllib.load(file)


def _filled(template: str, values: Mapping[str, str]) -> str:
    return _FIELD.sub(lambda field: values[field[1]] if field[1] else field[0][0], template)


def _visible(char: str) -> str:
    if char in "\t\r\n":
        return " "
    hidden = unicodedata.category(char) in ("Cc", "Cf", "Cs", "Cn")
    return f"〔U+{ord(char):04X}〕" if hidden else char


def _shown(name: str, value: str | int) -> str:
    """A parameter as it stands in a sentence: one line, no invisible characters, not too long."""
    if isinstance(value, int):
        return f"{value:,}" if name != "line" else str(value or "")
    longest = LONGEST_PLACE if name in _PLACES else LONGEST_VALUE
    cut = value if len(value) <= longest else value[:longest] + "…"
    return "".join(map(_visible, cut))


def _values(given: Mapping[str, str | int], words: Texts, hide: Hide, hidden: Iterable[str]) -> _Values:
    values = _Values({name: _shown(name, value) for name, value in given.items()})
    values["code_point"] = " ".join(f"U+{ord(char):04X}" for char in str(given.get("ch", "")))
    for name in hidden:
        values[name] = hide(values[name]) if values[name] else ""
    for name, table in words.items():
        word = table.get(str(given.get(name, "")))
        if word is not None:
            values[name] = _filled(word, values)
    return values


def _words(texts: Texts, entry: Texts) -> Texts:
    general, own = texts["words"], entry.get("words", {})
    return {**general, **{name: {**general.get(name, {}), **table} for name, table in own.items()}}


def _message(entry: Texts, values: _Values) -> str:
    instead = [text for name, text in entry.get("message_with", {}).items() if values[name]]
    instead += [text for name, text in entry.get("message_without", {}).items() if not values[name]]
    more = [text for name, text in entry.get("message_if", {}).items() if values[name]]
    return "".join(_filled(text, values) for text in ((*instead, entry["message"])[0], *more))


def _fix(entry: Texts, given: Mapping[str, str | int]) -> str:
    tables = entry.get("fix_for", {}).items()
    own = [table[given[name]] for name, table in tables if given.get(name) in table]
    own += [text for name, text in entry.get("fix_with", {}).items() if given.get(name)]
    return str((*own, entry["fix"])[0])


def _explanation(entry: Texts, given: Mapping[str, str | int], values: _Values) -> Explanation:
    title = _filled(entry["title"], values)
    return Explanation(title, _message(entry, values), _filled(_fix(entry, given), values))


def _builtin_rule(known: BuiltinCode) -> Rule:
    text = _texts("findings")[known.code]
    return Rule(
        code=known.code,
        layer=known.layer,
        severity=known.severity,
        title=text["title"],
        message=text["message"],
        fix=text["fix"],
        condition=text["condition"],
        source=text["source"],
        who=text["who"],
        locked=known.locked,
        refused=known.refused,
    )


def _pack_entry(rule: Rule, wording: int, foreign: Texts) -> Texts:
    messages = (rule.message, *rule.others)
    return {
        "title": rule.title or foreign["title"],
        "message": messages[wording] if wording < len(messages) else rule.message,
        "fix": rule.fix or foreign["fix"],
    }


class Wording:
    """The rule registry (built-in codes and those of a pack) and the words for what is found.

    Reads shipped files only; may be shared by threads. A built-in code keeps its own words when a pack
    uses it too. ``editions`` gives the rules of other editions, read when a finding of theirs is worded.
    """

    def __init__(
        self, pack_rules: Iterable[Rule] = (), editions: Mapping[str, Callable[[], Iterable[Rule]]] = _NONE
    ) -> None:
        self._rules = {rule.code: rule for rule in pack_rules}
        self._rules.update((known.code, _builtin_rule(known)) for known in BUILTIN)
        self._editions = editions
        self._others: dict[str, dict[str, Rule]] = {}

    def rule(self, code: str, edition: str = "") -> Rule:
        """The registry entry of a code, in the words of an edition; an unknown one raises UsageError A005.

        A code that only another edition has is found there.
        """
        if edition in self._editions and code not in CODES:
            return self._of(edition).get(code) or self.rule(code)
        if code in self._rules:
            return self._rules[code]
        for each in self._editions:
            if code in self._of(each):
                return self._of(each)[code]
        raise UsageError("A005", code=code)

    def _of(self, edition: str) -> dict[str, Rule]:
        if edition not in self._others:
            self._others[edition] = {rule.code: rule for rule in self._editions[edition]()}
        return self._others[edition]

    def rules(self) -> list[Rule]:
        """The whole registry, sorted by code."""
        return [self._rules[code] for code in sorted(self._rules)]

    def explain(self, found: Finding | BatchFinding, hide: Hide | None = None) -> Explanation:
        """A finding in words; with ``hide``, the parameters that it marks personal go through that.

        An unknown code raises UsageError A005. A rule without title or fix gets general ones.
        """
        texts = _texts("findings")
        item = found.location.item if isinstance(found, Finding) else found.item
        given: dict[str, str | int] = {"item": item, "code": found.code, **dict(found.params)}
        hidden = {*found.personal, *(["code_point"] if "ch" in found.personal else [])} if hide else ()
        if found.code in CODES:
            entry = texts[found.code]
        else:
            edition = found.edition if isinstance(found, Finding) else ""
            rule = self.rule(found.code, edition)
            entry = _pack_entry(rule, int(given.get("wording", 0)), texts["foreign"])
        return _explanation(entry, given, _values(given, _words(texts, entry), hide or str, hidden))

    def say(self, key: str, /, **params: str | int) -> str:
        """A text by dotted key: ``report.summary`` is ``summary`` of ``report.ja.toml``."""
        name, *path = key.split(".")
        text: Any = _texts(name)
        for step in path:
            text = text[step]
        return _filled(text, _Values({name: str(value) for name, value in params.items()}))

    def note(self, note: Note | None) -> str:
        """Why a layer has its status; empty without a note."""
        return self.say(f"notes.{note.key}", **dict(note.params)) if note else ""

    def error_words(self, code: str) -> Explanation | None:
        """The templates of an error's code; None for a code that no error has."""
        entry = _texts("errors").get(code) if ERROR_CODE.fullmatch(code) else None
        return Explanation(entry["title"], entry["message"], entry["fix"]) if entry else None

    def error(self, error: CheckToolError) -> Explanation:
        """An error of the tool, a pack, a medium or the settings in words."""
        texts = _texts("errors")
        entry = texts[error.code]
        return _explanation(entry, error.params, _values(error.params, _words(texts, entry), str, ()))
