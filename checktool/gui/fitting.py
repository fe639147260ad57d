"""Widgets that make do with the room there is: they stand below each other, are shortened, or scroll."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QScrollArea, QSizePolicy, QStyle, QWidget


class Pair(QWidget):
    """Two parts of a line; where it is too narrow for both, the second stands below the first.

    ``stretch`` says which of them takes the room that is left.
    """

    def __init__(
        self,
        first: QWidget,
        second: QWidget,
        stretch: tuple[int, int] = (1, 0),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._parts = (first, second)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        for part, share in zip(self._parts, stretch, strict=True):
            self._box.addWidget(part, share)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As narrow as the wider part."""
        width = max(part.minimumSizeHint().width() for part in self._parts)
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Side by side or below each other."""
        super().resizeEvent(event)
        wanted = sum(part.minimumSizeHint().width() for part in self._parts) + self._box.spacing()
        direction = QBoxLayout.Direction
        self._box.setDirection(direction.TopToBottom if wanted > self.width() else direction.LeftToRight)


class Roomy(QScrollArea):
    """Holds a page; where the window is too small for it (a small screen, large letters) it scrolls."""

    def __init__(self, held: QWidget) -> None:
        super().__init__()
        self._held = held
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(held)
        held.installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """The page takes the room there is, but never less than it needs."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """The page may need more or less room than before."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        room, least = self.maximumViewportSize(), self._held.minimumSizeHint()
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        width = max(room.width(), least.width())
        if self._least_height(width) > room.height():
            width = max(room.width() - bar, least.width())
        self._held.resize(width, max(room.height(), self._least_height(width)))

    def _least_height(self, width: int) -> int:
        layout = self._held.layout()
        least = self._held.minimumSizeHint().height()
        return layout.minimumHeightForWidth(width) if layout and layout.hasHeightForWidth() else least


class ElidedLabel(QLabel):
    """A label that shortens its text in the middle; the whole text is its tool tip.

    With ``whole_only`` it shows nothing instead of a part.
    """

    def __init__(self, text: str = "", whole_only: bool = False) -> None:
        super().__init__()
        self.whole = ""
        self._whole_only = whole_only
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setMargin(2)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show a text as far as there is room."""
        self.whole = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Fit the text into the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        text = self.fontMetrics().elidedText(self.whole, Qt.TextElideMode.ElideMiddle, self.width())
        self.setText("" if self._whole_only and text != self.whole else text)
