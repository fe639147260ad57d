"""Past runs as a table."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from checktool.gui.past_runs import CHECK, PastRun
from checktool.gui.tables.shown import verdict_text
from checktool.gui.theme import current
from checktool.model.report import Verdict
from checktool.wording import Wording

Place = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
NUMBERS = ("files", "handed")
COLUMNS = ("when", "start", "kind", "verdict", "files", "counts", "handed", "pack", "profile")


class RunsModel(QAbstractTableModel):
    """A table over runs, newest first."""

    def __init__(self, wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self._runs: Sequence[PastRun] = ()

    def show(self, runs: Sequence[PastRun]) -> None:
        """Show other runs."""
        self.beginResetModel()
        self._runs = runs
        self.endResetModel()

    def rowCount(self, parent: Place = QModelIndex()) -> int:  # noqa: N802, B008
        """How many runs there are."""
        return 0 if parent.isValid() else len(self._runs)

    def columnCount(self, parent: Place = QModelIndex()) -> int:  # noqa: N802, B008
        """How many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        """The names of the columns."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == Role.TextAlignmentRole and COLUMNS[section] in NUMBERS:
            return RIGHT
        return (
            self._wording.say(f"gui.history.column.{COLUMNS[section]}") if role == Role.DisplayRole else None
        )

    def data(self, index: Place, role: int = Role.DisplayRole) -> Any:
        """A cell; a verdict in its colour."""
        if not index.isValid():
            return None
        run, name = self._runs[index.row()], COLUMNS[index.column()]
        if role in (Role.DisplayRole, Role.AccessibleTextRole, Role.ToolTipRole):
            return self._text(run, name)
        if role == Role.TextAlignmentRole and name in NUMBERS:
            return RIGHT
        if role == Role.ForegroundRole and name == "verdict":
            return current().verdict(run.verdict)
        return None

    def _text(self, run: PastRun, name: str) -> str:
        say = self._wording.say
        practice = say("gui.history.practice") if run.practice else ""
        status = say(f"report.status.{run.status}")
        return {
            "when": run.when.replace("T", " "),
            "start": say("gui.history.now" if run.of_this_start else "gui.history.before"),
            "kind": say(f"gui.history.kind.{run.kind}") + practice,
            "verdict": verdict_text(self._wording, run.verdict),
            "files": str(run.files),
            "counts": say("gui.history.counts", **{each.value: getattr(run, each.value) for each in Verdict}),
            "handed": "" if run.kind == CHECK else str(run.handed),
            "pack": f"{run.pack} {run.edition}（{status}）",
            "profile": run.profile or say("gui.window.profile_none"),
        }[name]
