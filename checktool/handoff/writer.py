"""The hand-over: choose, write, check again, read back, and only then give the package its name."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import count
from pathlib import Path

from checktool.errors import HandoffError
from checktool.handoff import manifest as bag
from checktool.handoff.names import next_number, package_name
from checktool.handoff.payload import source_size, write_payload
from checktool.handoff.record import RECORD, REPORT, bag_info, check_record, report_json
from checktool.handoff.selection import Left, Output, choose
from checktool.handoff.staging import (
    demand_space,
    flush_folder,
    publish,
    target_fault,
    target_folder,
    working_folder,
    write_file,
)
from checktool.handoff.verifier import verify
from checktool.handoff.zipped import write_zip
from checktool.model.definition import DefinitionPack
from checktool.model.finding import Layer
from checktool.model.report import GRAVEST_FIRST, CheckReport, FileReport, PackInfo, Verdict, verdicts
from checktool.reading.sources import Source
from checktool.wording import Wording

MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
OVERHEAD_BYTES = 32_000
OVERHEAD_PER_FILE = 6_144

CheckAgain = Callable[[Path], CheckReport]
Watch = Callable[[str, int, int], None]
WRITING, READING_BACK = "writing", "reading_back"
"""The stages that a watch is told, with how many files are done and how many there are."""


def nobody_watches(_stage: str, _done: int, _total: int) -> None:
    """The watch of a hand-over that tells nobody."""


@dataclass(frozen=True, slots=True)
class HandoffRequest:
    """What the person at work asks for; ``by``, ``dest`` and the wording of reasons stay in the hospital.

    ``confirmed`` maps the code of a warning to the reason for which it is accepted: a document that is △
    goes out when all its codes are there. ``leave_out`` names, by source, documents that stay behind.
    """

    to: Path
    on: date
    confirmed: Mapping[str, str] = field(default_factory=dict)
    leave_out: frozenset[str] = frozenset()
    by: str = ""
    dest: str = ""
    zip: bool = False


@dataclass(frozen=True, slots=True)
class Handed:
    """One document that was handed over: its name in the package, its name and hash in the hospital."""

    output: str
    input: str
    sha256: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class HandoffResult:
    """A verified package, and the mapping that does not go onto the medium."""

    package: Path
    name: str
    handed: tuple[Handed, ...]
    left: tuple[Left, ...]
    manifest_sha256: str


def write(
    report: CheckReport,
    sources: Sequence[Source],
    pack: DefinitionPack,
    request: HandoffRequest,
    wording: Wording,
    check_again: CheckAgain,
    watch: Watch = nobody_watches,
) -> HandoffResult:
    """Write what may go out of a checked run as a verified package.

    ``check_again`` checks the written data folder in the way in which the run was checked. ``watch`` is
    told how far the work is; what it or ``check_again`` raises ends the work. Raises
    HandoffError: H001, H002, H008 for the target, H003 when nothing may go out, H004 and H011 when what
    was written is not what was checked, H005 when a source changed, H012 for the pack's file names, H013
    when the pack allows a package fewer bytes. Whatever is raised, nothing is left in the target.
    """
    pattern = pack.limits.file_name
    outputs, left = choose(report, sources, request.confirmed, request.leave_out, pattern)
    if not outputs:
        raise HandoffError("H003")
    with target_folder(request.to):
        try:
            demand_space(request.to, _estimated(outputs, request.zip))
            with working_folder(request.to, _names(request, report.pack)) as (name, place):
                package = place / name
                most = pack.limits.package_bytes
                digest = _write_package(package, report, outputs, request, wording, check_again, watch, most)
                final = _publish(package, request, watch)
        except OSError as fault:
            raise target_fault(fault, request.to) from fault
    return HandoffResult(final, name, tuple(_mapping(outputs)), tuple(left), digest)


def space_needed(
    report: CheckReport, sources: Sequence[Source], pack: DefinitionPack, request: HandoffRequest
) -> int:
    """The bytes that the volume must have left for a hand-over. Raises HandoffError H012."""
    outputs, _ = choose(report, sources, request.confirmed, request.leave_out, pack.limits.file_name)
    return _estimated(outputs, request.zip)


def _names(request: HandoffRequest, info: PackInfo) -> Iterator[str]:
    first = next_number(request.to, info, request.on)
    return (package_name(info, request.on, number) for number in count(first))


def _write_package(
    package: Path,
    report: CheckReport,
    outputs: list[Output],
    request: HandoffRequest,
    wording: Wording,
    check_again: CheckAgain,
    watch: Watch,
    most: int,
) -> str:
    """Write a whole package under its working name and prove it; answer the hash of its manifest."""
    data = package / "data"
    data.mkdir(parents=True)
    hashes = write_payload(outputs, data, partial(watch, WRITING))
    flush_folder(data)
    octets = sum((data / name).stat().st_size for name in hashes)
    if most and octets > most:
        raise HandoffError("H013", size=octets, most=most)
    again = check_again(data)
    _demand_same_verdicts(outputs, hashes, again)
    tags = {
        REPORT: report_json(again, wording),
        RECORD: check_record(report, outputs, hashes, request.confirmed, wording),
        bag.INFO: bag_info(package.name, report.pack, request.on, octets, len(hashes), wording),
        bag.BAGIT: bag.DECLARATION,
        MANIFEST: bag.written_manifest({bag.DATA + name: value for name, value in hashes.items()}),
    }
    written = {name: write_file(package / name, [content]) for name, content in tags.items()}
    written[TAG_MANIFEST] = write_file(package / TAG_MANIFEST, [bag.written_manifest(written)])
    flush_folder(package)
    expected = {**written, **{bag.DATA + name: value for name, value in hashes.items()}}
    _demand_read_back(package, watch, expected)
    return written[MANIFEST]


def _demand_same_verdicts(outputs: list[Output], hashes: Mapping[str, str], again: CheckReport) -> None:
    """What lies in the package is judged as what was checked; only faults that cleaning mends go."""
    found = {file.source: (file, verdict) for file, verdict in zip(again.files, verdicts(again), strict=True)}
    expected = {name: (output, document) for output in outputs for name, document in output.names()}
    if not again.completed or found.keys() != expected.keys():
        raise HandoffError("H011")
    for name, (output, document) in expected.items():
        file, verdict = found[name]
        graver = GRAVEST_FIRST.index(verdict) < GRAVEST_FIRST.index(document.verdict)
        if graver or file.sha256 != hashes[output.name] or _judged(file) != _judged(document.report):
            raise HandoffError("H011")


def _judged(file: FileReport) -> list[tuple[Layer, str, int]]:
    """What was found about the content, the bytes apart."""
    return [
        (result.layer, found.code, found.severity)
        for result in file.layers
        if result.layer is not Layer.READING
        for found in result.findings
    ]


def _demand_read_back(path: Path, watch: Watch, expected: Mapping[str, str] | None = None) -> None:
    verified = verify(path, partial(watch, READING_BACK))
    differing = {name for name, value in (expected or {}).items() if verified.hashes.get(name) != value}
    different = {fault.path for fault in verified.faults} | differing
    if different:
        raise HandoffError("H004", count=len(different))


def _publish(package: Path, request: HandoffRequest, watch: Watch) -> Path:
    finished = package
    if request.zip:
        finished = package.with_name(f"{package.name}.zip")
        write_zip(package, finished, request.on)
        _demand_read_back(finished, watch)
    final = request.to / finished.name
    publish(finished, final)
    return final


def _estimated(outputs: Sequence[Output], zipped: bool) -> int:
    """The bytes that writing takes on the volume: of a ZIP, the package is written beside it first."""
    octets = sum(source_size(output.source) + OVERHEAD_PER_FILE for output in outputs) + OVERHEAD_BYTES
    return octets * 2 if zipped else octets


def _mapping(outputs: Sequence[Output]) -> Iterator[Handed]:
    for output in outputs:
        for name, document in output.names():
            yield Handed(name, document.report.source, document.report.sha256, document.verdict)
