"""The cases in a pack's ``tests`` folder: ``<CODE>/pass-*`` and ``fail-*``, and vefa test sets.

A test set is XML with root ``testSet`` (or a single ``test``) of namespace ``NAMESPACE``: in every
``test`` an ``assert`` names rules in ``success``, ``error``, ``warning`` or ``fatal``, the other
elements are documents. A ``scope`` adds rules of which no other may be found; ``@configuration`` says
nothing here. Documents of a test set are often fragments, so they are judged without the XSD unless
a code of the structure layer is named.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from lxml import etree

from checktool.checking.packtests.case import Case, Expectation, Options, Settings, Wanted, options_of
from checktool.errors import PackError
from checktool.model.builtin import BUILTIN
from checktool.model.finding import Layer, Severity

NAMESPACE = "http://difi.no/xsd/vefa/validator/1.0"
_WORDS = {"error": Severity.ERROR, "fatal": Severity.ERROR, "warning": Severity.WARNING}
_STRUCTURE = frozenset(known.code for known in BUILTIN if known.layer is Layer.STRUCTURE)
_PASS, _FAIL = "pass-", "fail-"


def cases(tests: Path, today: date) -> Iterator[Case]:
    """Every case below a folder, in the order of names. Raises PackError P031."""
    for path in sorted(tests.iterdir()) if tests.is_dir() else ():
        if path.is_dir():
            named = [inner for inner in sorted(path.iterdir()) if _is_case(inner)]
            for inner in named:
                yield _of_folder(inner, tests, today)
            if not named:
                for inner in sorted(path.rglob("*.xml")):
                    yield from _of_set(inner, tests, today)
        elif path.suffix.lower() == ".xml":
            yield from _of_set(path, tests, today)


def _is_case(path: Path) -> bool:
    return path.name.startswith((_PASS, _FAIL)) and path.suffix != ".toml"


def _of_folder(path: Path, tests: Path, today: date) -> Case:
    """A case whose folder is the code that it shows."""
    options = options_of(path, tests)
    code = path.parent.name
    fails = path.name.startswith(_FAIL)
    return Case(
        name=path.relative_to(tests).as_posix(),
        expectation=Expectation((Wanted(code),) if fails else (), None, options.also),
        settings=options.settings(today, tests),
        path=path,
        passes=frozenset() if fails else frozenset({code}),
        fails=frozenset({code}) if fails else frozenset(),
    )


def _of_set(path: Path, tests: Path, today: date) -> Iterator[Case]:
    """The cases of a test set; another XML file raises PackError P031."""
    name = path.relative_to(tests).as_posix()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.parse(str(path), parser).getroot()
    except (OSError, etree.XMLSyntaxError):
        raise PackError("P031", file=name, reason="xml") from None
    if root.tag not in (_tag("testSet"), _tag("test")):
        raise PackError("P031", file=name, reason="test_set")
    options = options_of(path, tests)
    settings = options.settings(today, tests)
    shared = _scope(root) if root.tag == _tag("testSet") else frozenset()
    found = [root] if root.tag == _tag("test") else list(root.iterchildren(_tag("test")))
    for number, test in enumerate(found, 1):
        label = test.get("id") or str(number)
        yield from _of_test(test, f"{name}#{label}", shared, options, settings)


def _of_test(
    test: etree._Element, name: str, shared: frozenset[str], options: Options, settings: Settings
) -> Iterator[Case]:
    wanted, silent = _named(test)
    codes = frozenset(one.code for one in wanted)
    scope = shared | _scope(test) | codes | silent
    structure = bool(scope & _STRUCTURE)
    documents = [node for node in test.iterchildren(etree.Element) if node.tag != _tag("assert")]
    for place, node in enumerate(documents):
        yield Case(
            name=name if len(documents) == 1 else f"{name}.{place + 1}",
            expectation=Expectation(wanted, scope or None, options.also),
            settings=replace(settings, structure=structure),
            document=etree.tostring(node, encoding="UTF-8", xml_declaration=True, with_tail=False),
            passes=silent,
            fails=codes,
        )


def _named(test: etree._Element) -> tuple[tuple[Wanted, ...], frozenset[str]]:
    """The codes that are to be found, and those that are to stay silent."""
    wanted: list[Wanted] = []
    silent: set[str] = set()
    for node in test.iterfind(f"{_tag('assert')}/*"):
        word, code = etree.QName(node).localname, (node.text or "").strip()
        if word == "success":
            silent.add(code)
        elif word in _WORDS:
            number = node.get("number") or node.get("count") or ""
            wanted.append(Wanted(code, _WORDS[word], int(number) if number.isdecimal() else None))
    return tuple(wanted), frozenset(silent)


def _scope(holder: etree._Element) -> frozenset[str]:
    found = holder.iterfind(f"{_tag('assert')}/{_tag('scope')}")
    return frozenset((node.text or "").strip() for node in found)


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
