"""Explanations of content agree with libxml2: no fault is told exactly where it accepts."""

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from checktool.checking.content import Missing, Reading, Unexpected, reading
from checktool.definitions.contentmodel import Particle

XS = "http://www.w3.org/2001/XMLSchema"
NAMES = "abcdef"
Occurs = st.SearchStrategy[tuple[int, int]]
ONCE = st.sampled_from([(1, 1), (0, 1)])
OCCURS = st.sampled_from([(1, 1), (1, 1), (0, 1), (0, 2), (1, 3), (2, 2), (0, 1_000_000), (1, 1_000_000)])


@st.composite
def models(draw: st.DrawFn) -> Particle:
    """A content model in which every element name stands once, so that it is deterministic.

    Inside what repeats nothing repeats by itself: whose repetition a child is would be left open.
    """
    names = list(draw(st.permutations(NAMES)))[: draw(st.integers(1, len(NAMES)))]
    return _group(draw, names, 0, OCCURS)


def _group(draw: st.DrawFn, names: list[str], depth: int, occurs: Occurs) -> Particle:
    kind = draw(st.sampled_from(["sequence", "sequence", "choice"]))
    low, high = draw(occurs) if depth else (1, 1)
    occurs = occurs if high == 1 else ONCE
    parts: list[Particle] = []
    while names:
        share = draw(st.integers(1, len(names))) if depth < 2 else 1
        taken, names = names[:share], names[share:]
        if share == 1:
            parts.append(Particle("element", *draw(occurs), name=taken[0]))
        else:
            parts.append(_group(draw, taken, depth + 1, occurs))
    return Particle(kind, low, high, parts=parts)


def _markup(part: Particle) -> str:
    high = "unbounded" if part.high >= 1_000_000 else str(part.high)
    bounds = f'minOccurs="{part.low}" maxOccurs="{high}"'
    if part.kind == "element":
        return f'<xs:element name="{part.name}" {bounds}/>'
    return f"<xs:{part.kind} {bounds}>{''.join(map(_markup, part.parts))}</xs:{part.kind}>"


def _schema(model: Particle) -> etree.XMLSchema:
    return etree.XMLSchema(etree.XML(
        f'<xs:schema xmlns:xs="{XS}"><xs:element name="h"><xs:complexType>{_markup(model)}</xs:complexType>'
        "</xs:element></xs:schema>"
    ))  # fmt: skip


def _holder(children: str) -> etree._Element:
    return etree.XML(f"<h>{''.join(f'<{name}/>' for name in children)}</h>")


def _read(model: Particle, holder: etree._Element) -> Reading:
    read = reading(model, holder)
    assert read is not None
    return read


@settings(max_examples=150, deadline=None)
@given(models(), st.text(NAMES + "x", max_size=7))
def test_mended_children_are_accepted(model: Particle, children: str) -> None:
    mended = _read(model, _holder(children)).mended
    holder = _holder("".join(part if isinstance(part, str) else str(part.tag) for part in mended))
    assert _schema(model).validate(holder), (_markup(model), children, holder[:])


@settings(max_examples=250, deadline=None)
@given(models(), st.lists(st.text(NAMES + "x", max_size=7), min_size=1, max_size=6))
def test_nothing_is_told_exactly_where_libxml2_accepts(model: Particle, given_children: list[str]) -> None:
    schema = _schema(model)
    for children in given_children:
        holder = _holder(children)
        faults = _read(model, holder).faults
        assert (faults == []) is schema.validate(holder), (_markup(model), children, faults)


@settings(max_examples=100, deadline=None)
@given(models(), st.text(NAMES + "x", max_size=7))
def test_faults_are_few_and_of_this_element(model: Particle, children: str) -> None:
    holder = _holder(children)
    faults = _read(model, holder).faults
    unexpected = [fault.node for fault in faults if isinstance(fault, Unexpected)]
    missing = [fault.name for fault in faults if isinstance(fault, Missing)]
    assert set(unexpected) <= set(holder)
    assert set(missing) <= set(NAMES)
    assert len(unexpected) <= len(children)
    assert len(faults) <= len(children) + sum(_required(model))


def _required(part: Particle) -> list[int]:
    """An upper bound of what may be missing: every element as often as it may be asked for."""
    inner = [one for sub in part.parts for one in _required(sub)] or [1]
    return [max(part.low, 1) * one for one in inner]


@settings(max_examples=60, deadline=None)
@given(models(), st.text(NAMES, max_size=6), st.data())
def test_a_stranger_among_fitting_children_is_the_one_fault(
    model: Particle, children: str, data: st.DataObject
) -> None:
    if _schema(model).validate(_holder(children)):
        at = data.draw(st.integers(0, len(children)))
        holder = _holder(children[:at] + "x" + children[at:])
        (fault,) = _read(model, holder).faults
        assert isinstance(fault, Unexpected)
        assert fault.node is holder[at]
