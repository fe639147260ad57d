"""Making a pack of a delivery and trying it: the one way that the command line and the window share."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from checktool.checking.check import CheckOptions
from checktool.checking.engine import run
from checktool.checking.judge import Judge
from checktool.definitions.importing import draft as drafts
from checktool.definitions.importing.draft import PackDraft
from checktool.definitions.importing.examples import Example
from checktool.definitions.importing.mapping import ImportMap
from checktool.definitions.importing.understood import Remark, Understood
from checktool.definitions.importing.write import Staged
from checktool.errors import PackError
from checktool.model.definition import DefinitionPack
from checktool.model.report import FileReport, Verdict, verdict_of_file
from checktool.wording import Wording

PACK = "pack"


@dataclass(frozen=True, slots=True)
class Tried:
    """One example with the reports that the new pack gives of it."""

    example: Example
    reports: tuple[FileReport, ...]

    @property
    def clean(self) -> bool:
        """Whether nothing at all was found in it."""
        return bool(self.reports) and all(
            verdict_of_file(one) is Verdict.CLEAN and not one.findings for one in self.reports
        )


@dataclass(frozen=True, slots=True)
class Made:
    """A whole pack in ``folder`` with its MAP.toml, what it was made of, and its examples tried."""

    folder: Path
    draft: PackDraft
    tried: tuple[Tried, ...]


def make(
    sources: Sequence[str],
    given: ImportMap,
    stated: Mapping[str, str],
    folder: Path,
    on: date,
    wording: Wording,
    heard: Callable[[Remark], None] | None = None,
) -> Made:
    """Make a pack in ``folder``, an empty one: the delivery is unpacked there, the pack is ``folder/pack``.

    ``stated`` (``drafts.STATED``) comes before the map and before guesses. ``heard`` hears every remark when
    it is made; what it raises ends the import. Raises PackError for a pack that cannot be made.
    """
    notes = Understood(heard=heard)
    (folder / "delivery").mkdir()
    draft = drafts.make(list(sources), given, stated, folder / "delivery", notes)
    staged = Staged(draft, folder / PACK, wording)
    pack = _judgeable(staged, on)
    tried = tuple(_tried(draft, pack, on))
    _keep_tests(draft, staged, tried)
    staged.finish()
    return Made(folder / PACK, draft, tried)


def _judgeable(staged: Staged, on: date) -> DefinitionPack:
    """The pack as a check builds it. Raises PackError for what no check can be built of."""
    loaded = staged.load()
    try:
        Judge(loaded, CheckOptions(on=on))
    except PackError as fault:
        raise staged.unusable(fault) from fault
    return loaded


def _tried(draft: PackDraft, pack: DefinitionPack, on: date) -> Iterator[Tried]:
    for example in draft.examples:
        yield Tried(example, run([str(example.piece.path)], pack, CheckOptions(on=on)).files)


def _keep_tests(draft: PackDraft, staged: Staged, tried: Sequence[Tried]) -> None:
    """Examples without any finding become test cases of the pack."""
    clean = [one.example for one in tried if one.clean]
    for number, example in enumerate(clean, 1):
        name = f"rules/{draft.id}/tests/X107/pass-example-{number:02}.xml"
        staged.add(name, example.piece.path.read_bytes())
