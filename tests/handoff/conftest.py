"""A hospital in small: files that say themselves how they are judged, and a check that obeys them."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from checktool.handoff.selection import codes_to_confirm
from checktool.handoff.writer import HandoffRequest, HandoffResult, write
from checktool.model.definition import DefinitionPack, Limits
from checktool.model.finding import FILE_LAYERS, Finding, Layer, Location, Severity
from checktool.model.report import (
    BatchResult,
    CheckReport,
    FileReport,
    LayerResult,
    LayerStatus,
    PackInfo,
)
from checktool.reading.encodings import decode
from checktool.reading.sources import Source, list_sources
from checktool.wording import Wording

Check = Callable[[Path], CheckReport]
ON = date(2026, 11, 22)
FORMS = {"Survey": "survey", "Opinion": "opinion"}
SECRET = "秘密花子"


def form(kind: str = "Opinion", judged: str = "clean", name: str = SECRET) -> str:
    return f'<{kind} xmlns="urn:t" judged="{judged}"><Name>{name}</Name></{kind}>'


def document(kind: str = "Opinion", judged: str = "clean", name: str = SECRET) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{form(kind, judged, name)}\n'


def judge(node: etree._Element, source: str, raw: bytes) -> FileReport:
    """One document judged by its own attribute; a BOM is a warning of reading."""
    found: dict[Layer, list[Finding]] = {layer: [] for layer in FILE_LAYERS}
    place = Location(source, "/x", "氏名")
    severity = {"error": Severity.ERROR, "warning": Severity.WARNING}.get(node.get("judged", ""))
    if severity is not None:
        params = (("value", node[0].text or ""), ("ch", "髙"), ("pos", 1))
        found[Layer.TEXT].append(Finding("T203", severity, place, params))
    if raw.startswith(b"\xef\xbb\xbf"):
        found[Layer.READING].append(Finding("X103", Severity.WARNING, place))
    layers = tuple(LayerResult(layer, LayerStatus.PASSED, tuple(found[layer])) for layer in FILE_LAYERS)
    kind = etree.QName(node).localname
    return FileReport(source, hashlib.sha256(raw).hexdigest(), FORMS.get(kind, "other"), kind, layers)


def judge_all(sources: Sequence[Source]) -> list[FileReport]:
    reports = []
    for source in sources:
        with source.open() as stream:
            raw = stream.read()
        root = etree.fromstring(decode(raw)[0].encode("utf-8"), etree.XMLParser(encoding="utf-8"))
        if etree.QName(root).localname == "Forms":
            records = enumerate(root.iterchildren(etree.Element), start=1)
            reports += [judge(node, f"{source.name}#{number}", raw) for number, node in records]
        else:
            reports.append(judge(root, source.name, raw))
    return reports


class Hospital:
    """An export folder, what its check found, and the hand-over of it."""

    def __init__(self, export: Path, out: Path, status: str = "sample", pattern: str = "") -> None:
        self.export = export
        self.out = out
        info = PackInfo("nanshou-sample", "2025-04", "見本定義", status, "ab" * 32)
        limits = Limits(file_name=pattern)
        self.pack = DefinitionPack(info, Path(), Path(), (), {}, limits=limits)
        self.wording = Wording()
        self.report: CheckReport | None = None

    def put(self, name: str, content: str | bytes) -> Path:
        path = self.export / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    def sources(self, path: Path | None = None) -> list[Source]:
        listed = list_sources([str(path or self.export)], self.pack.limits)
        return [source for source in listed if isinstance(source, Source)]

    def check(self, path: Path | None = None) -> CheckReport:
        files = tuple(judge_all(self.sources(path)))
        batch = BatchResult(LayerStatus.PASSED)
        return CheckReport(self.pack.info, None, (), ON.isoformat(), files, batch, completed=True)

    def hand_over(
        self,
        reason: str | None = None,
        check_again: Check | None = None,
        **more: Any,
    ) -> HandoffResult:
        """Hand over; with a reason every warning is confirmed by it."""
        report = self.report or self.check()
        codes = sorted({code for each in codes_to_confirm(report).values() for code in each})
        wishes = {"confirmed": dict.fromkeys(codes, reason) if reason else {}, **more}
        request = HandoffRequest(self.out, ON, by="担当 太郎", dest="県庁", **wishes)
        return write(report, self.sources(), self.pack, request, self.wording, check_again or self.check)

    def left_behind(self) -> list[str]:
        return sorted(path.name for path in self.out.iterdir()) if self.out.exists() else []


@pytest.fixture
def hospital(tmp_path: Path) -> Hospital:
    (tmp_path / "export").mkdir()
    return Hospital(tmp_path / "export", tmp_path / "out")
