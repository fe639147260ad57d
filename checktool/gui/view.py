"""How the window looks for this user: text size and colours, applied and remembered."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from checktool.gui import theme
from checktool.gui.pages.page import Command
from checktool.gui.preferences import Preferences

STEP = 1.0
THEME, TEXT_SIZE = "view/theme", "view/text_size"


class View(QObject):
    """Text size and theme; follows the system's colours while the theme is ``system``."""

    def __init__(self, app: QApplication, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._preferences = preferences
        app.styleHints().colorSchemeChanged.connect(self._system_changed)
        theme.apply(app, preferences.theme())
        theme.set_text_size(app, preferences.text_size(theme.SIZE))

    def commands(self) -> dict[str, Command]:
        """The actions that change how the window looks."""
        names = (theme.SYSTEM, *theme.THEMES)
        return {
            "larger": lambda: self.scale(STEP),
            "smaller": lambda: self.scale(-STEP),
            "normal_size": lambda: self.scale(0),
            **{f"theme_{name}": self._setter(name) for name in names},
        }

    def scale(self, step: float) -> None:
        """Make texts larger or smaller; 0 gives the first size back."""
        size = self._preferences.text_size(theme.SIZE) + step if step else theme.SIZE
        size = min(max(size, theme.SMALLEST), theme.LARGEST)
        self._preferences.keep(TEXT_SIZE, size)
        theme.set_text_size(self._app, size)
        theme.apply(self._app, self._preferences.theme())

    def use_theme(self, name: str) -> None:
        """Choose the colours by the name of a theme or ``system``."""
        self._preferences.keep(THEME, name)
        theme.apply(self._app, name)

    def _setter(self, name: str) -> Command:
        return lambda: self.use_theme(name)

    def _system_changed(self) -> None:
        if self._preferences.theme() == theme.SYSTEM:
            theme.apply(self._app)
