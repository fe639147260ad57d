"""What the batch layer and the lists need to know of a document: small facts, taken in one pass."""

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from typing import NamedTuple

from checktool.checking.functions import fold
from checktool.model.definition import BatchKeys, DefinitionPack, Form
from checktool.reading.document import Document
from checktool.reading.nodes import is_plain, selector

_TEST_NUMBER = "9999"


class Facts(NamedTuple):
    """What the batch layer knows of one document; keys are folded texts, empty where unknown.

    ``texts`` is a digest of all free texts, ``placeholder`` the item that looks like a test patient. A plain
    tuple, since one travels between processes for every document.
    """

    source: str
    form: str
    patient: str = ""
    disease: str = ""
    written: str = ""
    kind: str = ""
    sex: str = ""
    number: str = ""
    doctor: str = ""
    birth: str = ""
    name: str = ""
    texts: str = ""
    placeholder: str = ""
    value: str = ""
    listed: tuple[str, str] = ("", "")

    @property
    def key(self) -> str:
        """A digest of form, patient, disease and kind; empty where one is unknown."""
        parts = (self.form, self.patient, self.disease, self.kind)
        return (
            hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:32] if all(parts) else ""
        )


Role = tuple[str, int]
Value = tuple[str, str]
_NAMED = ("name", "patient")
_CODED = ("kind", "sex")
KEYS = tuple(entry.name for entry in fields(BatchKeys))


class FactFinder:
    """Takes the facts of the documents of one form from their values, in the order of its record."""

    def __init__(self, form: Form, pack: DefinitionPack) -> None:
        """Prepare for the form's batch keys and the pack's words for test patients."""
        self._form = form
        self._items = {item.path: item for item in form.record or ()}
        words = [re.escape(fold(word)) for word in pack.placeholders if fold(word)]
        self._test_words = re.compile("|".join(words)) if words else None
        self._paths = {key: getattr(form.batch, key) for key in KEYS}
        self._paths |= {"disease-name": (form.disease,), "doctor-name": (form.doctor,)}
        self._keys = [(key, tuple((key, place) for place in range(len(self._paths[key])))) for key in KEYS]
        self._number = ("number", len(self._paths["number"]) - 1)
        self._by_xpath = {
            (key, place): selector(path)
            for key, paths in self._paths.items()
            for place, path in enumerate(paths)
            if path and not is_plain(path)
        }
        self._codes: dict[Role, Collection[str]] = {
            (key, place): pack.tables[self._items[path].code_table].entries
            for key in _CODED
            for place, path in enumerate(self._paths[key])
            if path in self._items and self._items[path].code_table and not self._items[path].key_path
        }
        self._roles: dict[str, tuple[Role, ...]] = {}
        self._named: list[str] = []
        self._free = frozenset(path for path, item in self._items.items() if item.type == "freetext")
        self._order = [path for path in self._items if self.wants(path)]

    def wants(self, path: str) -> bool:
        """Whether the values at an item path tell anything."""
        if path not in self._roles:
            roles = self._roles[path] = tuple(
                (key, place)
                for key, paths in self._paths.items()
                for place, wanted in enumerate(paths)
                if path == wanted or (path.startswith(f"{wanted}/") and "@" not in path[len(wanted) :])
            )
            self._named += [path] * any(key in _NAMED for key, _ in roles)
        return bool(self._roles[path]) or path in self._free

    def facts(self, document: Document, values: Iterable[Value]) -> Facts:
        """The facts of one document from the (item path, value) in it."""
        held: dict[str, list[str]] = {}
        for path, value in values:
            if path in held:
                held[path].append(value)
            elif value and self.wants(path):
                held[path] = [value]
        found: dict[Role, str] = {}
        texts: list[str] = []
        for path in self._ordered(held):
            for role in self._roles[path]:
                found[role] = "".join((found.get(role, ""), *held[path]))
            if path in self._free:
                texts += [f"{path}\t{value}" for value in held[path] if value and not value.isspace()]
        for role, select in self._by_xpath.items():
            found[role] = "".join(select(document.root))
        for role, codes in self._codes.items():
            if found.get(role) not in codes:  # a code that is none tells nothing of its document
                found.pop(role, None)
        item, value = self._suspect(held, found)
        keys = {key: self._key(roles, found) for key, roles in self._keys}
        return Facts(
            document.source, self._form.id, **keys, texts=_digest(texts), placeholder=item, value=value,
            listed=(found.get(("disease-name", 0), ""), found.get(("doctor-name", 0), "")),
        )  # fmt: skip

    def _ordered(self, held: Mapping[str, list[str]]) -> list[str]:
        """The paths in the order of the record definition; those that it lacks come last."""
        known = [path for path in self._order if path in held]
        return known if len(known) == len(held) else [*known, *sorted(held.keys() - known)]

    @staticmethod
    def _key(roles: tuple[Role, ...], found: Mapping[Role, str]) -> str:
        parts = [fold(found[role]) if role in found else "" for role in roles]
        return "\t".join(parts) if all(parts) else ""

    def _suspect(self, held: Mapping[str, list[str]], found: Mapping[Role, str]) -> Value:
        """The item that looks like a test patient's and its value: a single one, else several in one."""
        if self._test_words is None or not self._may_be_test(held, found):
            return "", ""
        single = [(role, path, value) for path in self._ordered(held) for role in self._roles[path]
                  for value in held[path]]  # fmt: skip
        joined = [(role, path, found[role]) for role, path, _ in single]
        for role, path, value in (*single, *joined):
            if self._is_test(role, value):
                return self._items[path].item if path in self._items else path, value
        return "", ""

    def _may_be_test(self, held: Mapping[str, list[str]], found: Mapping[Role, str]) -> bool:
        """Whether it is worth to look: anything of a test patient in all that is held together."""
        if _TEST_NUMBER in found.get(self._number, ""):
            return True
        names = [value for path in self._named if path in held for value in held[path]]
        names += [value for (key, _), value in found.items() if key in _NAMED]
        return self._contains_test_word("\n".join(names))

    def _is_test(self, role: Role, value: str) -> bool:
        if role == self._number:
            return value.startswith(_TEST_NUMBER)
        return role[0] in _NAMED and self._contains_test_word(value)

    def _contains_test_word(self, value: str) -> bool:
        return self._test_words is not None and self._test_words.search(fold(value)) is not None


def _digest(texts: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(texts).encode("utf-8", "replace")).hexdigest() if texts else ""
