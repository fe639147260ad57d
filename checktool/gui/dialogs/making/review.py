"""Step 3: what was understood, guessed and left, and every guess to be corrected."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTabWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from checktool.definitions.importing.understood import Kind, Understood, remark_text
from checktool.gui.dialogs.making.columns import KINDS, ColumnsDialog
from checktool.gui.dialogs.making.identity import IdentityPanel
from checktool.gui.making import Proposal, Wishes
from checktool.gui.pages.results_tables import Table
from checktool.gui.tables.entries_model import FORM, RECORD, TABLE, Column, EntriesModel
from checktool.gui.tables.sheets_model import SheetsModel
from checktool.gui.tables.shown import plain_tip
from checktool.wording import Wording

OWN_WORDS = {
    key: f"pack_window.remark.{key}"
    for key in (
        "pack_id",
        "pack_edition",
        "pack_title",
        "conflict",
        "no_date",
        "same_root",
        "record_unmatched",
    )
}
"""Remarks that name what to do on this page, not on the command line."""
OPEN = (Kind.DECIDE, Kind.GUESSED)
LISTS: dict[str, tuple[Sequence[Column], tuple[int, ...]]] = {
    "form": (FORM, (5, 11, 14, 14, 8, 8, 12)),
    "table": (TABLE, (5, 10, 16, 11, 20)),
    "record": (RECORD, (5, 18, 12, 24)),
}


class ReviewPanel(QWidget):
    """Tabs: the remarks, the identity, forms, code tables, record definitions, sheets."""

    edited = Signal()

    def __init__(self, wishes: Wishes, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wishes, self._wording = wishes, wording
        self._proposal: Proposal | None = None
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setWordWrap(True)
        self.tree.setAccessibleName(self._say("remarks_name"))
        self.whole = QLabel(wordWrap=True)
        self.whole.setTextFormat(Qt.TextFormat.PlainText)
        self.whole.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.whole.setAccessibleName(self._say("whole_name"))
        self.tree.currentItemChanged.connect(lambda item, _: self.whole.setText(item.text(0) if item else ""))
        self.identity = IdentityPanel(wishes, wording)
        self.identity.edited.connect(self.edited)
        self.tables: dict[str, Table] = {}
        self.remarks = QWidget()
        told = QVBoxLayout(self.remarks)
        told.addWidget(self.tree, 1)
        told.addWidget(self.whole)
        self.remarks.setFocusProxy(self.tree)
        self.tabs = QTabWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tabs)
        self.setFocusProxy(self.tabs.tabBar())

    def _say(self, key: str, **params: str | int) -> str:
        return self._wording.say(f"pack_window.review.{key}", **params)

    def show_proposal(self, proposal: Proposal) -> None:
        """Show what was made; the tab that was open stays open."""
        self._proposal, at = proposal, max(0, self.tabs.currentIndex())
        self._list(proposal.made.draft.notes)
        self.identity.show_wishes()
        while self.tabs.count():
            self.tabs.removeTab(0)
        self.tabs.addTab(self.remarks, self._say("remarks"))
        self.tabs.addTab(self.identity, self._say("identity"))
        for kind, (columns, widths) in LISTS.items():
            model = EntriesModel(getattr(self._wishes.map, kind), columns, self._wording, self)
            model.edited.connect(self.edited)
            self.tables[kind] = Table(model, widths, self._say(f"name.{kind}"))
            self.tables[kind].select(0)
            count = model.rowCount()
            self.tabs.addTab(self._page(kind, self.tables[kind]), self._say(f"tab.{kind}", count=count))
        self.sheets = Table(
            SheetsModel(proposal, self._wishes.map, self._wording, self),
            (28, 16, 16),
            self._say("sheets_name"),
        )
        self.sheets.select(0)
        self.tabs.addTab(self._page("sheet", self.sheets), self._say("sheets"))
        self.tabs.setCurrentIndex(at)

    def _page(self, kind: str, table: Table) -> QWidget:
        """A table with a hint, and a button for what its columns mean where it stands on a sheet."""
        page = QWidget()
        hint = QLabel(self._say(f"{kind}_hint"), wordWrap=True)
        hint.setProperty("role", "muted")
        row = QHBoxLayout()
        row.addWidget(hint, 1)
        if kind != "form":
            button = QPushButton(self._say("columns"))
            button.clicked.connect(lambda: self.ask_columns(kind))
            row.addWidget(button)
        column = QVBoxLayout(page)
        column.addWidget(table, 1)
        column.addLayout(row)
        page.setFocusProxy(table)
        return page

    def _list(self, notes: Understood) -> None:
        self.tree.clear()
        for kind in (Kind.DECIDE, Kind.GUESSED, Kind.UNDERSTOOD, Kind.UNUSED):
            remarks = notes.of(kind)
            if not remarks:
                continue
            top = QTreeWidgetItem([self._say(f"list.{kind}", count=len(remarks))])
            for remark in remarks:
                text = remark_text(remark, self._wording, OWN_WORDS)
                item = QTreeWidgetItem([text])
                item.setToolTip(0, plain_tip(text))
                top.addChild(item)
            self.tree.addTopLevelItem(top)
            top.setExpanded(kind in OPEN)

    def ask_columns(self, kind: str) -> ColumnsDialog | None:
        """Ask what the columns of the chosen table, record definition or sheet mean."""
        if self._proposal is None:
            return None
        sheets = self._proposal.made.draft.sheets
        if kind == "sheet":
            names = list(sheets)
            at = self.sheets.currentIndex().row()
            if not 0 <= at < len(names):
                return None
            first = sheets[names[at]][:1]
            return self._open(KINDS[0], names[at], first[0].number if first else 1, {})
        model = self.tables[kind].model()
        entry = (
            model.entry(self.tables[kind].currentIndex().row()) if isinstance(model, EntriesModel) else None
        )
        if entry is None or "file" not in entry:
            return None
        sheet = (str(entry["file"]), str(entry.get("sheet", "")))
        return self._open(kind, sheet, int(entry.get("row", 1)), entry.get("columns", {}))

    def _open(self, kind: str, sheet: tuple[str, str], row: int, columns: dict[str, str]) -> ColumnsDialog:
        rows = self._proposal.made.draft.sheets.get(sheet, ()) if self._proposal else ()
        dialog = ColumnsDialog(self._wording, rows, kind, row, columns, self)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.given.connect(lambda kind, row, columns: self._read_as(kind, sheet, row, columns))
        dialog.open()
        return dialog

    def _read_as(self, kind: str, sheet: tuple[str, str], row: int, columns: dict[str, str]) -> None:
        self._wishes.read_as(kind, sheet, row, columns)
        for table in self.tables.values():
            model = table.model()
            if isinstance(model, EntriesModel):
                model.layoutChanged.emit()
        self.edited.emit()
