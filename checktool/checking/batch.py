"""Documents of a run compared with each other: B901 to B908, on small facts only."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields

from checktool.checking.functions import fold
from checktool.checking.leaves import RawLeaf
from checktool.checking.severities import Severities
from checktool.model.definition import BatchKeys, DefinitionPack, Form
from checktool.model.finding import BatchFinding, Param
from checktool.model.report import BatchResult, LayerStatus, Note
from checktool.reading.document import Document
from checktool.reading.nodes import is_plain, selector

NEEDS = {
    "B901": ("patient", "disease", "written"), "B902": ("patient", "kind"),
    "B903": ("number", "name"), "B904": ("patient", "sex"), "B905": ("patient",),
    "B906": ("doctor", "written"), "B907": ("name",), "B908": ("patient", "disease", "written"),
}  # fmt: skip
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
        self._by_xpath = {
            path: selector(path) for paths in self._paths.values() for path in paths if not is_plain(path)
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
        texts: list[str] = []
        suspect = ("", "")
        for path, _, _, value in leaves:
            roles = self._roles.get(path)
            if roles is None:
                roles = self._roles[path] = self._role(path)
            for role in roles:
                if role == _FREE:
                    texts.append(f"{path}\t{value}")
                    continue
                found[role] = found.get(role, "") + value
                if not suspect[0] and self._is_test(role[0], role[1], value):
                    suspect = (path, value)
        keys = {key: self._key(document, key, found) for key in KEYS}
        label = self._labels.get(suspect[0])
        return Facts(
            document.source, self._form.id, **keys, texts=_digest(texts),
            placeholder=label.item if label else suspect[0],
            value=suspect[1],
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


def _digest(texts: list[str]) -> str:
    return hashlib.sha256("\n".join(texts).encode("utf-8", "replace")).hexdigest() if texts else ""


class Batch:
    """The batch layer of one run."""

    def __init__(self, pack: DefinitionPack, severities: Severities) -> None:
        """Find out which comparisons the pack's keys allow."""
        self._severities = severities
        self._most = pack.limits.forms_per_doctor_day
        self._usable = {
            code for code, needs in NEEDS.items()
            if any(all(getattr(form.batch, need) for need in needs) for form in pack.forms)
        }  # fmt: skip
        self._defined = any(form.batch != BatchKeys() for form in pack.forms)

    def check(self, facts: Sequence[Facts], placing: Callable[[str], int]) -> BatchResult:
        """Compare all documents; ``placing`` gives the place of a source in the run."""
        if not self._defined:
            return BatchResult(LayerStatus.ABSENT, (), (Note("absent"),))
        found = [finding for finding in self._found(facts) if finding.code in self._usable]
        found.sort(key=lambda one: (one.code, [placing(source) for source in one.sources]))
        missing = sorted(set(NEEDS) - self._usable)
        notes = (Note("batch_keys_missing", (("codes", "、".join(missing)),)),) if missing else ()
        failed = any(finding.severity.word == "error" for finding in found)
        return BatchResult(LayerStatus.FAILED if failed else LayerStatus.PASSED, tuple(found), notes)

    def _finding(
        self, code: str, group: Iterable[Facts], params: tuple[Param, ...] = (),
        item: str = "", personal: tuple[str, ...] = (),
    ) -> Iterator[BatchFinding]:  # fmt: skip
        severity = self._severities.of(code)
        if severity is not None:
            sources = tuple(facts.source for facts in group)
            yield BatchFinding(code, severity, sources, item, params, personal)

    def _found(self, facts: Sequence[Facts]) -> Iterator[BatchFinding]:
        yield from self._of_patients(facts)
        for group in _groups(facts, lambda one: (one.number,)):
            if len({(one.name, one.birth) for one in group}) > 1:
                number = group[0].number.rpartition("\t")[2]
                yield from self._finding("B903", group, (("number", number),), personal=("number",))
        for group in _groups(facts, lambda one: (one.doctor, one.written)):
            if self._most and len(group) > self._most:
                yield from self._finding("B906", group, (("n", len(group)),))
        for one in facts:
            if one.placeholder:
                yield from self._finding("B907", [one], (("value", one.value),), one.placeholder, ("value",))

    def _of_patients(self, facts: Sequence[Facts]) -> Iterator[BatchFinding]:
        """Documents of one patient: repeated, new and renewal, another sex, both forms."""
        for group in _groups(facts, lambda one: (one.form, one.patient, one.disease, one.written)):
            yield from self._finding("B901", group, (("n", len(group)),))
        for group in _groups(facts, lambda one: (one.form, one.patient)):
            if len({one.kind for one in group if one.kind}) > 1:
                yield from self._finding("B902", group)
            yield from self._repeated(group)
        for group in _groups(facts, lambda one: (one.patient,)):
            if len({one.sex for one in group if one.sex}) > 1:
                yield from self._finding("B904", group)
            if len({one.form for one in group}) > 1:
                yield from self._finding("B905", group)

    def _repeated(self, group: Sequence[Facts]) -> Iterator[BatchFinding]:
        """B908: the free texts are those of an older document of the same patient and disease."""
        for texts in _groups(group, lambda one: (one.disease, one.texts)):
            if len({one.written for one in texts}) > 1:
                yield from self._finding("B908", texts)


def _groups(facts: Iterable[Facts], key: Callable[[Facts], tuple[str, ...]]) -> Iterator[list[Facts]]:
    """Documents that share a key without an empty part, where there are at least two."""
    groups: dict[tuple[str, ...], list[Facts]] = defaultdict(list)
    for one in facts:
        parts = key(one)
        if all(parts):
            groups[parts].append(one)
    return (group for group in groups.values() if len(group) > 1)
