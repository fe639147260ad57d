"""Business rules: the Schematron of a form, run so that a clean document costs little.

One expression asks whether anything in a rule file fails; only then its rules are asked one by one,
and of these only the failing nodes are looked at. A pattern whose nodes must be walked is walked
(``checktool.checking.schematron.walking``).
"""

from collections.abc import Mapping, Sequence

from checktool.checking.check import Outcome, Subject
from checktool.checking.quick.needs import NOTHING, Needs, Slots
from checktool.checking.quick.places import places
from checktool.checking.quick.rules import QuickRules, quick_rules
from checktool.checking.schematron.evaluate import Extensions
from checktool.checking.schematron.ruleset import Maker, RuleSet
from checktool.checking.schematron.subdocuments import Subdocuments
from checktool.checking.schematron.walking import Walker
from checktool.definitions.contentmodel import ContentModel
from checktool.definitions.schematron import Schema
from checktool.definitions.xsdfiles import SchemaFiles
from checktool.model.definition import Form
from checktool.model.finding import Layer
from checktool.model.report import LayerStatus, Note
from checktool.reading.nodes import local


class Rules:
    """The rule layer of one form."""

    layer = Layer.RULES

    def __init__(
        self,
        form: Form,
        schemas: Sequence[Schema],
        extensions: Extensions,
        messages: Mapping[str, Sequence[str]],
        traced: bool = False,
    ) -> None:
        """Compile the rules whose codes have ``messages`` (all wordings of each). Raises PackError P007.

        ``traced`` also tells what every rule did.
        """
        maker = Maker(form, messages, traced)
        self._traced = traced
        self._extensions = extensions
        self._quick: QuickRules | None = None
        self.subdocuments = [Subdocuments(schema.folder, schema.file.parent) for schema in schemas]
        self._sets = [
            maker.ruleset(schema, extensions, files)
            for schema, files in zip(schemas, self.subdocuments, strict=True)
        ]

    def quicken(self, form: Form, files: SchemaFiles | None) -> Needs:
        """Make code of the rules where that can be; what they then need of a document."""
        if files is None or self._traced or not self._sets:
            return NOTHING
        root = places(ContentModel(files), form.root)
        self._quick = quick_rules(self._sets, root, self._extensions)
        return self._quick.needs

    def link(self, slots: Slots | None) -> None:
        """Say where that stands; None where documents of the form have no quick look."""
        if self._quick is not None and slots is not None:
            self._quick.link(slots)

    def check(self, subject: Subject) -> Outcome:
        """Run every rule on one document; BROKEN, naming the rule, when one cannot be judged."""
        if not self._sets:
            return Outcome(status=LayerStatus.ABSENT, note=Note("absent"))
        root = subject.document.root
        name = local(str(root.tag))
        faulty = [f"{name}/{path}" if path else name for path in subject.faulty]
        outcome, left_out, traces = Outcome(), set[str](), []
        for ruleset in self._asked(subject):
            walker = Walker(ruleset, root, faulty, self._traced)
            errors: tuple[type[BaseException], ...] = (*ruleset.language.errors, RecursionError)
            try:
                walker.run()
            except errors:
                outcome.status, outcome.note = LayerStatus.BROKEN, Note("rule_broken", (("rule", walker.at),))
            outcome.hits += walker.hits
            left_out |= walker.left_out
            traces += [walker.trace()] if self._traced else []
            if outcome.status is LayerStatus.BROKEN:
                break
        if left_out and outcome.note is None:
            outcome.note = Note("rules_left_out", (("count", len(left_out)),))
        outcome.trace = tuple(traces)
        return outcome

    def _asked(self, subject: Subject) -> Sequence[RuleSet]:
        """The rule files with what is not known to be silent."""
        if self._quick is None or subject.taken is None or subject.faulty:
            return self._sets
        firing = self._quick.firing(subject.taken)
        return self._sets if firing is None else self._quick.left(firing)
