"""Compiling a rule file when it is loaded, so that every fault of it shows before any document."""

from collections.abc import Container, Iterable, Mapping

from checktool.checking.schematron.evaluate import Evaluator, Extensions
from checktool.checking.schematron.language import Language, UnusableError
from checktool.checking.schematron.subdocuments import Subdocuments
from checktool.checking.schematron.xslt1 import Xslt1
from checktool.definitions import xpath_text
from checktool.definitions.schematron import Assertion, Pattern, Schema, SchematronRule
from checktool.definitions.schematron_lets import Lets
from checktool.errors import PackError

Scope = Mapping[str, frozenset[str]]
Names = frozenset[str]


def language_for(schema: Schema, extensions: Extensions, subdocuments: Subdocuments) -> Language:
    """What evaluates the expressions of a rule file. Raises PackError P007."""
    if schema.language == "1.0":
        return Evaluator(schema.namespaces, extensions, Xslt1(subdocuments, schema.keys))
    from checktool.checking.schematron.xpath2 import XPath2

    return XPath2(schema, extensions, subdocuments)


def scope_of(language: Language, outer: Scope, lets: Lets, contexts: list[str]) -> Scope:
    """What each variable reads, those of an outer scope included."""
    scope = dict(outer)
    for let in lets:
        scope[let.name] = reads(language, let.value, contexts, scope) if let.value else frozenset()
    return scope


def reads(language: Language, expression: str, contexts: list[str], scope: Scope) -> frozenset[str]:
    """The item paths that an expression reads, by itself and by its variables."""
    own = language.reads(expression, contexts)
    return own.union(*(scope.get(name, ()) for name in xpath_text.used_variables(expression)))


class Compiler:
    """Checks every expression of a rule file with the variables that it may use."""

    def __init__(self, language: Language, schema: Schema) -> None:
        self._language = language
        self._schema = schema
        self._place = (schema.file.name, 0, "schema")

    def compile(self, codes: Container[str]) -> None:
        """Check all that runs for these codes. Raises PackError P007."""
        names = self._lets(self._schema.lets, frozenset())
        for key in self._schema.keys:
            self._place = (key.file, key.line, "key")
            self._check([path for path, _ in self._contexts(key.match)], frozenset())
            self._check([key.use], frozenset())
        for pattern in self._schema.patterns:
            self._pattern(pattern, names, codes)

    def _pattern(self, pattern: Pattern, names: Names, codes: Container[str]) -> None:
        self._place = (pattern.file, pattern.line, "pattern")
        self._check([pattern.documents], names)
        names = self._lets(pattern.lets, self._lets(pattern.lent, names))
        for rule in pattern.rules:
            self._rule(rule, names, codes)

    def _rule(self, rule: SchematronRule, names: Names, codes: Container[str]) -> None:
        run = [assertion for assertion in rule.assertions if assertion.code in codes]
        self._place = (rule.file, rule.line, "rule")
        self._check([path for path, _ in self._contexts(rule.context)], names)
        names = self._lets(rule.lets, names)
        for assertion in run:
            self._assertion(assertion, names)

    def _contexts(self, context: str) -> list[tuple[str, str]]:
        try:
            return self._language.contexts(context)
        except ValueError:
            raise self._fault(context) from None

    def _assertion(self, assertion: Assertion, names: Names) -> None:
        self._place = (assertion.file, assertion.line, "report" if assertion.report else "assert")
        self._check(assertion.expressions(), names)

    def _lets(self, lets: Lets, names: Names) -> Names:
        for let in lets:
            self._place = (let.file, let.line, "let")
            self._check([let.value], names)
            names |= {let.name}
        return names

    def _check(self, expressions: Iterable[str], names: Names) -> None:
        for expression in filter(None, expressions):
            try:
                self._language.check(expression, names)
            except UnusableError as fault:
                raise self._fault(str(fault)) from None

    def _fault(self, reason: str) -> PackError:
        file, line, element = self._place
        return PackError("P007", file=file, line=line, element=element, reason=reason)
