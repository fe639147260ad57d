"""Step 2 of the page ④: where to write, is there room, and what has to be said before."""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from checktool.errors import CheckToolError
from checktool.gui.frame import Banner
from checktool.gui.handoffjob import Place, look_job
from checktool.gui.handover import request_of
from checktool.gui.pages.writing.consent import Consent
from checktool.gui.pages.writing.sizes import size_text
from checktool.gui.pages.writing.volumes import Volume, volumes_job
from checktool.gui.session import Session
from checktool.gui.worker import Worker
from checktool.handoff.writer import HandoffRequest
from checktool.wording import Wording

PAUSE_MS = 300
RECENT = 5
LINES = 4
_recent: list[str] = []


def remember(path: str) -> None:
    """Keep a destination for as long as the program runs."""
    if path in _recent:
        _recent.remove(path)
    _recent.insert(0, path)
    del _recent[RECENT:]


class DestinationPanel(QWidget):
    """A folder by typing, choosing, dropping or from the list; ``ready`` when all that is asked is there."""

    changed = Signal()

    def __init__(self, session: Session, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._wording = session, wording
        self._place: Place | None = None
        self._looker, self._finder = Worker(self), Worker(self)
        self._looker.finished.connect(self.show_place)
        self._looker.failed.connect(self._not_looked)
        self._finder.finished.connect(self.show_places)
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self._look)
        self.setAcceptDrops(True)
        self.field = QLineEdit(placeholderText=self._say("folder_example"))
        self.field.setAccessibleName(self._say("folder_name"))
        self.field.textChanged.connect(self._typed)
        self.choose_button = QPushButton(self._say("choose_folder"))
        self.choose_button.clicked.connect(self.choose)
        self.places = QListWidget()
        self.places.setAccessibleName(self._say("places_name"))
        self.places.itemClicked.connect(self._take)
        self.places.itemActivated.connect(self._take)
        self.state = Banner(role="card")
        self.dest = QLineEdit(maxLength=100, placeholderText=self._say("no_names"))
        self.dest.setAccessibleName(self._say("dest_name"))
        self.zipped = QCheckBox(self._say("zip"))
        self.zipped.toggled.connect(lambda _: self._look())
        self.consent = Consent()
        self.consent.changed.connect(self.changed)
        self._lay_out()
        self.setFocusProxy(self.field)

    def _say(self, key: str, **params: str | int) -> str:
        return self._wording.say(f"gui.write.{key}", **params)

    def _lay_out(self) -> None:
        label = QLabel(self._say("folder"))
        label.setBuddy(self.field)
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(self.field, 1)
        row.addWidget(self.choose_button)
        places = QLabel(self._say("places"))
        places.setBuddy(self.places)
        self.places.setMinimumHeight(self.fontMetrics().height() * LINES)
        self.places.setSizeAdjustPolicy(QListWidget.SizeAdjustPolicy.AdjustToContents)
        self.places.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        form = QFormLayout(labelAlignment=Qt.AlignmentFlag.AlignLeft)
        form.addRow(self._say("dest"), self.dest)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.state)
        column.addWidget(places)
        column.addWidget(self.places)
        column.addSpacing(self.fontMetrics().height() // 2)
        column.addLayout(form)
        column.addWidget(self.zipped)
        column.addStretch(1)
        column.addWidget(self.consent)

    def show_session(self, count: int) -> None:
        """Ask for consent to this many documents; find the media at hand; look at the folder anew."""
        self.consent.ask(self._say("consent", count=count))
        self._finder.start(volumes_job())
        self._look()

    def choose(self) -> None:
        """Choose a folder in a dialog."""
        path = QFileDialog.getExistingDirectory(self, self._say("choose_title"), self.field.text())
        if path:
            self.field.setText(str(Path(path)))

    @property
    def ready(self) -> bool:
        """Whether the folder can be used, has room, and the tick is there."""
        place = self._place
        return place is not None and place.usable and not place.lacking and self.consent.given

    def request(self) -> HandoffRequest:
        """What to ask of the hand-over."""
        to = Path(self.field.text().strip())
        return request_of(self._session, to, self.dest.text().strip(), self.zipped.isChecked())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Take one folder; anything else is left to the window."""
        if self._dropped(event) is None:
            event.ignore()
        else:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Write into what was dropped."""
        folder = self._dropped(event)
        if folder is not None:
            event.acceptProposedAction()
            self.field.setText(str(folder))

    def _dropped(self, event: QDropEvent) -> Path | None:
        urls = event.mimeData().urls()
        path = Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
        return path if path is not None and path.is_dir() else None

    def _typed(self) -> None:
        self._place = None
        self._timer.start()
        self.changed.emit()

    def _look(self) -> None:
        self._timer.stop()
        if self._session.report is None:
            return
        text = self.field.text().strip()
        if not text or not Path(text).is_absolute():
            self._place = None
            self.state.show_text(self._say("whole_path" if text else "no_folder"), "card")
            self.changed.emit()
            return
        self._looker.start(look_job(self._session, self.request()))

    def show_place(self, found: object) -> None:
        """Say what was found at the folder (a ``Place``), unless another was named since."""
        if not isinstance(found, Place) or found.path != Path(self.field.text().strip()):
            return
        self._place = found
        facts = {"free": size_text(found.free), "needed": size_text(found.needed)}
        if not found.usable:
            self.state.show_text(self._say("not_usable"), "correct")
        elif found.lacking:
            self.state.show_text(self._say("lacking", lacking=size_text(found.lacking)), "correct")
        else:
            key = "inside" if self._inside(found.path) else "room" if found.there else "new_folder"
            self.state.show_text(self._say(key, **facts), "confirm" if key == "inside" else "clean")
        self.changed.emit()

    def _not_looked(self, error: CheckToolError) -> None:
        said = self._wording.error(error)
        self.state.show_text(f"{said.message}{said.fix}（{error.code}）", "correct")

    def _inside(self, path: Path) -> bool:
        return any(path.is_relative_to(checked) for checked in self._session.paths)

    def show_places(self, volumes: object) -> None:
        """Offer the folders of before and the media at hand (a list of ``Volume``)."""
        self.places.clear()
        for path in _recent:
            self._offer(path, self._say("recent", path=path))
        for each in volumes if isinstance(volumes, list) else []:
            if isinstance(each, Volume) and each.path not in _recent:
                text = self._say("volume", path=each.path, name=each.name, free=size_text(each.free))
                self._offer(each.path, text)
        if not self.places.count():
            self._offer("", self._say("no_places"))

    def _offer(self, path: str, text: str) -> None:
        item = QListWidgetItem(text)
        item.setData(Qt.ItemDataRole.UserRole, path)
        if not path:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.places.addItem(item)

    def _take(self, item: QListWidgetItem) -> None:
        self.field.setText(str(item.data(Qt.ItemDataRole.UserRole)))
