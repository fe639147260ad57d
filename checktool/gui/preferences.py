"""What the window remembers for this user: its place, text size, colours, counts of the last run.

An INI file in the user's folder. It holds no name of a file, a patient or a person.
"""

from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QSettings

from checktool.paths import user_folder

FILE = "window.ini"


@dataclass(frozen=True, slots=True)
class LastRun:
    """When the last check ended (``11/20 14:02``) and how many documents had each verdict."""

    when: str
    clean: int
    confirm: int
    correct: int
    unchecked: int

    @property
    def files(self) -> int:
        """How many documents there were."""
        return self.clean + self.confirm + self.correct + self.unchecked


class Preferences:
    """The remembered values; a file that cannot be read or written changes nothing but that."""

    def __init__(self) -> None:
        self._settings = QSettings(str(user_folder() / FILE), QSettings.Format.IniFormat)

    def text_size(self, default: float) -> float:
        """The text size in points."""
        return self._number("view/text_size", default)

    def theme(self) -> str:
        """The chosen theme's name, ``system`` by default."""
        return str(self._settings.value("view/theme", "system"))

    def keep(self, key: str, value: str | float | QByteArray) -> None:
        """Remember a value by key (``view/theme``)."""
        self._settings.setValue(key, value)

    def state(self, key: str) -> QByteArray:
        """A remembered state of a widget, empty when there is none."""
        value = self._settings.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def keep_run(self, run: LastRun) -> None:
        """Remember the counts of a run."""
        counts = (run.clean, run.confirm, run.correct, run.unchecked)
        self._settings.setValue("run/when", run.when)
        self._settings.setValue("run/counts", " ".join(map(str, counts)))

    def last_run(self) -> LastRun | None:
        """The counts of the last run, None when nothing (sound) is remembered."""
        counts = str(self._settings.value("run/counts", "")).split()
        when = str(self._settings.value("run/when", ""))
        if len(counts) != 4 or not when or not all(count.isdecimal() for count in counts):
            return None
        clean, confirm, correct, unchecked = map(int, counts)
        return LastRun(when, clean, confirm, correct, unchecked)

    def _number(self, key: str, default: float) -> float:
        try:
            return float(str(self._settings.value(key, default)))
        except ValueError:
            return default
