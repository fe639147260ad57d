"""Colours, fonts and text sizes: the only module that names a colour.

Every pair of text and ground has a contrast of at least 4.5 : 1 (7 : 1 in high contrast); a test measures.
"""

from dataclasses import dataclass, fields

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from checktool.gui.stylesheet import sheet
from checktool.model.finding import Severity
from checktool.model.report import Verdict
from checktool.paths import resource

FAMILIES = ["Yu Gothic UI", "Meiryo", "BIZ UDGothic", "Noto Sans CJK JP"]
FIXED = ["BIZ UDGothic", "MS Gothic", "Noto Sans Mono CJK JP"]
SYSTEM = "system"
SIZE, SMALLEST, LARGEST = 10.5, 8.0, 24.0
MIDDLE = 127
_PROPERTY = "checktoolTheme"


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of the window by what they are for; ``*_ground`` are calm grounds for text of a verdict.

    ``tag`` to ``control`` colour the source view, ``place`` is the ground of a place of a finding there.
    """

    window: str
    base: str
    alternate: str
    text: str
    muted: str
    border: str
    button: str
    accent: str
    on_accent: str
    clean: str
    confirm: str
    correct: str
    unchecked: str
    clean_ground: str
    confirm_ground: str
    correct_ground: str
    unchecked_ground: str
    banner: str
    on_banner: str
    tag: str
    attribute: str
    value: str
    comment: str
    control: str
    place: str

    def verdict(self, verdict: Verdict) -> QColor:
        """The text colour of a verdict."""
        return QColor(getattr(self, verdict.value))

    def ground(self, verdict: Verdict) -> QColor:
        """The calm ground of a verdict."""
        return QColor(getattr(self, f"{verdict.value}_ground"))

    def severity(self, severity: Severity) -> QColor:
        """The text colour of a finding's severity."""
        return QColor((self.unchecked, self.confirm, self.correct)[severity])


LIGHT = Theme(
    window="#f4f6f8", base="#ffffff", alternate="#f3f6fa", text="#1c2530", muted="#52606f",
    border="#b9c3cd", button="#ffffff", accent="#1a5fa8", on_accent="#ffffff",
    clean="#176639", confirm="#7a4d00", correct="#b3231b", unchecked="#4c5866",
    clean_ground="#e6f4ec", confirm_ground="#fdf2d8", correct_ground="#fdeae8", unchecked_ground="#e9edf1",
    banner="#fdf2d8", on_banner="#5c3a00",
    tag="#1a5fa8", attribute="#7a3e9d", value="#176639", comment="#5b6773", control="#b3231b",
    place="#ffe3a3",
)  # fmt: skip
DARK = Theme(
    window="#1f242a", base="#171b20", alternate="#1d2228", text="#e6eaee", muted="#a6b1bd",
    border="#48525d", button="#2a3138", accent="#7cb7f2", on_accent="#0e1a26",
    clean="#7fd6a2", confirm="#f2c266", correct="#ff9d94", unchecked="#b6c0ca",
    clean_ground="#173324", confirm_ground="#3a2e12", correct_ground="#452220", unchecked_ground="#2b323a",
    banner="#3a2e12", on_banner="#f6d58f",
    tag="#7cb7f2", attribute="#d3a6f0", value="#7fd6a2", comment="#9aa6b2", control="#ff9d94",
    place="#4a3800",
)  # fmt: skip
CONTRAST = Theme(
    window="#000000", base="#000000", alternate="#000000", text="#ffffff", muted="#b4b4b4",
    border="#ffffff", button="#000000", accent="#ffff00", on_accent="#000000",
    clean="#7dff9b", confirm="#ffd75e", correct="#ffb3ad", unchecked="#ffffff",
    clean_ground="#000000", confirm_ground="#000000", correct_ground="#000000", unchecked_ground="#000000",
    banner="#000000", on_banner="#ffd75e",
    tag="#8fd3ff", attribute="#f0b8ff", value="#7dff9b", comment="#ffffff", control="#ffb3ad",
    place="#4a3c00",
)  # fmt: skip
THEMES = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}


def current() -> Theme:
    """The theme that is applied."""
    app = QGuiApplication.instance()
    return THEMES.get(str(app.property(_PROPERTY)) if app else "", LIGHT)


def apply(app: QApplication, wanted: str = SYSTEM) -> None:
    """Give all widgets a theme by name: ``light``, ``dark``, ``contrast``, ``system`` (as the system is)."""
    name = wanted if wanted in THEMES else _of_the_system()
    app.setProperty(_PROPERTY, name)
    app.setPalette(palette_of(THEMES[name]))
    names = {field.name: getattr(THEMES[name], field.name) for field in fields(Theme)}
    light = QColor(THEMES[name].on_accent).lightness() > MIDDLE
    names |= {"ink": "white" if light else "black", "icons": resource("icons").as_posix()}
    app.setStyleSheet(sheet(names))


def palette_of(theme: Theme) -> QPalette:
    """The palette of a theme for the Fusion style."""
    palette = QPalette()
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.window, role.WindowText: theme.text, role.Base: theme.base,
        role.AlternateBase: theme.alternate, role.Text: theme.text, role.Button: theme.button,
        role.ButtonText: theme.text, role.BrightText: theme.correct, role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent, role.ToolTipBase: theme.base, role.ToolTipText: theme.text,
        role.PlaceholderText: theme.muted, role.Link: theme.accent, role.LinkVisited: theme.accent,
        role.Mid: theme.border, role.Midlight: theme.alternate, role.Light: theme.base,
        role.Dark: theme.border, role.Shadow: theme.border, role.Accent: theme.accent,
    }  # fmt: skip
    for each, colour in colours.items():
        palette.setColor(each, QColor(colour))
    for each in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, each, QColor(theme.muted))
    return palette


def set_text_size(app: QApplication, points: float) -> None:
    """Give all widgets the fonts of the tool in a size."""
    font = QFont()
    font.setFamilies(FAMILIES)
    font.setPointSizeF(min(max(points, SMALLEST), LARGEST))
    app.setFont(font)


def fixed_font() -> QFont:
    """A font of even width in the size of the window, for places in files."""
    font = QFont(QApplication.font())
    font.setFamilies([*FIXED, *FAMILIES])
    font.setStyleHint(QFont.StyleHint.Monospace)
    return font


def has_japanese_font() -> bool:
    """Whether this PC can show Japanese; without a font Qt draws empty boxes and says nothing."""
    return bool(QFontDatabase.families(QFontDatabase.WritingSystem.Japanese))


def _of_the_system() -> str:
    hints = QGuiApplication.styleHints()
    if getattr(hints, "accessibility", None) is not None:
        asked = hints.accessibility().contrastPreference()
        if asked == Qt.ContrastPreference.HighContrast:
            return "contrast"
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"
