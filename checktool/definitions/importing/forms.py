"""The forms of a delivery: one for each element of an entry XSD that can be a root."""

import hashlib
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from checktool.definitions.importing.examples import Example
from checktool.definitions.importing.mapping import ImportMap
from checktool.definitions.importing.records import Item
from checktool.definitions.importing.schemas import SchemaSet, strict_fault
from checktool.definitions.importing.sources import Delivery
from checktool.definitions.importing.tree import MOST_NODES, Built, Tree, built
from checktool.definitions.importing.understood import Sure, Understood
from checktool.errors import PackError

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")


@dataclass(slots=True)
class FormDraft:
    """One form as it will be written; ``xsd`` is its path in the pack's folder of XSDs."""

    id: str
    name: str
    root: str
    xsd: str
    tree: Tree
    versions: tuple[str, ...] = ()
    version: str = ""
    date: str = ""
    items: list[Item] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    paths: dict[str, str] = field(default_factory=dict)
    entry: dict[str, Any] = field(default_factory=dict)

    @property
    def local(self) -> str:
        """The local name of the root."""
        return self.root.rpartition("}")[2]

    @property
    def space(self) -> str:
        """The namespace of the root, empty when it has none."""
        return self.root.rpartition("}")[0].lstrip("{")


@dataclass(slots=True)
class Forms:
    """The forms of a delivery, the envelope of several records, and the XSD files that they need."""

    forms: list[FormDraft] = field(default_factory=list)
    container: str = ""
    files: dict[str, Path] = field(default_factory=dict)
    off: list[dict[str, Any]] = field(default_factory=list)


class FormMaker:
    """Proposes the forms of one delivery."""

    def __init__(
        self, delivery: Delivery, examples: Sequence[Example], given: ImportMap, notes: Understood
    ) -> None:
        """Parse the XSDs. Raises PackError P020, P021, P022, P025 (there is none)."""
        pieces = delivery.of("xsd")
        if not pieces:
            raise PackError("P025", reason="xsd")
        self._examples, self._given, self._notes = examples, given, notes
        base = Path(os.path.commonpath([piece.path.parent for piece in pieces]))
        self._set = SchemaSet(base, {piece.path: piece.name for piece in pieces})
        self._set.read()
        self._names = {piece.path: piece.path.relative_to(base).as_posix() for piece in pieces}
        self._made = Forms()
        self._sets: dict[Path, Built] = {}

    def make(self) -> Forms:
        """All forms, in the order of their XSDs. Raises PackError P020, P025 (no root at all)."""
        shown = frozenset(example.root for example in self._examples)
        below = frozenset(name for example in self._examples for name in example.children)
        entries = self._set.entries(shown | below)
        for entry in entries:
            self._entry(entry, shown)
        if not self._made.forms:
            raise PackError("P025", reason="root")
        used = {path for entry in self._sets if self._is_used(entry) for path in self._of_delivery(entry)}
        self._made.files = {self._names[path]: path for path in sorted(used)}
        for path, name in self._set.names.items():
            if path not in used:
                self._notes.unused("xsd_unused", file=name)
        return self._made

    def _of_delivery(self, entry: Path) -> Iterable[Path]:
        return (path for path in self._sets[entry].files.roots if path in self._names)

    def _built(self, entry: Path) -> Built:
        """The schema set of an entry, built once; what is remarkable about it is told."""
        if entry not in self._sets:
            name = self._set.names[entry]
            made = self._sets[entry] = built(entry, self._set.links, name)
            strict_fault(made.files, self._notes, name)
            for path, found in made.files.loose:
                self._notes.decide("import_left", file=self._set.names[path], target=found.location)
        return self._sets[entry]

    def _is_used(self, entry: Path) -> bool:
        return any(form.xsd == self._names[entry] for form in self._made.forms)

    def _entry(self, entry: Path, shown: frozenset[str]) -> None:
        candidates = self._set.candidates(entry)
        referenced = self._set.referenced()
        envelope = next((root for root in candidates if self._is_envelope(root)), "")
        roots = [root for root in candidates if root in shown or root not in referenced]
        if envelope:
            candidates = self._set.candidates(entry, everywhere=True)
            roots = [root for root in [*self._inside(envelope, candidates), *roots] if root != envelope]
            roots = list(dict.fromkeys(roots))
            self._envelope(envelope)
        sure = Sure.LIKELY if roots else Sure.UNSURE
        for root in roots or list(candidates)[:1]:
            self._form(candidates[root], root, shown, sure)

    def _envelope(self, root: str) -> None:
        if not self._made.container:
            self._made.container = root
            self._notes.guessed("container", Sure.ALMOST, root=root.rpartition("}")[2])
        elif self._made.container != root:
            self._notes.decide("containers", root=root.rpartition("}")[2])

    def _is_envelope(self, root: str) -> bool:
        """Whether examples of this root hold nothing but elements that are roots themselves."""
        declared = {name for path in self._set.names for name in self._set.declared(path)}
        held = [example.children for example in self._examples if example.root == root]
        alone = any(example.root in children for children in held for example in self._examples)
        return bool(held) and alone and all(children and children <= declared for children in held)

    def _inside(self, envelope: str, candidates: Iterable[str]) -> list[str]:
        held = {name for example in self._examples if example.root == envelope for name in example.children}
        return [name for name in candidates if name in held]

    def _form(self, entry: Path, root: str, shown: frozenset[str], sure: Sure) -> None:
        local, xsd = root.rpartition("}")[2], self._names[entry]
        given = self._given.entry("form", root=root, xsd=xsd) or self._given.entry("form", root=root)
        tree = Tree(self._built(entry), root)
        if not tree.nodes:
            self._notes.unused("root_empty", root=local, file=self._set.names[entry])
            return
        if given.get("use") is False:
            self._notes.understood("form_off", root=local)
            self._made.off.append(given)
            return
        form = FormDraft(
            self._id(given, local),
            str(given.get("name") or tree.label or local),
            root,
            xsd,
            tree,
            entry=given,
        )
        _take_versions(form)
        if any(self._clashes(form, other) for other in self._made.forms):
            self._notes.decide("same_root", root=local, file=self._set.names[entry])
            return
        self._made.forms.append(form)
        if tree.cut:
            self._notes.decide("tree_cut", form=form.id, count=MOST_NODES)
        if root in shown:
            self._notes.understood("form", id=form.id, name=form.name, root=local, xsd=xsd)
        else:
            self._notes.guessed("form", sure, id=form.id, name=form.name, root=local, xsd=xsd)

    def _id(self, given: dict[str, Any], local: str) -> str:
        wanted = str(given.get("id") or slug(local, "form"))
        used = {form.id for form in self._made.forms}
        return next(name for name in _numbered(wanted) if name not in used)

    @staticmethod
    def _clashes(form: FormDraft, other: FormDraft) -> bool:
        parted = form.versions and other.versions and not set(form.versions) & set(other.versions)
        return form.root == other.root and not parted


def _take_versions(form: FormDraft) -> None:
    """The editions that a form's own XSD allows, where its root has an attribute of them."""
    for node in form.tree.nodes:
        if node.path.startswith("@") and node.name.lower().endswith("version"):
            values = (node.fixed,) if node.fixed else node.simple.choices
            if values:
                form.version, form.versions = node.path, tuple(values)
                return


def _numbered(name: str) -> Sequence[str]:
    return [name, *(f"{name}-{number}" for number in range(2, 1000))]


def slug(name: str, instead: str) -> str:
    """An id of a name: its ASCII words in small letters, else ``instead`` and its hash."""
    found = "-".join(word.lower() for word in _WORD.findall(name)) if name.isascii() else ""
    return found or instead + hashlib.sha256(name.encode("utf-8")).hexdigest()[:6]
