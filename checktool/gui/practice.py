"""Practice data: the shipped fictitious documents, copied afresh into a folder that ends with the program."""

import tempfile
from datetime import date
from itertools import count
from pathlib import Path

from checktool.samples.trial import shipped

FOLDER = "renshu"


class PracticeData:
    """Makes fresh copies; the folder is removed when this object goes or ``remove`` is called."""

    def __init__(self) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._numbers = count(1)

    def fresh(self) -> tuple[Path, date]:
        """A new folder with the documents, and the day to check them on.

        Raises OSError, KeyError or ValueError when the installation is damaged or no folder can be made.
        """
        trial = shipped()
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="checktool-", ignore_cleanup_errors=True)
        folder = Path(self._folder.name) / f"{FOLDER}-{next(self._numbers)}"
        trial.copy_to(folder)
        return folder, trial.on

    def remove(self) -> None:
        """Delete every copy."""
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None
