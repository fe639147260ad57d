"""Functions that a rule file defines by ``xsl:function``: their bodies carried out."""

from collections.abc import Iterable
from copy import copy
from functools import partial
from typing import TYPE_CHECKING, Any

from elementpath import XPathContext
from elementpath.xpath_nodes import TextNode

from checktool.checking.schematron.language import UnusableError
from checktool.checking.schematron.scopes import Later, Lazy
from checktool.checking.schematron.xpath2_parser import Call, Sequence
from checktool.checking.schematron.xpath2_types import Types
from checktool.definitions.xslt import Function, Instruction
from checktool.errors import PackError

if TYPE_CHECKING:
    from checktool.checking.schematron.xpath2 import XPath2

_DEEPEST = 100


class Bodies:
    """Carries out the functions of one rule file, which may use the variables of its schema and patterns."""

    def __init__(self, language: "XPath2", types: Types, shared: Iterable[str]) -> None:
        """``shared`` are the names of these variables."""
        self._language = language
        self._types = types
        self._shared = set(shared)
        self._depth = 0

    def dispatch(self, known: dict[int, Function]) -> Call:
        """The functions of one name by the number of their arguments, as one that can be called."""

        def call(context: Any, given: list[Sequence]) -> Sequence:
            if len(given) not in known:
                raise TypeError(f"{len(given)} arguments")
            return self._call(known[len(given)], context, given)

        return call

    def check(self, function: Function) -> None:
        """Compile a function. Raises PackError P007."""
        try:
            for name in (function.type, *(kind for _, kind in function.params)):
                self._types.check(name)
            self._check_body(function.body, self._shared | {name for name, _ in function.params})
        except UnusableError as fault:
            raise fault_of(function, fault) from None

    def _check_body(self, body: tuple[Instruction, ...], names: set[str]) -> None:
        known = set(names)
        for one in body:
            if one.select:
                self._language.check(one.select, frozenset(known))
            self._types.check(one.type)
            self._check_body(one.body, known)
            if one.kind == "variable":
                known.add(one.name)

    def _call(self, function: Function, context: XPathContext, given: list[Sequence]) -> Sequence:
        """The value of a function. Raises TypeError for a value of a wrong type."""
        if self._depth > _DEEPEST:
            raise RecursionError(function.name)
        inner = copy(context)
        inner.item = None  # type: ignore[assignment]
        inner.variables = Lazy(self._language.globals)
        inner.variables.update(
            (name, self._types.converted(value, kind))
            for (name, kind), value in zip(function.params, given, strict=True)
        )
        self._depth += 1
        try:
            return self._types.converted(self._sequence(function.body, inner), function.type)
        finally:
            self._depth -= 1

    def _sequence(self, body: tuple[Instruction, ...], context: XPathContext) -> Sequence:
        found: Sequence = []
        for one in body:
            if one.kind == "variable":
                inner = copy(context)
                inner.variables = Lazy(
                    Later(context.variables, one.name, partial(self._variable, one, context))
                )
                context = inner
            else:
                found += self._value(one, context)
        return found

    def _variable(self, one: Instruction, context: XPathContext) -> Sequence:
        if one.select:
            return self._types.converted(self._evaluated(one, context), one.type)
        made = self._sequence(one.body, context)
        made = made if one.type else [TextNode("".join(self._language.strings(made)))]
        return self._types.converted(made, one.type)

    def _value(self, one: Instruction, context: XPathContext) -> Sequence:
        if one.kind == "text":
            return [TextNode(one.text)]
        if one.kind == "choose":
            chosen = next((branch for branch in one.body if self._taken(branch, context)), None)
            return self._sequence(chosen.body, context) if chosen else []
        if one.kind == "if":
            return self._sequence(one.body, context) if self._taken(one, context) else []
        if one.kind == "for-each":
            return [
                item for each in self._evaluated(one, context) for item in self._inside(one, context, each)
            ]
        if one.kind == "sequence":
            return self._evaluated(one, context)
        made = self._evaluated(one, context) if one.select else self._sequence(one.body, context)
        separator = one.separator if one.separator is not None else " " if one.select else ""
        return [TextNode(separator.join(self._language.strings(made)))]

    def _inside(self, one: Instruction, context: XPathContext, item: Any) -> Sequence:
        inner = copy(context)
        inner.item = item
        return self._sequence(one.body, inner)

    def _evaluated(self, one: Instruction, context: XPathContext) -> Sequence:
        return self._language.evaluated(one.select, copy(context))

    def _taken(self, branch: Instruction, context: XPathContext) -> bool:
        return branch.kind == "otherwise" or self._language.true(branch.select, copy(context))


def fault_of(function: Function, fault: UnusableError) -> PackError:
    """The error for a function that cannot be used."""
    return PackError("P007", file=function.file, line=function.line, element="function", reason=str(fault))
