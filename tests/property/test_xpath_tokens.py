"""Tokens of XPath agree with those of another reader of XPath 1.0."""

from elementpath import XPath1Parser
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from checktool.definitions.xpath import functions, prefixes, reads, tokens

NAMES = st.sampled_from(["n:A", "B", "*", "n:*", "div", "and", "or", "mod", "text", "a-b", "名前", "_x.1"])
AXES = st.sampled_from(["child", "self", "parent", "ancestor", "following-sibling"])
STEPS = st.one_of(
    NAMES, NAMES.map("@{}".format), st.sampled_from([".", "..", "text()", "node()", "comment()", "@*"]),
    st.builds("{}::{}".format, AXES, NAMES),
)  # fmt: skip
LITERALS = st.sampled_from(["'a'", '"b\'c"', "1", "2.5", ".5", "''", "'n:A | $x'", "$v", "$n:w"])
BLANK = st.sampled_from(["", " ", "\n "])


def _deeper(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    operators = st.sampled_from(
        ["and", "or", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod", "|"]
    )
    return st.one_of(
        st.builds("{}{}/{}{}".format, STEPS, BLANK, BLANK, STEPS),
        st.builds("{}[{}{}]".format, STEPS, BLANK, inner),
        st.builds("{} {} {}".format, inner, operators, inner),
        st.builds("({}{})".format, inner, BLANK), st.builds("-{}".format, inner),
        st.builds("//{}".format, STEPS),
        st.builds("concat({}, {})".format, inner, inner), st.builds("not({})".format, inner),
        st.builds("count({}//{})".format, STEPS, STEPS),
    )  # fmt: skip


EXPRESSIONS = st.recursive(st.one_of(STEPS, LITERALS), _deeper, max_leaves=6)


def _read_by_libxml2(expression: str) -> bool:
    try:
        etree.XPath(expression, namespaces={"n": "urn:n"})
    except etree.XPathSyntaxError:
        return False
    return True


@settings(max_examples=200, deadline=None)
@given(EXPRESSIONS)
def test_what_libxml2_reads_is_made_of_tokens(expression: str) -> None:
    if _read_by_libxml2(expression):
        found = tokens(expression)
        assert "".join(token.text for token in found) == _squeezed(expression)
        assert {token.kind for token in found} <= {
            "literal", "number", "variable", "name", "function", "axis", "type", "operator", "symbol",
        }  # fmt: skip


def _squeezed(expression: str) -> str:
    """The expression without the blanks between its tokens."""
    kept, quote = "", ""
    for char in expression:
        if quote:
            quote = "" if char == quote else quote
        elif char in "'\"":
            quote = char
        elif char.isspace():
            continue
        kept += char
    return kept


@settings(max_examples=150, deadline=None)
@given(EXPRESSIONS)
def test_names_agree_with_another_reader(expression: str) -> None:
    if not _read_by_libxml2(expression):
        return
    try:
        tree = XPath1Parser(namespaces={"n": "urn:n"}).parse(expression)
    except Exception:  # it refuses some of XPath 1.0, such as names that are operators
        return
    nodes = list(tree.iter())
    assert functions(expression) == {node.symbol for node in nodes if node.label == "function"}
    names = {str(node.value) for node in nodes if node.symbol == "(name)"}
    found = {token.text for token in tokens(expression) if token.kind == "name"} - {"*"}
    plain = {name for name in found if ":" not in name}
    assert plain <= names
    assert prefixes(expression) == {"n"} & {name.partition(":")[0] for name in found - plain}


@settings(max_examples=200, deadline=None)
@given(EXPRESSIONS)
def test_what_an_expression_reads_covers_what_it_depends_on(expression: str) -> None:
    """An item that is taken away and changes the value must be among those that are read."""
    if not _read_by_libxml2(expression) or "$" in expression:
        return
    whole = etree.fromstring(DOCUMENT)
    value = _value(expression, whole)
    paths = reads(expression, "r")
    for path, query in ITEMS.items():
        changed = etree.fromstring(DOCUMENT)
        for node in changed.xpath(query, namespaces={"n": "urn:n"}):
            node.text = "changed"
        if _value(expression, changed) != value:
            assert any(_meets(read, path) for read in paths), (expression, path, paths)


DOCUMENT = "<r xmlns:n='urn:n'><n:A>1</n:A><B>2<C>3</C></B><div>4</div><a-b>5</a-b></r>"
ITEMS = {"r/A": "n:A", "r/B": "B", "r/B/C": "B/C", "r/div": "div", "r/a-b": "a-b"}


def _value(expression: str, root: etree._Element) -> object:
    try:
        found = etree.XPath(expression, namespaces={"n": "urn:n"})(root)
    except etree.XPathEvalError:
        return None
    if isinstance(found, list):
        return [etree.tostring(one) if isinstance(one, etree._Element) else str(one) for one in found]
    return repr(found)


def _meets(read: str, item: str) -> bool:
    """Whether a read path may be the item, hold it (the document holds all), or lie in it."""
    if "*" in read or not read:
        return True
    return f"{item}/".startswith(f"{read}/") or f"{read}/".startswith(f"{item}/")
