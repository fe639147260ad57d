"""One document through all layers of its form, in a process of its own or not."""

from collections.abc import Iterator
from functools import cache

from checktool.checking.bench import Bench, Judged
from checktool.checking.check import CheckOptions
from checktool.checking.findings import root_location
from checktool.checking.severities import Severities
from checktool.model.definition import DefinitionPack
from checktool.model.finding import FILE_LAYERS, Finding, Layer, Location, Severity
from checktool.model.report import FileReport, LayerResult, LayerStatus, Note
from checktool.reading.document import Document, Unreadable, read
from checktool.reading.faults import ReadFault
from checktool.reading.identify import Identifier
from checktool.reading.sources import Refused, Source

_READ = LayerResult(Layer.READING, LayerStatus.PASSED)


class Judge:
    """Everything that is built once a process to judge documents by a pack and its other editions."""

    def __init__(self, pack: DefinitionPack, options: CheckOptions) -> None:
        """Build the checks of the pack now, so that its faults show before any document.

        Those of another edition are built for its first document. Raises PackError P004 to P008, P011.
        """
        self._pack = pack
        self._options = options
        self._severities = Severities(pack)
        self._identifier = Identifier(pack, options.on)
        self._benches = {id(pack): Bench(pack, options)}

    def source(self, source: Source | Refused) -> Iterator[Judged]:
        """The reports of one source: one, or one a record. Raises PackError where an edition has a fault."""
        if isinstance(source, Refused):
            yield (
                self._unreadable(Unreadable(source.name, source.sha256, source.finding_code, source.params)),
                None,
            )
            return
        for found in read(source, self._pack):
            yield (self._unreadable(found), None) if isinstance(found, Unreadable) else self.document(found)

    def _unreadable(self, found: Unreadable) -> FileReport:
        params = dict(found.params)
        line, column = int(params.get("line", 0)), int(params.pop("column", 0))
        location = Location(found.source, line=line, column=column)
        finding = Finding(found.code, Severity.ERROR, location, tuple(params.items()))
        first = LayerResult(Layer.READING, LayerStatus.FAILED, (finding,))
        return unfinished(found.source, found.sha256, (first,), Note("reading_failed"))

    def document(self, document: Document) -> Judged:
        """The report of one document, and its facts for the batch layer."""
        reading = self._reading(document) if document.noticed else _READ
        try:
            known = self._identifier.identify(document.root)
        except ReadFault as fault:
            finding = Finding(fault.code, Severity.ERROR, root_location(document), fault.params)
            form = LayerResult(Layer.FORM, LayerStatus.FAILED, (finding,))
            return unfinished(document.source, document.sha256, (reading, form), Note("form_failed")), None
        return self._bench(known.pack).judge(document, known, reading)

    def _bench(self, edition: DefinitionPack) -> Bench:
        """The checks of the edition that judges a document."""
        if id(edition) not in self._benches:
            self._benches[id(edition)] = Bench(edition, self._options, edition.info.edition)
        return self._benches[id(edition)]

    def _reading(self, document: Document) -> LayerResult:
        """What reading noticed; a profile may make an error of it, and so leave the document unchecked."""
        found = []
        for code, params in document.noticed:
            severity = self._severities.of(code)
            if severity is not None:
                found.append(Finding(code, severity, Location(document.source), params))
        failed = any(finding.severity is Severity.ERROR for finding in found)
        status = LayerStatus.FAILED if failed else LayerStatus.PASSED
        return LayerResult(Layer.READING, status, tuple(found))


def unfinished(
    source: str, sha256: str, layers: tuple[LayerResult, ...], note: Note,
    status: LayerStatus = LayerStatus.SKIPPED,
) -> FileReport:  # fmt: skip
    """The report of a document whose check ended early: the layers so far, the rest skipped."""
    return FileReport(source, sha256, "", "", (*layers, *_rest(len(layers), note, status)))


@cache
def _rest(done: int, note: Note, status: LayerStatus) -> tuple[LayerResult, ...]:
    """The layers after those that are done; one for the whole rest of a stopped run."""
    first = LayerResult(FILE_LAYERS[done], status, (), note)
    return (first, *(LayerResult(layer, LayerStatus.SKIPPED, (), note) for layer in FILE_LAYERS[done + 1 :]))
