"""One window a user: a lock file, and a folder through which later starts hand over their paths.

No sockets: a later start leaves a small file with its paths in the folder and ends; the window that runs
watches the folder, takes the file away and checks what it names.
"""

import json
import uuid
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QLockFile, QObject, Signal

from checktool.paths import user_folder

LOCK = "window.lock"
INBOX = "window-inbox"
ENDING = ".paths"


class SingleInstance(QObject):
    """The claim of one process to be the window of this user.

    ``called`` brings the absolute paths (perhaps none) of a later start.
    """

    called = Signal(list)

    def __init__(self, folder: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        folder = folder or user_folder()
        self._inbox = folder / INBOX
        self._inbox.mkdir(parents=True, exist_ok=True)
        self._lock = QLockFile(str(folder / LOCK))
        self._lock.setStaleLockTime(0)
        self._watcher = QFileSystemWatcher(self)

    def claim(self) -> bool:
        """Whether this process is the first; then what later starts leave is taken in."""
        if not self._lock.tryLock(0):
            return self._lock.error() is not QLockFile.LockError.LockFailedError
        for left in self._inbox.glob(f"*{ENDING}"):
            left.unlink(missing_ok=True)
        self._watcher.addPath(str(self._inbox))
        self._watcher.directoryChanged.connect(self._take_in)
        return True

    def hand_over(self, paths: Sequence[str]) -> None:
        """Leave paths for the window that runs. Raises OSError."""
        name = uuid.uuid4().hex
        draft = self._inbox / f"{name}.draft"
        draft.write_text(json.dumps([str(Path(path).absolute()) for path in paths]), encoding="ascii")
        draft.rename(self._inbox / f"{name}{ENDING}")

    def release(self) -> None:
        """Let another process be the first."""
        self._lock.unlock()

    def _take_in(self) -> None:
        for file in sorted(self._inbox.glob(f"*{ENDING}")):
            try:
                paths = json.loads(file.read_text(encoding="ascii"))
                file.unlink()
            except (OSError, ValueError):
                continue
            self.called.emit([path for path in paths if isinstance(path, str)])
