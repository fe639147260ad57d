"""Documents of a run compared with each other: B901 to B908, on small facts only."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from checktool.checking.facts import Facts
from checktool.checking.severities import Severities
from checktool.model.definition import BatchKeys, DefinitionPack
from checktool.model.finding import BatchFinding, Param
from checktool.model.report import BatchResult, LayerStatus, Note

NEEDS = {
    "B901": ("patient", "disease", "written"), "B902": ("patient", "kind"),
    "B903": ("number", "name"), "B904": ("patient", "sex"), "B905": ("patient",),
    "B906": ("doctor", "written"), "B907": ("name",), "B908": ("patient", "disease", "written"),
}  # fmt: skip


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
            if _differ(one.name for one in group) or _differ(one.birth for one in group):
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
            if _differ(one.kind for one in group):
                yield from self._finding("B902", group)
            yield from self._repeated(group)
        for group in _groups(facts, lambda one: (one.patient,)):
            if _differ(one.sex for one in group):
                yield from self._finding("B904", group)
            if len({one.form for one in group}) > 1:
                yield from self._finding("B905", group)

    def _repeated(self, group: Sequence[Facts]) -> Iterator[BatchFinding]:
        """B908: the free texts are those of an older document of the same patient and disease."""
        for texts in _groups(group, lambda one: (one.disease, one.texts)):
            if _differ(one.written for one in texts):
                yield from self._finding("B908", texts)


def _differ(values: Iterable[str]) -> bool:
    """Whether two of the values are known and not the same."""
    return len(set(filter(None, values))) > 1


def _groups(facts: Iterable[Facts], key: Callable[[Facts], tuple[str, ...]]) -> Iterator[list[Facts]]:
    """Documents that share a key without an empty part, where there are at least two."""
    groups: dict[tuple[str, ...], list[Facts]] = defaultdict(list)
    for one in facts:
        parts = key(one)
        if all(parts):
            groups[parts].append(one)
    return (group for group in groups.values() if len(group) > 1)
