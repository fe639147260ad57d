"""Practice data: the shipped fictitious documents, copied afresh into a folder that ends with the program.

They are judged by the pack that they were made for; other documents by the one in use, as before.
"""

import tempfile
from datetime import date
from itertools import count
from pathlib import Path

from checktool.definitions.trust.state import load
from checktool.errors import CheckToolError
from checktool.gui.session import Session
from checktool.model.definition import DefinitionPack
from checktool.samples.trial import Trial, shipped

FOLDER = "renshu"


class PracticeData:
    """Makes fresh copies; the folder is removed when this object goes or ``remove`` is called."""

    def __init__(self) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._numbers = count(1)
        self._usual: DefinitionPack | None = None

    def begin(self, session: Session) -> tuple[Path, date, bool]:
        """A new folder with the documents, the day to check them on, and whether another pack judges now.

        Raises CheckToolError E070 when the installation is damaged or no folder can be made, PackError where
        the policy does not let the pack in.
        """
        try:
            folder, trial = self._fresh()
        except (OSError, KeyError, ValueError):
            raise CheckToolError("E070") from None
        usual = session.pack
        if trial.pack == f"{usual.info.id}@{usual.info.edition}":
            return folder, trial.on, False
        session.adopt(load(trial.pack))
        self._usual = self._usual or usual
        return folder, trial.on, True

    def put_back(self, session: Session) -> bool:
        """Judge by the pack in use again; whether that is another."""
        usual, self._usual = self._usual, None
        if usual is not None:
            session.adopt(usual)
        return usual is not None

    def forget(self) -> None:
        """Another pack was chosen: there is none to put back."""
        self._usual = None

    def _fresh(self) -> tuple[Path, Trial]:
        trial = shipped()
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="checktool-", ignore_cleanup_errors=True)
        folder = Path(self._folder.name) / f"{FOLDER}-{next(self._numbers)}"
        trial.copy_to(folder)
        return folder, trial

    def remove(self) -> None:
        """Delete every copy."""
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None
