"""What the batch layer and the lists need to know of a document: small facts, taken in one pass."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from checktool.checking.functions import fold
from checktool.checking.leaves import RawLeaf
from checktool.model.definition import BatchKeys, DefinitionPack, Form
from checktool.reading.document import Document
from checktool.reading.nodes import is_plain, selector

_TEST_NUMBER = "9999"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the batch layer knows of one document; keys are folded texts, empty where unknown.

    ``texts`` is a digest of all free texts, ``placeholder`` the item that looks like a test patient.
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


_FREE = ("", 0)
KEYS = tuple(entry.name for entry in fields(BatchKeys))


class FactFinder:
    """Takes the facts of the documents of one form from their leaves, in one pass."""

    def __init__(self, form: Form, pack: DefinitionPack) -> None:
        """Prepare for the form's batch keys and the pack's words for test patients."""
        self._form = form
        self._labels = {item.path: item for item in form.record or ()}
        words = [re.escape(fold(word)) for word in pack.placeholders if fold(word)]
        self._test_words = re.compile("|".join(words)) if words else None
        self._paths = {key: getattr(form.batch, key) for key in KEYS}
        self._paths |= {"disease-name": (form.disease,), "doctor-name": (form.doctor,)}
        self._by_xpath = {
            path: selector(path)
            for paths in self._paths.values()
            for path in paths
            if path and not is_plain(path)
        }
        self._roles: dict[str, tuple[tuple[str, int], ...]] = {}

    def _role(self, path: str) -> tuple[tuple[str, int], ...]:
        """The (key, place among its paths) that a leaf feeds, ``_FREE`` for a free text."""
        item = self._labels.get(path)
        free = (_FREE,) if item is not None and item.type == "freetext" else ()
        return free + tuple(
            (key, place)
            for key, paths in self._paths.items()
            for place, wanted in enumerate(paths)
            if path == wanted or path.startswith(f"{wanted}/")
        )

    def facts(self, document: Document, leaves: Iterable[RawLeaf]) -> Facts:
        """The facts of one document."""
        found: dict[tuple[str, int], str] = {}
        first: dict[tuple[str, int], str] = {}
        texts: list[str] = []
        suspect = ("", "")
        for path, _, _, value in leaves:
            roles = self._roles.get(path)
            if roles is None:
                roles = self._roles[path] = self._role(path)
            for role in roles:
                if role == _FREE:
                    texts += [f"{path}\t{value}"] * bool(value.strip())
                    continue
                first.setdefault(role, path)
                found[role] = found.get(role, "") + value
                if not suspect[0] and self._is_test(role[0], role[1], value):
                    suspect = (path, value)
        if not suspect[0]:
            suspect = next(((path, found[role]) for role, path in first.items()
                            if self._is_test(*role, found[role])), suspect)  # fmt: skip
        keys = {key: self._key(document, key, found) for key in KEYS}
        label = self._labels.get(suspect[0])
        return Facts(
            document.source, self._form.id, **keys, texts=_digest(texts),
            placeholder=label.item if label else suspect[0],
            value=suspect[1],
            listed=(found.get(("disease-name", 0), ""), found.get(("doctor-name", 0), "")),
        )  # fmt: skip

    def _key(self, document: Document, key: str, found: dict[tuple[str, int], str]) -> str:
        parts = []
        for place, path in enumerate(self._paths[key]):
            by_xpath = self._by_xpath.get(path)
            text = "".join(by_xpath(document.root)) if by_xpath else found.get((key, place), "")
            parts.append(fold(text))
        return "\t".join(parts) if all(parts) else ""

    def _is_test(self, key: str, place: int, value: str) -> bool:
        if self._test_words is None:
            return False
        if key == "number":
            return place == len(self._paths["number"]) - 1 and value.startswith(_TEST_NUMBER)
        return key in ("name", "patient") and self._test_words.search(fold(value)) is not None


def _digest(texts: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(texts).encode("utf-8", "replace")).hexdigest() if texts else ""
