"""Step 1 of the page ④: what goes – △ confirmed in groups, single documents left out with a reason."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from checktool.gui.dialogs.reason import ReasonDialog
from checktool.gui.frame import Banner
from checktool.gui.handover import LEAVING, MAY_GO, Contents, Fate
from checktool.gui.pages.results_tables import Table
from checktool.gui.pages.writing.group import GroupLine
from checktool.gui.session import Session
from checktool.gui.tables.outgoing_model import OutgoingModel
from checktool.wording import Wording

WIDTHS = (7, 7.5, 13, 15, 10)
GROUPS_SHOWN = 3.5


class ContentsPanel(QWidget):
    """Changes ``session.confirmed`` and ``session.left_out``; ``contents`` is what follows from them."""

    changed = Signal()

    def __init__(self, session: Session, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._wording = session, wording
        self.contents: Contents | None = None
        self._lines: dict[str, GroupLine] = {}
        self.summary = Banner()
        self.groups = self._group_box()
        self.search = QLineEdit(placeholderText=self._say("search"), clearButtonEnabled=True)
        self.search.setAccessibleName(self._say("search_name"))
        self.model = OutgoingModel(session, wording, self)
        self.search.textChanged.connect(self.model.narrow)
        self.table = Table(self.model, WIDTHS, self._say("table_name"), (0, 1))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.selectionModel().selectionChanged.connect(lambda: self._show_buttons())
        self.model.modelReset.connect(self._show_buttons)
        self.leave = self._leave_button()
        self.take_back = QPushButton(self._say("take_back"))
        self.take_back.clicked.connect(self._take_back)
        self._lay_out()

    def _say(self, key: str, **params: str | int) -> str:
        return self._wording.say(f"gui.write.{key}", **params)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.search, 1)
        row.addWidget(self.leave)
        row.addWidget(self.take_back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.summary)
        column.addWidget(self.groups)
        column.addLayout(row)
        column.addWidget(self.table, 1)
        self.setFocusProxy(self.table)

    def _group_box(self) -> QFrame:
        box = QFrame()
        self._group_hint = QLabel(self._say("groups"), wordWrap=True)
        inner = QWidget()
        self._group_lines = QVBoxLayout(inner)
        self._group_lines.setContentsMargins(0, 0, 0, 0)
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inner)
        column = QVBoxLayout(box)
        column.addWidget(self._group_hint)
        column.addWidget(self._scroll)
        return box

    def _leave_button(self) -> QPushButton:
        button = QPushButton(self._say("leave"))
        button.setToolTip(self._say("leave_hint"))
        menu = QMenu(button)
        for key in LEAVING:
            action = menu.addAction(self._say(f"leaving.{key}_key"))
            action.triggered.connect(self._leaver(key))
        button.setMenu(menu)
        return button

    def _leaver(self, key: str) -> Callable[[], None]:
        return lambda: self._leave(key)

    def show_session(self) -> None:
        """Work out what goes from what the session holds, and show it."""
        contents = self.contents = Contents(self._session)
        self._show_groups(contents)
        self.model.show(contents.fates)
        going, total = contents.going, len(contents.fates)
        parts = [
            self._say(f"part.{fate.value}", count=contents.count[fate])
            for fate in Fate
            if contents.count[fate]
        ]
        key = "all" if going == total else "some" if going else "none"
        role = {"all": "clean", "some": "card", "none": "unchecked"}[key]
        self.summary.show_text(self._say(key, count=going) + "".join(parts[1:] if going else parts), role)
        self._show_buttons()

    def _show_groups(self, contents: Contents) -> None:
        groups = contents.groups
        if [group.code for group in groups] != list(self._lines):
            for old in self._lines.values():
                self._group_lines.removeWidget(old)
                old.deleteLater()
            self._lines = {}
            for group in groups:
                line = self._lines[group.code] = GroupLine(self._session, self._wording, group.code)
                line.chosen.connect(self._confirm)
                self._group_lines.addWidget(line)
            self._put_groups_first()
        for group in groups:
            self._lines[group.code].show_group(group)
        open_groups = (self._lines[group.code].box for group in groups if not group.reason)
        self.setFocusProxy(next(open_groups, self.table))
        self.groups.setVisible(bool(groups))
        if groups:
            height = max(line.sizeHint().height() for line in self._lines.values())
            self._scroll.setFixedHeight(round(height * min(len(groups) * 1.15, GROUPS_SHOWN)))

    def _put_groups_first(self) -> None:
        """Tab goes through the groups before the list; what is made last would come last."""
        before: QWidget = self.summary.label
        for line in self._lines.values():
            for after in (line.box, line.words):
                QWidget.setTabOrder(before, after)
                before = after

    def group_line(self, code: str) -> GroupLine:
        """The line of a code that is to be confirmed."""
        return self._lines[code]

    def _confirm(self, code: str, reason: str) -> None:
        if reason:
            self._session.confirmed[code] = reason
        else:
            self._session.confirmed.pop(code, None)
        self._renew()

    def _leave(self, key: str) -> None:
        if key != "other":
            self._leave_with(self._say(f"leaving.{key}"))
            return
        dialog = ReasonDialog(self._wording, self._say("leaving.other"), self)
        dialog.given.connect(self._leave_with)
        dialog.open()

    def _leave_with(self, reason: str) -> None:
        for source in self._chosen(Fate.LEFT_OUT, wanted=False):
            self._session.left_out[source] = reason
        self._renew()

    def _take_back(self) -> None:
        for source in self._chosen(Fate.LEFT_OUT, wanted=True):
            self._session.left_out.pop(source, None)
        self._renew()

    def _renew(self) -> None:
        chosen = [index.row() for index in self.table.selectionModel().selectedRows()]
        blocker = QSignalBlocker(self.table.selectionModel())
        self.show_session()
        del blocker
        if chosen and not self.table.selectionModel().hasSelection():
            self.table.select(chosen[0])
        self.changed.emit()

    def _chosen(self, fate: Fate, wanted: bool) -> Sequence[str]:
        """The chosen documents that could go and have this fate, or have not."""
        places = [index.row() for index in self.table.selectionModel().selectedRows()]
        return [
            self.model.row_at(place).report.source
            for place in places
            if self.model.row_at(place).verdict in MAY_GO and (self.model.fate_at(place) is fate) is wanted
        ]

    def _show_buttons(self) -> None:
        self.leave.setEnabled(bool(self._chosen(Fate.LEFT_OUT, wanted=False)))
        self.take_back.setEnabled(bool(self._chosen(Fate.LEFT_OUT, wanted=True)))
