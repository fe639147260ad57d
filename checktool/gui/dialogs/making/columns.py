"""What the columns of a sheet mean, said by a person."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from checktool.definitions.importing.previews import Row
from checktool.definitions.importing.vocabulary import words
from checktool.gui.dialogs.sizes import resize_within
from checktool.gui.tables.shown import bold
from checktool.wording import Wording

NEEDED = {"table": ("code", "name"), "record": ("item",)}
KINDS = ("table", "record")
LARGEST_ROW = 1_048_576
WIDTH, LINES = 72, 26


class ColumnsDialog(QDialog):
    """The sheet as a grid with a choice above each column; ``given`` brings kind, row and columns."""

    given = Signal(str, int, dict)

    def __init__(
        self,
        wording: Wording,
        rows: Sequence[Row],
        kind: str,
        row: int,
        columns: Mapping[str, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._wording, self._rows = wording, rows
        self.setWindowTitle(self._say("title"))
        letters = {letter: None for each in rows for letter in each.cells}
        self._letters = sorted(letters, key=lambda letter: (len(letter), letter))
        self.kind = QComboBox()
        for name in KINDS:
            self.kind.addItem(wording.say(f"pack_window.kind.{name}"), name)
        self.kind.setCurrentIndex(KINDS.index(kind))
        self.kind.currentIndexChanged.connect(lambda _: self._offer({}))
        self.row = QSpinBox(minimum=1, maximum=LARGEST_ROW, value=row)
        self.row.valueChanged.connect(lambda _: self._mark())
        self.grid = QTableWidget(len(rows) + 1, len(self._letters))
        self.grid.setAccessibleName(self._say("grid_name"))
        self.grid.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.grid.setHorizontalHeaderLabels(self._letters)
        self.grid.setVerticalHeaderLabels([self._say("meaning"), *(str(each.number) for each in rows)])
        self.choices = [QComboBox() for _ in self._letters]
        self.missing = QLabel(wordWrap=True)
        self._fill()
        self._lay_out()
        self._offer(columns)
        self._mark()

    def _say(self, key: str, **params: str | int) -> str:
        return self._wording.say(f"pack_window.columns.{key}", **params)

    def _fill(self) -> None:
        for place, choice in enumerate(self.choices):
            choice.setAccessibleName(self._say("choice_name", column=self._letters[place]))
            choice.currentIndexChanged.connect(lambda _: self._check())
            self.grid.setCellWidget(0, place, choice)
        for number, each in enumerate(self._rows, 1):
            for place, letter in enumerate(self._letters):
                self.grid.setItem(number, place, QTableWidgetItem(each.cells.get(letter, "")))
        width = self.fontMetrics().averageCharWidth()
        for place in range(len(self._letters)):
            self.grid.setColumnWidth(place, width * 20)
        self.grid.setRowHeight(0, self.choices[0].sizeHint().height() + 4 if self.choices else 0)

    def _lay_out(self) -> None:
        hint = QLabel(self._say("hint"), wordWrap=True)
        hint.setProperty("role", "muted")
        form = QFormLayout(labelAlignment=Qt.AlignmentFlag.AlignLeft)
        form.addRow(self._say("kind"), self.kind)
        form.addRow(self._say("row"), self.row)
        buttons = QDialogButtonBox()
        self.accept_button = buttons.addButton(self._say("accept"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.accept_button.setProperty("role", "main")
        buttons.addButton(self._say("cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.finished.connect(self.deleteLater)
        column = QVBoxLayout(self)
        column.addWidget(hint)
        column.addLayout(form)
        column.addWidget(self.grid, 1)
        column.addWidget(self.missing)
        column.addWidget(buttons)
        resize_within(self, WIDTH, LINES)

    def columns(self) -> dict[str, str]:
        """Meaning → column, as a MAP.toml has it."""
        chosen = zip(self.choices, self._letters, strict=True)
        return {choice.currentData(): letter for choice, letter in chosen if choice.currentData()}

    def accept(self) -> None:
        """Hand over what was said."""
        self.given.emit(self.kind.currentData(), self.row.value(), self.columns())
        super().accept()

    def _offer(self, columns: Mapping[str, str]) -> None:
        """The meanings of the chosen kind; those known are chosen."""
        by_letter = {letter: name for name, letter in columns.items()}
        names = ["", *words()[self.kind.currentData()]]
        for choice, letter in zip(self.choices, self._letters, strict=True):
            choice.blockSignals(True)
            choice.clear()
            for name in names:
                text = self._wording.say(f"pack_window.meaning.{name}") if name else self._say("none")
                choice.addItem(text, name)
            choice.setCurrentIndex(max(0, choice.findData(by_letter.get(letter, ""))))
            choice.blockSignals(False)
        self._check()

    def _check(self) -> None:
        """Say what is missing or meant twice; only a whole answer can be accepted."""
        chosen = [choice.currentData() for choice in self.choices if choice.currentData()]
        kind = self.kind.currentData()
        lost = [
            self._wording.say(f"pack_window.meaning.{name}") for name in NEEDED[kind] if name not in chosen
        ]
        twice = len(chosen) != len(set(chosen))
        text = self._say("missing", names="、".join(lost)) if lost else self._say("twice") if twice else ""
        self.missing.setText(text)
        self.accept_button.setEnabled(not text)

    def _mark(self) -> None:
        """Show the header row in bold."""
        plain = self.grid.font()
        for number, each in enumerate(self._rows, 1):
            for place in range(len(self._letters)):
                item = self.grid.item(number, place)
                if item is not None:
                    item.setFont(bold() if each.number == self.row.value() else plain)
