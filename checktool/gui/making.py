"""Making a definition pack in the window: what a person chose, and the jobs that do it. No Qt.

Everything is done by ``checking/importing.py``, as ``checktool pack import`` does it; what was chosen here
is all in the sources, the MAP.toml and the pack's identity, so that a command line can repeat it.
"""

import shutil
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from checktool.checking.importing import Made, make
from checktool.checking.packtests.run import SetsReport, run_tests
from checktool.definitions import pack as packs
from checktool.definitions.importing import mapping
from checktool.definitions.importing.draft import STATED
from checktool.definitions.importing.mapping import Entry, ImportMap
from checktool.definitions.importing.understood import Remark
from checktool.definitions.importing.write import save
from checktool.definitions.lint.remark import Level
from checktool.definitions.lint.remark import Remark as LintRemark
from checktool.definitions.lint.run import lint
from checktool.definitions.trust import store
from checktool.errors import CheckToolError, PackError
from checktool.gui.worker import Job, Tell
from checktool.wording import Wording


class _Stopped(Exception):  # noqa: N818 - a wish, no error
    pass


@dataclass(slots=True)
class Wishes:
    """What a person chose: the sources, how to read them, what the pack is called."""

    sources: list[str] = field(default_factory=list)
    map: ImportMap = field(default_factory=ImportMap)
    stated: dict[str, str] = field(default_factory=dict)

    def take(self, made: Made) -> None:
        """Go on from what was made: every guess may be changed."""
        self.map = made.draft.map
        self.stated = {key: value for key in STATED if (value := made.draft.map.pack.get(key, ""))}

    def read_as(self, kind: str, sheet: tuple[str, str], row: int, columns: Mapping[str, str]) -> None:
        """Say what the columns of a sheet mean; ``kind`` is table or record."""
        entries: list[Entry] = getattr(self.map, kind)
        stated: Entry = {
            "file": sheet[0],
            "sheet": sheet[1],
            "row": row,
            "columns": dict(columns),
            "fixed": True,
        }
        for entry in entries:
            if (entry.get("file"), entry.get("sheet", ""), entry.get("row")) == (*sheet, row):
                entry.update(stated)
                return
        entries.append(stated)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pack that was made, linted and tested; it lies in a folder that ends with this."""

    made: Made
    lint: tuple[LintRemark, ...]
    tests: SetsReport | None
    holder: tempfile.TemporaryDirectory[str]

    @property
    def sound(self) -> bool:
        """Whether lint has no error and no test goes wrong."""
        wrong = any(one.level is Level.ERROR for one in self.lint)
        return not wrong and (self.tests is None or not self.tests.failed)


@dataclass(frozen=True, slots=True)
class Saved:
    """Where a pack and its MAP.toml lie; ``used`` when checks use it from now on, ``fault`` why not."""

    path: Path
    map_path: Path
    used: bool = False
    fault: CheckToolError | None = None


def make_job(wishes: Wishes, on: date, wording: Wording) -> Job:
    """A job that makes, lints and tests a pack. It tells every remark; its result is a Proposal.

    Stopped it is None. It raises PackError for a pack that cannot be made.
    """
    sources, given, stated = tuple(wishes.sources), wishes.map, dict(wishes.stated)

    def run(tell: Tell, stop: threading.Event) -> Proposal | None:
        def heard(remark: Remark) -> None:
            if stop.is_set():
                raise _Stopped
            tell(remark)

        holder = tempfile.TemporaryDirectory(prefix="checktool-import-", ignore_cleanup_errors=True)
        try:
            made = make(sources, given, stated, Path(holder.name), on, wording, heard)
            if stop.is_set():
                raise _Stopped
            shutil.rmtree(Path(holder.name) / "delivery", ignore_errors=True)
            return Proposal(made, tuple(lint(str(made.folder))), _tests(made.folder, on), holder)
        except _Stopped:
            holder.cleanup()
            return None
        except BaseException:
            holder.cleanup()
            raise

    return run


def _tests(folder: Path, on: date) -> SetsReport | None:
    try:
        return run_tests(packs.load(str(folder)), on)
    except PackError as fault:
        if fault.code == "P030":
            return None
        raise


def save_job(proposal: Proposal, target: Path, use: bool) -> Job:
    """A job that puts a pack at its place and, if wanted, installs and uses it; its result is a Saved.

    It raises HandoffError A007 or P027 when nothing can be saved there.
    """

    def run(_tell: Tell, _stop: threading.Event) -> Saved:
        map_path = save(proposal.made.folder, target)
        if not use:
            return Saved(target, map_path)
        try:
            installed, _ = store.install(str(target))
            store.use(installed.info.id, installed.info.edition)
        except CheckToolError as fault:
            return Saved(target, map_path, fault=fault)
        return Saved(target, map_path, used=True)

    return run


def read_map(path: str) -> ImportMap:
    """A MAP.toml of an import before this one. Raises PackError P002, P024."""
    return mapping.read(Path(path))


def command_line(sources: Sequence[str], saved: Saved) -> str:
    """The command that makes the same pack again."""
    again = saved.path.with_name(f"{saved.path.stem}-2{saved.path.suffix}")
    words = ["checktool", "pack", "import", *sources, "--map", str(saved.map_path), "-o", str(again)]
    return " ".join(f'"{word}"' if " " in word else word for word in words)
