"""The rule files of a pack: every expression compiled, and the names in it looked up in the XSDs."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree

from checktool.definitions import schematron, xpath
from checktool.definitions.lint import calls, newer, order
from checktool.definitions.lint.opened import Opened
from checktool.definitions.lint.remark import Remark, passed_on, remark
from checktool.definitions.lint.steps import ANYWHERE, Follower, State
from checktool.definitions.places import Document, Place, World, root_of
from checktool.definitions.schematron import Assertion, Pattern, Schema, SchematronRule
from checktool.definitions.schematron_lets import Lets
from checktool.errors import PackError
from checktool.model.definition import Form


def remarks(pack: Opened) -> Iterator[Remark]:
    """What there is to say of every rule file, each read once whatever forms use it."""
    users: dict[Path, list[Form]] = {}
    for form in pack.forms:
        for path in form.rules:
            users.setdefault(path.resolve(), []).append(form)
    worlds = {id(form): pack.world(form) for form in pack.forms}
    for path, forms in users.items():
        try:
            schema = schematron.read(path, pack.rules_folder, "#ALL")
            for phase in sorted({form.phase for form in forms if form.phase}):
                schematron.read(path, pack.rules_folder, phase)
        except PackError as fault:
            yield passed_on(fault)
            continue
        yield from _Reader(pack, schema, forms, [worlds[id(form)] for form in forms]).remarks()


def document_of(forms: Iterable[Form], worlds: Iterable[World | None]) -> Document:
    """What holds the roots of some forms; open where one has no XSD or is known by other than its root."""
    roots: list[Place] = []
    is_open = False
    for form, world in zip(forms, worlds, strict=True):
        if world is None:
            is_open = True
            continue
        root = root_of(form, world)
        if root is not None and not form.match:
            roots.append(root)
            continue
        declared = ((name, world.model.declaration(name)) for name in world.globals)
        roots += [Place(name, world, node) for name, node in declared if node is not None]
    return Document(roots, is_open)


class _Reader:
    """Goes through one rule file; what it says is gathered in order."""

    def __init__(self, pack: Opened, schema: Schema, forms: list[Form], worlds: list[World | None]) -> None:
        self.schema, self.tables = schema, pack.tables
        self.newer = newer.is_newer(schema.file)
        self.home = pack.name(schema.file)
        self.place = (self.home, 0)
        self.said: list[Remark] = []
        known = [world for world in worlds if world is not None]
        self.follower = Follower(known, document_of(forms, worlds), schema.namespaces, self._unknown)

    def remarks(self) -> list[Remark]:
        """Everything there is to say of the file, each thing once."""
        names = self._lets(self.schema.lets, self.follower.document, frozenset())
        for pattern in self.schema.patterns:
            self._pattern(pattern, names)
        return list(dict.fromkeys(self.said))

    def _pattern(self, pattern: Pattern, names: frozenset[str]) -> None:
        names = self._lets((*pattern.lent, *pattern.lets), self.follower.document, names)
        for rule in pattern.rules:
            self._rule(rule, names)
        if not self.newer:
            self.said += order.unreachable(pattern, self.home)

    def _rule(self, rule: SchematronRule, names: frozenset[str]) -> None:
        for assertion in rule.assertions[:1]:
            self._at(assertion)
        places: list[Place] = []
        lost = silent = False
        branches = [rule.context] if self.newer else [path for path, _ in xpath.contexts(rule.context)]
        for branch in branches:
            state = self._expression(branch, self.follower.document, names)
            places += state.places
            lost, silent = lost or state.lost, silent or state.silent
        context = State(tuple(places)) if places or not lost else State((), True, silent)
        names = self._lets(rule.lets, context, names)
        for assertion in rule.assertions:
            self._at(assertion)
            self._assertion(assertion, context, names)

    def _at(self, assertion: Assertion) -> None:
        own = not assertion.file or assertion.file == self.schema.file.name
        self.place = (self.home if own else assertion.file, assertion.line)

    def _assertion(self, assertion: Assertion, context: State, names: frozenset[str]) -> None:
        self._expression(assertion.test, context, names)
        if not self.newer and order.silent(assertion):
            self.said.append(remark("K410", *self.place, code=assertion.code, test=assertion.test))
        if assertion.subject:
            self._expression(assertion.subject, context, names)
        for template in (assertion.message, *assertion.texts.values()):
            for value in template.expressions:
                self._expression(value, context, names)

    def _lets(self, lets: Lets, context: State, names: frozenset[str]) -> frozenset[str]:
        for let in lets:
            if let.value:
                self._expression(let.value, context, names)
            names |= {let.name}
        return names

    def _expression(self, expression: str, at: State, names: frozenset[str]) -> State:
        """Where an expression leads to; what is wrong with it is noted."""
        if self.newer:
            return self._newer(expression)
        try:
            etree.XPath(expression, namespaces={**self.schema.namespaces})
        except etree.XPathSyntaxError:
            self.said.append(remark("K401", *self.place, expression=expression))
            return State((), True, True)
        for prefix in sorted(xpath.prefixes(expression) - {*self.schema.namespaces, "xml"}):
            self.said.append(remark("K401", *self.place, expression=f"{prefix}: {expression}"))
        for variable in sorted(xpath.variables(expression) - names):
            self.said.append(remark("K402", *self.place, name=f"${variable}"))
        self.said += calls.remarks(expression, self.schema.namespaces, self.tables, *self.place)
        return self.follower.follow(expression, at)

    def _newer(self, expression: str) -> State:
        found = newer.names(expression, self.schema.namespaces)
        if found is None:
            self.said.append(remark("K401", *self.place, expression=expression))
        for name, attribute in found or ():
            self.follower.child(ANYWHERE, name, attribute)
        return ANYWHERE

    def _unknown(self, name: str, near: str, place: str) -> None:
        self.said.append(remark("K404", *self.place, name=name, near=near, place=place))
