"""The XSDs of a pack: built strictly twice, by xmlschema and by libxml2, which must agree.

Neither is the arbiter alone: libxml2 judges documents but takes some schemas that are none.
"""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from checktool.definitions import strictly
from checktool.definitions.contentmodel import ContentModel
from checktool.definitions.lint import regexes
from checktool.definitions.lint.opened import Opened
from checktool.definitions.lint.remark import Remark, passed_on, remark
from checktool.definitions.schematron_parts import line_of
from checktool.definitions.xsdfiles import SchemaFiles
from checktool.definitions.xsdlinks import XS
from checktool.errors import PackError


def remarks(pack: Opened) -> Iterator[Remark]:
    """What there is to say of every XSD; keeps the sets and models of those that can be used."""
    used = dict.fromkeys(form.xsd.resolve() for form in pack.forms if form.xsd)
    seen: set[Path] = set()
    for entry in used:
        yield from _entry(pack, entry, seen)
    for path in sorted(pack.xsd_folder.rglob("*.xsd")):
        if path.resolve() not in seen:
            yield remark("K105", pack.name(path))


def _entry(pack: Opened, entry: Path, seen: set[Path]) -> Iterator[Remark]:
    seen.add(entry)
    try:
        files = SchemaFiles(entry, pack.xsd_folder)
    except PackError as fault:
        yield passed_on(fault)
        return
    fresh = [path for path in files.roots if path not in seen or path == entry]
    seen.update(files.roots)
    lenient, strict = _by_libxml2(files), strictly.fault_of(files)
    name = pack.name(entry)
    if lenient and strict:
        yield remark("K101", name, strict[1] or lenient[1], reason=strict[0])
    elif strict:
        yield remark("K102", name, strict[1], reason=strict[0])
    elif lenient:
        yield remark("K103", name, lenient[1], reason=lenient[0])
    if not lenient:
        pack.sets[entry] = files
        pack.models[entry] = ContentModel(files)
    for path in fresh:
        yield from _patterns(pack, path, files.roots[path])


def _by_libxml2(files: SchemaFiles) -> tuple[str, int] | None:
    """Why libxml2 refuses a schema set, and the line; None when it takes it."""
    try:
        files.build()
    except PackError as fault:
        cause = fault.__cause__ or fault.__context__
        entries = list(getattr(cause, "error_log", ()))
        return (entries[0].message, 0) if entries else (str(fault.params.get("reason", "")), 0)
    return None


def _patterns(pack: Opened, path: Path, root: etree._Element) -> Iterator[Remark]:
    for node in root.iter(f"{XS}pattern"):
        expression = node.get("value", "")
        if regexes.is_dangerous(expression):
            yield remark("K104", pack.name(path), line_of(node), pattern=expression)
