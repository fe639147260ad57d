"""What a record definition demands to be filled in, as Schematron rules of the pack.

An XSD often lets a value be empty that has to be filled in. Each item that is always demanded becomes an
assert below its group; one that an example of the delivery leaves empty is not demanded.
"""

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from checktool.definitions.importing.examples import root_of
from checktool.definitions.importing.forms import FormDraft
from checktool.definitions.importing.personal import is_for_clerks
from checktool.definitions.importing.records import Item
from checktool.definitions.importing.understood import Sure, Understood
from checktool.definitions.schematron_parts import NAMESPACE
from checktool.wording import Wording

CODES = {"doctor": "R001", "clerk": "R002"}
MOST_EXAMPLES = 50
_TEXTS = ("title", "fix", "source", "who")
_BLANK = "translate(normalize-space({place}), '\u3000', '') = ''"


@dataclass(frozen=True, slots=True)
class Demand:
    """One item: the steps of its group and its own step, as XPath."""

    item: str
    group: str
    step: str
    who: str

    @property
    def code(self) -> str:
        """The code of its rule: who mends a finding goes by the code."""
        return CODES[self.who]

    @property
    def test(self) -> str:
        """What holds where the item is filled in."""
        return f"{self.step} and not({self.step}[{_BLANK.format(place='.')}])"


class Demands:
    """The demands of one form; ``file`` is their name among the rules of the pack, empty without any."""

    def __init__(self, form: FormDraft, examples: Sequence[Path], notes: Understood) -> None:
        """Collect what is demanded and not refuted by an example."""
        self._spaces: dict[str, str] = {}
        known = {node.path: node.steps for node in form.tree.nodes}
        root = self._name(form.root)
        wanted = form.items if form.entry.get("required") is not False else []
        asked = [
            self._demand(item, root, known[item.path])
            for item in wanted
            if item.block is not None and item.columns["required"] == "always" and item.path in known
        ]
        refuted = _refuted(asked, self._spaces, form.root, examples)
        self.demands = [demand for demand in asked if demand not in refuted]
        self.file = f"{form.id}-required.sch" if self.demands else ""
        if self.demands:
            notes.guessed("demands", Sure.LIKELY, form=form.id, count=len(self.demands),
                          code="、".join(CODES[who] for who in self._whos()))  # fmt: skip
        for demand in refuted:
            notes.decide("demand_refuted", form=form.id, item=demand.item)

    def _name(self, clark: str) -> str:
        space, _, local = clark.rpartition("}")
        if not space:
            return local
        prefix = self._spaces.setdefault(space[1:], f"n{len(self._spaces) + 1}")
        return f"{prefix}:{local}"

    def _demand(self, item: Item, root: str, steps: tuple[str, ...]) -> Demand:
        *above, last = (
            f"@{self._name(step[1:])}" if step.startswith("@") else self._name(step) for step in steps
        )
        who = "clerk" if is_for_clerks(item) else "doctor"
        return Demand(item.item, "/".join(["", root, *above]), last, who)

    def _whos(self) -> list[str]:
        return [who for who in CODES if any(demand.who == who for demand in self.demands)]

    def text(self, wording: Wording) -> str:
        """The rules as a Schematron file."""
        lines = ['<?xml version="1.0" encoding="UTF-8"?>']
        lines.append(f'<schema xmlns="{NAMESPACE}" queryBinding="xpath">')
        lines.append(f"  <title>{escape(wording.say('import.demand.title'))}</title>")
        lines += [
            f"  <ns prefix={quoteattr(name)} uri={quoteattr(uri)}/>" for uri, name in self._spaces.items()
        ]
        lines += self._patterns(wording)
        lines.append("  <diagnostics>")
        for who in self._whos():
            for part in _TEXTS:
                text = who if part == "who" else escape(wording.say(f"import.demand.{who}.{part}"))
                lines.append(f'    <diagnostic id="{CODES[who]}-{part}">{text}</diagnostic>')
        return "\n".join([*lines, "  </diagnostics>", "</schema>", ""])

    def _patterns(self, wording: Wording) -> Iterator[str]:
        for group in dict.fromkeys(demand.group for demand in self.demands):
            yield "  <pattern>"
            yield f"    <rule context={quoteattr(group)}>"
            for demand in self.demands:
                if demand.group == group:
                    text = escape(wording.say("import.demand.message", item=demand.item))
                    told = " ".join(f"{demand.code}-{part}" for part in _TEXTS)
                    yield f'      <assert id="{demand.code}" role="error" test={quoteattr(demand.test)}'
                    yield f"          subject={quoteattr(f'(. | {demand.step})[last()]')}"
                    yield f'          diagnostics="{told}">{text}</assert>'
            yield "    </rule>"
            yield "  </pattern>"


def _refuted(
    asked: list[Demand], spaces: dict[str, str], root: str, examples: Sequence[Path]
) -> list[Demand]:
    """The demands that an example does not meet."""
    prefixes = {prefix: uri for uri, prefix in spaces.items()}
    refuted: dict[Demand, None] = {}
    for document in _documents(root, examples):
        for demand in asked:
            hits = document.xpath(f"{demand.group}[not({demand.test})]", namespaces=prefixes)
            if isinstance(hits, list) and hits:
                refuted[demand] = None
    return list(refuted)


def _documents(root: str, examples: Sequence[Path]) -> Iterator[etree._ElementTree]:
    """The documents of a root among the examples, those in an envelope each as one of its own."""
    for path in examples[:MOST_EXAMPLES]:
        top = root_of(path)[0]
        for record in islice(top.iterchildren(root) if top.tag != root else [top], MOST_EXAMPLES):
            yield etree.ElementTree(copy.deepcopy(record))
