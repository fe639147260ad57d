"""Documents of a run compared with each other: B901 to B908, on small facts only."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from lxml import etree

from checktool.checking.check import Leaf
from checktool.checking.functions import fold
from checktool.checking.severities import Severities
from checktool.model.definition import BatchKeys, DefinitionPack, Form
from checktool.model.finding import BatchFinding, Param
from checktool.model.report import BatchResult, LayerStatus, Note
from checktool.reading.document import Document
from checktool.reading.nodes import selector

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


_selector = cache(selector)


def facts_of(document: Document, form: Form, leaves: Iterable[Leaf], pack: DefinitionPack) -> Facts:
    """The facts of one document, by the XPaths of its form."""
    keys = form.batch

    def key(paths: tuple[str, ...]) -> str:
        values = [fold("".join(_selector(path)(document.root))) for path in paths]
        return "\t".join(values) if all(values) else ""

    placeholder = _placeholder(document.root, form, pack)
    return Facts(
        document.source,
        form.id,
        **{
            name: key(getattr(keys, name))
            for name in ("patient", "disease", "written", "kind", "sex", "number", "doctor", "birth", "name")
        },
        texts=_digest(form, leaves),
        placeholder=placeholder[0],
        value=placeholder[1],
    )


def _digest(form: Form, leaves: Iterable[Leaf]) -> str:
    free = {item.path for item in form.record or () if item.type == "freetext"}
    texts = [f"{leaf.path}\t{leaf.value}" for leaf in leaves if leaf.path in free and leaf.value.strip()]
    return hashlib.sha256("\n".join(texts).encode("utf-8", "replace")).hexdigest() if texts else ""


def _placeholder(root: etree._Element, form: Form, pack: DefinitionPack) -> tuple[str, str]:
    """The item and value that look like a test patient's, or two empty strings."""
    words = [fold(word) for word in pack.placeholders]
    labels = {item.path: item.item for item in form.record or ()}
    for path in (*form.batch.name, *form.batch.patient):
        for value in map(str, _selector(path)(root)):
            if any(word and word in fold(value) for word in words):
                return labels.get(path, next((name for known, name in labels.items()
                                              if known.startswith(f"{path}/")), path)), "".join(value.split())  # fmt: skip
    for path in form.batch.number[-1:]:
        for value in _selector(path)(root):
            if pack.placeholders and value.startswith(_TEST_NUMBER):
                return labels.get(path, path), value
    return "", ""


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
        for group in _groups(facts, lambda one: (one.form, one.patient, one.disease, one.written)):
            yield from self._finding("B901", group, (("n", len(group)),))
        for group in _groups(facts, lambda one: (one.form, one.patient)):
            if len({one.kind for one in group if one.kind}) > 1:
                yield from self._finding("B902", group)
            yield from self._repeated(group)
        for group in _groups(facts, lambda one: (one.number,)):
            if len({(one.name, one.birth) for one in group}) > 1:
                number = group[0].number.rpartition("\t")[2]
                yield from self._finding("B903", group, (("number", number),), personal=("number",))
        for group in _groups(facts, lambda one: (one.patient,)):
            if len({one.sex for one in group if one.sex}) > 1:
                yield from self._finding("B904", group)
            if len({one.form for one in group}) > 1:
                yield from self._finding("B905", group)
        for group in _groups(facts, lambda one: (one.doctor, one.written)):
            if self._most and len(group) > self._most:
                yield from self._finding("B906", group, (("n", len(group)),))
        for one in facts:
            if one.placeholder:
                yield from self._finding("B907", [one], (("value", one.value),), one.placeholder, ("value",))

    def _repeated(self, group: Sequence[Facts]) -> Iterator[BatchFinding]:
        """B908: the free texts are those of an older document of the same patient and disease."""
        for texts in _groups(group, lambda one: (one.disease, one.texts)):
            if len({one.written for one in texts}) > 1:
                yield from self._finding("B908", texts)


def _groups(
    facts: Iterable[Facts], key: Callable[[Facts], tuple[str, ...]]
) -> Iterator[list[Facts]]:
    """Documents that share a key without an empty part, where there are at least two."""
    groups: dict[tuple[str, ...], list[Facts]] = defaultdict(list)
    for one in facts:
        parts = key(one)
        if all(parts):
            groups[parts].append(one)
    return (group for group in groups.values() if len(group) > 1)


