"""Step 1: what was handed out, and a MAP.toml of an edition before."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from checktool.gui.making import Wishes
from checktool.wording import Wording


class SourcesPanel(QWidget):
    """A list to drop on, and a field for the MAP.toml."""

    changed = Signal()

    def __init__(self, wishes: Wishes, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wishes, self._wording = wishes, wording
        self.setAcceptDrops(True)
        self.list = QListWidget()
        self.list.setAccessibleName(self._say("sources_name"))
        self.list.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.files = QPushButton(self._say("add_files"))
        self.files.clicked.connect(self._choose_files)
        self.folder = QPushButton(self._say("add_folder"))
        self.folder.clicked.connect(self._choose_folder)
        self.remove = QPushButton(self._say("remove"))
        self.remove.clicked.connect(self._remove)
        self.map = QLineEdit(placeholderText=self._say("map_hint"))
        self.map.setAccessibleName(self._say("map_name"))
        self.map.textChanged.connect(lambda _: self.changed.emit())
        self.choose_map = QPushButton(self._say("choose_map"))
        self.choose_map.clicked.connect(self._choose_map)
        self.list.currentRowChanged.connect(lambda row: self.remove.setEnabled(row >= 0))
        self._lay_out()
        self.setFocusProxy(self.files)

    def _say(self, key: str, **params: str | int) -> str:
        return self._wording.say(f"pack_window.making.{key}", **params)

    def _lay_out(self) -> None:
        label = QLabel(self._say("sources"))
        label.setBuddy(self.list)
        hint = QLabel(self._say("sources_hint"), wordWrap=True)
        hint.setProperty("role", "muted")
        buttons = QHBoxLayout()
        for button in (self.files, self.folder, self.remove):
            buttons.addWidget(button)
        buttons.addStretch(1)
        map_label = QLabel(self._say("map"))
        map_label.setBuddy(self.map)
        row = QHBoxLayout()
        row.addWidget(map_label)
        row.addWidget(self.map, 1)
        row.addWidget(self.choose_map)
        self.remove.setEnabled(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label)
        column.addWidget(hint)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)
        column.addSpacing(self.fontMetrics().height())
        column.addLayout(row)

    def add(self, paths: Sequence[str]) -> None:
        """Take more sources; one that is there already is not taken twice."""
        for path in paths:
            if path and path not in self._wishes.sources:
                self._wishes.sources.append(path)
                self.list.addItem(path)
        self.changed.emit()

    @property
    def ready(self) -> bool:
        """Whether there is anything to read."""
        return bool(self._wishes.sources)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Files and folders may be dropped."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Take what was dropped; a MAP.toml goes into its field."""
        event.acceptProposedAction()
        paths = [str(Path(url.toLocalFile())) for url in event.mimeData().urls() if url.isLocalFile()]
        for path in paths:
            if path.lower().endswith(".toml"):
                self.map.setText(path)
        self.add([path for path in paths if not path.lower().endswith(".toml")])

    def _choose_files(self) -> None:
        paths, _ = QFileDialog.getOpenFileNames(self, self._say("files_title"), "", self._say("kinds"))
        self.add([str(Path(path)) for path in paths])

    def _choose_folder(self) -> None:
        path = QFileDialog.getExistingDirectory(self, self._say("folder_title"))
        self.add([str(Path(path))] if path else [])

    def _choose_map(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, self._say("map_title"), "", self._say("map_kinds"))
        if path:
            self.map.setText(str(Path(path)))

    def _remove(self) -> None:
        for item in self.list.selectedItems():
            row = self.list.row(item)
            self.list.takeItem(row)
            del self._wishes.sources[row]
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()
