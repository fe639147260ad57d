"""Rules as code and libxml2 say the same of a document, or code leaves it to libxml2."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st
from lxml import etree

from checktool.checking.functions import Functions
from checktool.checking.quick.expressions import Scope, Translator
from checktool.checking.quick.needs import Needs, Slots, Taken
from checktool.checking.quick.nodes import Branch, Finder
from checktool.checking.quick.places import Place, places
from checktool.checking.quick.rules import QuickRules
from checktool.checking.quick.symbols import Symbols, UnclearError
from checktool.checking.screen import Screen
from checktool.definitions.contentmodel import ContentModel
from checktool.definitions.xpath_tree import parse
from checktool.definitions.xsdfiles import SchemaFiles
from checktool.model.definition import CodeEntry, CodeTable, Form
from checktool.reading.document import Document

ON = date(2026, 11, 22)
SPACES = {
    "n": "urn:tiny", "f": "urn:checktool:functions",
    "date": "http://exslt.org/dates-and-times", "set": "http://exslt.org/sets", "str": "http://exslt.org/strings",
}  # fmt: skip
XSD = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:tiny" targetNamespace="urn:tiny"
  elementFormDefault="qualified"><xs:element name="Note"><xs:complexType><xs:sequence>
  <xs:element name="A" type="xs:string"/>
  <xs:element name="B" minOccurs="0"><xs:complexType><xs:sequence>
    <xs:element name="C" type="xs:string" minOccurs="0"/>
    <xs:element name="D"><xs:complexType><xs:simpleContent><xs:extension base="xs:string">
      <xs:attribute name="code"/></xs:extension></xs:simpleContent></xs:complexType></xs:element>
  </xs:sequence><xs:attribute name="y"/></xs:complexType></xs:element>
  <xs:element name="T" type="xs:string" minOccurs="0" maxOccurs="unbounded"/>
  <xs:element name="L" minOccurs="0"><xs:complexType><xs:sequence>
    <xs:element name="I" minOccurs="0" maxOccurs="9"><xs:complexType><xs:simpleContent>
      <xs:extension base="xs:string"><xs:attribute name="code" use="required"/><xs:attribute name="z"/>
      </xs:extension></xs:simpleContent></xs:complexType></xs:element>
  </xs:sequence></xs:complexType></xs:element>
</xs:sequence><xs:attribute name="k"/></xs:complexType></xs:element></xs:schema>"""
ROWS = {"1": ("", "0", "10", "0.5"), "2": ("a=x|1=y", "", "", ""), "10": ("", "-3", "", "0")}
TABLES = {
    "t": CodeTable("t", {"1": (CodeEntry("one"),)}),
    "r": CodeTable("r", {code: (CodeEntry(code, values=values),) for code, values in ROWS.items()},
                   columns=("choices", "min", "max", "step")),
}  # fmt: skip
FUNCTIONS = Functions(TABLES, ON).extensions()
FORM = Form("note", "x", root="{urn:tiny}Note", record=())

CONTEXTS = ["/n:Note", "/n:Note/n:A",
            "/n:Note/n:B", "/n:Note/n:B/n:D/@code", "/n:Note/n:T", "/n:Note/n:L/n:I",
            "/n:Note/n:L/n:I[@code != '1']/@z", "/n:Note[@k = '1']/n:L/n:I"]  # fmt: skip
TO_ROOT = {"/n:Note": ".", "/n:Note/n:A": "..", "/n:Note/n:B": "..", "/n:Note/n:B/n:D/@code": "../../..",
           "/n:Note/n:T": "..", "/n:Note/n:L/n:I": "../..", "/n:Note/n:L/n:I[@code != '1']/@z": "../../..",
           "/n:Note[@k = '1']/n:L/n:I": "../.."}  # fmt: skip
PATHS = st.sampled_from([
    ".", "{0}/n:A", "{0}/@k", "{0}/n:B/n:C", "{0}/n:B/n:D", "{0}/n:B/n:D/@code", "{0}/n:T", "{0}/n:L/n:I",
    "{0}/n:L/n:I/@z", "{0}/n:L/n:I/@code", "{0}/n:L/n:I[1]", "@code", "@z", "../@code", "{0}/n:B/*",
    "/n:Note/n:A",
    "{0}/n:L/n:I[@code = '1']", "{0}/n:L/n:I[. = ../../n:A]/@code", "({0}/n:A | {0}/n:B/n:C)", "{0}/n:None",
    "{0}/n:B[n:D = '1']/n:C", "{0}/n:L/n:I[not(@z)]", "set:distinct({0}/n:L/n:I/@z)", "{0}/n:B",
    "set:distinct({0}/n:T)[. != '1']", "{0}/n:T[normalize-space(.) != '']", "{0}/n:L[n:I]/n:I[@code = @z]",
])  # fmt: skip
WORDS = ["1", "2", "10", "0.5", "-3", "1.25", " 1 ", "", " ", "a", "ab", "1 a", "2026-01-31", "2026-02-30",
         "2025-12-01", "1900-01-01", "１", "1e2", ".5", "1.", "+1", "あ い", "1_0", "0012", "a-b",
         "&lt;", "nan"]  # fmt: skip
LITERALS = st.sampled_from(
    ["'1'", "''", "'a'", "2", "0.5", "'2026-01-31'", "true()", "10", "'-'", "1.25", "0"]
)


def _deeper(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    comparing = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
    counting = st.sampled_from(["+", "-", "*", "div", "mod"])
    one = st.sampled_from(["not", "boolean", "string", "number", "normalize-space", "string-length",
                           "f:is-date", "f:luhn", "f:fold", "date:date"])  # fmt: skip
    two = st.sampled_from(["concat", "starts-with", "contains", "substring-before", "substring-after",
                           "f:days-between", "f:age-years", "f:months-between"])  # fmt: skip
    return st.one_of(
        st.builds("({} {} {})".format, inner, comparing, inner),
        st.builds("({} {} {})".format, inner, st.sampled_from(["and", "or"]), inner),
        st.builds("({} {} {})".format, inner, counting, inner),
        st.builds("{}({})".format, one, inner), st.builds("{}({}, {})".format, two, inner, inner),
        st.builds("translate({}, '{}', '{}')".format, inner, st.sampled_from(["-", "12", "aa-"]),
                  st.sampled_from(["", "#", "34"])),
        st.builds("substring({}, {}, {})".format, inner, st.sampled_from("0123"), st.sampled_from("0124")),
        st.builds("substring({}, {})".format, inner, inner),
        st.builds("{}({})".format, st.sampled_from(["count", "sum", "str:concat"]), PATHS),
        st.builds("f:out-of-range('{}', {})".format, st.sampled_from(["r", "none"]), PATHS),
        st.builds("-{}".format, inner),
        st.builds("f:code-name('t', {})".format, inner), st.builds("f:code-exists('{}', {})".format,
                                                                  st.sampled_from(["t", "none"]), inner),
    )  # fmt: skip


EXPRESSIONS = st.recursive(st.one_of(PATHS, PATHS, LITERALS), _deeper, max_leaves=5)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> tuple[Place, SchemaFiles]:
    path = tmp_path_factory.mktemp("xsd") / "note.xsd"
    path.write_text(XSD, encoding="utf-8")
    files = SchemaFiles(Path(path), path.parent)
    found = places(ContentModel(files), FORM.root)
    assert found is not None
    return found, files


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A document of the form, spelled plainly."""

    def word() -> str:
        return draw(st.sampled_from(WORDS))

    def attribute(name: str, always: bool = False) -> str:
        return f' {name}="{word()}"' if always or draw(st.booleans()) else ""

    def some(most: int) -> range:
        return range(draw(st.integers(0, most)))

    inner = "<A/>" if draw(st.integers(0, 5)) == 0 else f"<A>{word()}</A>"
    if draw(st.booleans()):
        c = f"<C>{word() or 'c'}</C>" if draw(st.booleans()) else ""
        d = "/>" if draw(st.integers(0, 4)) == 0 else f">{word()}</D>"
        inner += f"<B{attribute('y')}>{c}<D{attribute('x')}{d}</B>"
    inner += "".join(f"<T>{word() or 't'}</T>" for _ in some(3))
    if draw(st.booleans()):
        rows = [attribute("code", always=True) + attribute("z") for _ in some(4)]
        inner += "<L>" + ("".join(f"<I{row}>{word()}</I>" for row in rows) or '<I code="1">1</I>') + "</L>"
    return f'<Note xmlns="urn:tiny"{attribute("k")}>{inner}</Note>'


def coded(expression: str, context: str, root: Place) -> QuickRules:
    """A rule with one assertion as code."""
    symbols = Symbols()
    finder = Finder(root, symbols, SPACES)
    translator = Translator(finder, symbols, SPACES, FUNCTIONS)
    scope, body = Scope(Branch(None, here=True), {}), []
    for branch in translator.context(parse(context), scope):
        said = translator.truth(parse(expression), Scope(branch.taken(), {}))
        if branch.rows:
            body += [f"if {branch.guard or 'True'}:", f"    for {branch.loop} in {branch.rows}:",
                     f"        if ({branch.where or 'True'}) and not {said}: hits.add(1)"]  # fmt: skip
        else:
            stands = finder.stands(branch) or "True"
            body.append(f"if ({branch.guard or 'True'}) and {stands} and not {said}: hits.add(1)")
    return QuickRules(symbols.needs(), (), {}, symbols, body)


def looked_at(text: str, files: SchemaFiles, needs: Needs) -> tuple[Taken, Slots, Any]:
    screen = Screen(FORM, files, {}, lambda _: False, needs)
    tree = etree.fromstring(text.encode("utf-8"))
    seen = screen.look(Document("1.xml", "", tree, text.encode("utf-8"), "/Note[1]"), ON)
    slots = screen.slots()
    assert slots is not None
    return seen.taken if seen else None, slots, tree


def asked(expression: str, context: str) -> Callable[[Any], list[Any]]:
    """The nodes of a context at which an expression is not true, asked of libxml2."""
    return etree.XPath(f"{context}[not({expression})]", namespaces=SPACES, extensions=FUNCTIONS)


@settings(max_examples=400, deadline=None)
@given(EXPRESSIONS, st.sampled_from(CONTEXTS), st.lists(documents(), min_size=1, max_size=4), st.booleans())
def test_what_code_says_is_so(
    root: tuple[Place, SchemaFiles], expression: str, context: str, texts: list[str], negated: bool
) -> None:
    place, files = root
    spelled = expression.replace("{0}", TO_ROOT[context])
    spelled = f"not({spelled})" if negated else f"boolean({spelled})"
    try:
        failing = asked(spelled, context)
        quick = coded(spelled, context, place)
    except (UnclearError, etree.XPathSyntaxError):
        return
    for text in texts:
        taken, slots, tree = looked_at(text, files, quick.needs)
        if taken is None:
            continue
        quick.link(slots)
        if quick.firing(taken) != frozenset():
            continue
        note(f"{spelled} at {context} in {text}")
        assert failing(tree) == []
