"""The cover sheet: dates, versions, roots, paths, limits, encodings, and what refers to codes and files."""

import codecs
import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations

from lxml import etree

from checktool.definitions.lint import regexes
from checktool.definitions.lint.opened import Opened
from checktool.definitions.lint.paths import find, is_plain, nearest
from checktool.definitions.lint.remark import Remark, remark
from checktool.definitions.pack import SIGNATURE, files_of
from checktool.definitions.places import Place, root_of
from checktool.model.definition import FIRST_DAY, LAST_DAY, Form, Limits

DEEPEST = 256
_AT_LEAST_ONE = ("text_bytes", "document_bytes", "attributes", "elements", "seconds_per_file",
                 "zip_members", "zip_ratio", "zip_bytes")  # fmt: skip


def remarks(pack: Opened) -> Iterator[Remark]:
    """What there is to say of ``pack.toml`` by itself and against the XSDs."""
    file = pack.name(pack.sheet)
    for said in (_dates(pack.table), _versions(pack.forms), _limits(pack.limits), _encodings(pack)):
        for code, params in said:
            yield remark(code, file, 0, **params)
    for table in pack.table.get("tables", {}):
        if table not in pack.tables:
            yield remark("K203", file, 0, item=f"[tables.{table}]", table=table)
    for form in pack.forms:
        for code, params in _paths(pack, form):
            yield remark(code, file, 0, form=form.id, **params)
    yield from _files(pack)


Said = Iterator[tuple[str, dict[str, str | int]]]


def _dates(table: Mapping[str, object]) -> Said:
    """The period must not end before it begins; the grace period begins where it ends."""
    first, last = table.get("valid_from", FIRST_DAY), table.get("valid_to", LAST_DAY)
    grace = table.get("grace_until")
    if isinstance(first, date) and isinstance(last, date) and first > last:
        yield "K501", {"first": first.isoformat(), "last": last.isoformat()}
    if isinstance(grace, date) and isinstance(last, date) and grace < last:
        yield "K505", {"grace": grace.isoformat(), "last": last.isoformat()}


def _versions(forms: list[Form]) -> Said:
    """No document may fit two forms."""
    for one, other in combinations(forms, 2):
        if one.match or other.match or one.root != other.root:
            continue
        shared = set(one.versions) & set(other.versions)
        if shared or not (one.versions and other.versions):
            yield "K502", {"form": one.id, "other": other.id, "versions": "、".join(sorted(shared))}


def _limits(limits: Limits) -> Said:
    for name in _AT_LEAST_ONE:
        if getattr(limits, name) < 1:
            yield "K503", {"key": name, "value": getattr(limits, name)}
    if not 2 <= limits.depth <= DEEPEST:
        yield "K503", {"key": "depth", "value": limits.depth}
    if limits.package_bytes and limits.file_bytes > limits.package_bytes:
        yield "K503", {"key": "package_bytes", "value": limits.package_bytes}
    try:
        re.compile(limits.file_name)
    except (re.error, RecursionError, OverflowError):
        yield "K504", {"pattern": limits.file_name}
    if regexes.is_dangerous(limits.file_name, python=True):
        yield "K510", {"pattern": limits.file_name}


def _encodings(pack: Opened) -> Said:
    for name in pack.table.get("encoding", {}).get("accepted", ()):
        try:
            codecs.lookup(name)
        except (LookupError, TypeError):
            yield "K515", {"name": str(name)}


def _paths(pack: Opened, form: Form) -> Said:
    """Root, version, date and batch paths select something that the XSD has."""
    named = {"version": (form.version,), "date": (form.date,), "list.disease": (form.disease,),
             "list.doctor": (form.doctor,)}  # fmt: skip
    named |= {f"batch.{key}": getattr(form.batch, key) for key in form.batch.__dataclass_fields__}
    world = pack.world(form)
    root = root_of(form, world) if world is not None else None
    if world is not None and root is None and form.root and not form.match:
        yield "K506", {"root": form.root}
    if form.match and not _compiles(form.match):
        yield "K508", {"key": "match", "path": form.match}
    for key, paths in named.items():
        for path in filter(None, paths):
            yield from _path(key, path, root)


def _path(key: str, path: str, root: Place | None) -> Said:
    if not is_plain(path):
        if not _compiles(path):
            yield "K508", {"key": key, "path": path}
    elif root is not None and find(root, path) is None:
        yield "K511", {"key": key, "path": path, "near": nearest(root, path)}


def _compiles(expression: str) -> bool:
    try:
        etree.XPath(expression)
    except etree.XPathSyntaxError:
        return False
    return True


def _files(pack: Opened) -> Iterator[Remark]:
    """``[files]``: every file is there, unchanged, and no other."""
    known = pack.table.get("files")
    if not known:
        return
    found = {name: path for name, path in files_of(pack.root, pack.id).items()
             if path.name != SIGNATURE and path != pack.sheet}  # fmt: skip
    for name in sorted(set(known) | set(found)):
        if name not in found:
            yield remark("K512", name)
        elif name not in known:
            yield remark("K513", name)
        elif hashlib.sha256(found[name].read_bytes()).hexdigest() != str(known[name]).lower():
            yield remark("K514", name)
