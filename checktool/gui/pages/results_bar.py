"""The two lines above the list of results: how far the check is, and what of the results is shown."""

import time
from collections.abc import Container, Mapping

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from checktool.gui.fitting import Pair
from checktool.gui.pages.outcome import remaining_text
from checktool.gui.session import RunState, Session
from checktool.gui.tables.index import EVERY_STATE
from checktool.gui.tables.shown import verdict_text
from checktool.model.report import Verdict
from checktool.wording import Wording

SEARCH_PAUSE_MS = 120
LEAST_SEARCH = 22
FILTERS: tuple[Verdict | None, ...] = (None, *Verdict)


class ProgressLine(QWidget):
    """A bar, the count, the time that is left, and the button that stops."""

    stop_clicked = Signal()

    def __init__(self, session: Session, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.began = time.monotonic()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(wording.say("gui.results.progress"))
        self.label = QLabel()
        self.button = QPushButton(wording.say("gui.results.stop"))
        self.button.clicked.connect(self.stop_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.bar, 1)
        row.addWidget(self.label)
        row.addWidget(self.button)
        self.hide()

    def show_state(self) -> None:
        """Show where the run stands; hidden when none is under way."""
        session, say = self._session, self._session.wording.say
        self.setVisible(session.state.busy)
        self.button.setEnabled(session.state is not RunState.STOPPING)
        done = len(session.rows)
        total = max(len(session.sources), done)
        if not done:
            self.began = time.monotonic()
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        if session.state is RunState.STOPPING:
            self.label.setText(say("gui.results.stopping"))
        elif session.state is RunState.LISTING:
            self.label.setText(say("gui.results.listing"))
        else:
            rest = remaining_text(session, time.monotonic() - self.began)
            self.label.setText(say("gui.results.done", done=f"{done:,}", total=f"{total:,}") + rest)


class FilterBar(QWidget):
    """Which verdicts are shown, what is searched for, the order, and 「よくある指摘順」."""

    changed = Signal()
    common_toggled = Signal(bool)
    order_chosen = Signal(str)

    def __init__(self, wording: Wording, orders: Mapping[str, str], parent: QWidget | None = None) -> None:
        """``orders`` are the names and texts of the orders to offer."""
        super().__init__(parent)
        self._wording = wording
        self._verdict: Verdict | None = None
        self.buttons: dict[Verdict | None, QPushButton] = {}
        self._group = QButtonGroup(self)
        self.search = QLineEdit(placeholderText=wording.say("gui.results.search"), clearButtonEnabled=True)
        self.search.setAccessibleName(wording.say("gui.results.search_name"))
        self.search.setToolTip(wording.say("gui.results.search_hint"))
        self._pause = QTimer(self, singleShot=True, interval=SEARCH_PAUSE_MS)
        self._pause.timeout.connect(self.changed)
        self.search.textChanged.connect(lambda: self._pause.start())
        self.search.returnPressed.connect(self.changed)
        self.common = QPushButton(wording.say("gui.results.common"))
        self.common.setCheckable(True)
        self.common.setToolTip(wording.say("gui.results.common_hint"))
        self.common.toggled.connect(self.common_toggled)
        self._counts: Mapping[Verdict, int] = {}
        self._total = 0
        self._worded = False
        self._lay_out(orders)
        self._write()

    def _lay_out(self, orders: Mapping[str, str]) -> None:
        self._filters, self._others = QWidget(), QWidget()
        first, second = QHBoxLayout(self._filters), QHBoxLayout(self._others)
        for verdict in FILTERS:
            first.addWidget(self._button(verdict))
        first.addStretch(1)
        second.addWidget(self.search, 1)
        second.addWidget(self._order_button(orders))
        second.addWidget(self.common)
        self.search.setMinimumWidth(self.fontMetrics().averageCharWidth() * LEAST_SEARCH)
        both = QVBoxLayout(self)
        both.addWidget(Pair(self._filters, self._others, (0, 1)))
        for row in (first, second, both):
            row.setContentsMargins(0, 0, 0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Say the verdicts in words too where there is room for them."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        advance = self.fontMetrics().horizontalAdvance
        words = sum(advance(self._text(each, worded=True)) - advance(self._text(each)) for each in FILTERS)
        plain = self._filters.minimumSizeHint().width() - (words if self._worded else 0)
        spare = self.width() - plain - self._others.minimumSizeHint().width()
        if (spare > words) is not self._worded:
            self._worded = spare > words
            self._write()

    @property
    def states(self) -> Container[int]:
        """The states to show: numbers of verdicts."""
        return EVERY_STATE if self._verdict is None else {list(Verdict).index(self._verdict)}

    @property
    def narrowed(self) -> bool:
        """Whether anything is kept from view."""
        return self._verdict is not None or bool(self.search.text())

    def choose(self, verdict: Verdict | None) -> None:
        """Show one verdict only, or all."""
        self._verdict = verdict
        self.buttons[verdict].setChecked(True)
        self.changed.emit()

    def clear(self) -> None:
        """Show everything."""
        self.search.clear()
        self._pause.stop()
        self.choose(None)

    def show_counts(self, counts: Mapping[Verdict, int], total: int) -> None:
        """Write how many there are on the buttons."""
        if (counts, total) != (self._counts, self._total):
            self._counts, self._total = dict(counts), total
            self._write()
            self._fit()

    def _write(self) -> None:
        for verdict, button in self.buttons.items():
            text = self._text(verdict, self._worded)
            if text == button.text():
                continue
            button.setText(text)
            count, word = self._count(verdict), self._word(verdict)
            button.setAccessibleName(self._wording.say("gui.results.filter_name", word=word, count=count))

    def _count(self, verdict: Verdict | None) -> int:
        return self._total if verdict is None else self._counts.get(verdict, 0)

    def _word(self, verdict: Verdict | None) -> str:
        say = self._wording.say
        return say("gui.results.every") if verdict is None else verdict_text(self._wording, verdict)

    def _text(self, verdict: Verdict | None, worded: bool = False) -> str:
        say = self._wording.say
        mark = say(f"report.mark.{verdict.value}") if verdict is not None and not worded else ""
        return say("gui.results.filter", mark=mark or self._word(verdict), count=f"{self._count(verdict):,}")

    def _button(self, verdict: Verdict | None) -> QPushButton:
        say = self._wording.say
        button = QPushButton()
        button.setCheckable(True)
        button.setChecked(verdict is None)
        key = "0" if verdict is None else str(list(Verdict).index(verdict) + 1)
        button.setToolTip(say("gui.results.filter_hint", word=self._word(verdict), press=key))
        button.clicked.connect(lambda: self.choose(verdict))
        self._group.addButton(button)
        self.buttons[verdict] = button
        return button

    def _order_button(self, orders: Mapping[str, str]) -> QPushButton:
        self.order = QPushButton(self._wording.say("gui.results.order"))
        menu = QMenu(self.order)
        for name, text in orders.items():
            menu.addAction(text).triggered.connect(lambda _=False, name=name: self.order_chosen.emit(name))
        self.order.setMenu(menu)
        return self.order
