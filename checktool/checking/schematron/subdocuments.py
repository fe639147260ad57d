"""Other XML files that rules may read: those below the folder of their pack, never anything else."""

from pathlib import Path

from lxml import etree

from checktool.model.definition import Limits
from checktool.reading.faults import ReadFault
from checktool.reading.parsing import parse

_LIMITS = Limits(text_bytes=50_000_000)
_MOST_BYTES = 200_000_000


class UnavailableError(ValueError):
    """A file that a rule asks for cannot be given to it; the argument says which."""


class Subdocuments:
    """Reads the files that rules name, hardened like every document, each once."""

    def __init__(self, folder: Path, home: Path) -> None:
        """``folder`` may not be left; names are looked up in ``home`` first."""
        self._folder = folder.resolve()
        self._home = home
        self._beside: Path | None = None
        self._read: dict[str, etree._Element] = {}

    def look_beside(self, folder: Path | None) -> None:
        """Also look in the folder of the document at hand, whose files are read anew for each."""
        if folder is not None or self._beside is not None:
            self._beside = folder
            self._read.clear()

    def __contains__(self, root: etree._Element) -> bool:
        """Whether an element is the root of a file that was read."""
        return any(root is known for known in self._read.values())

    def roots(self) -> list[etree._Element]:
        """The roots of the files that were read."""
        return list(self._read.values())

    def root(self, name: str) -> etree._Element:
        """The root of a file. Raises UnavailableError."""
        if name not in self._read:
            self._read[name] = self._parsed(name)
        return self._read[name]

    def has(self, name: str) -> bool:
        """Whether a file can be read."""
        try:
            self.root(name)
        except UnavailableError:
            return False
        return True

    def _parsed(self, name: str) -> etree._Element:
        plain = name.partition("#")[0]
        if not plain or plain != name or ":" in plain or plain.startswith(("/", "\\")):
            raise UnavailableError(name)
        for home, folder in ((self._home, self._folder), (self._beside, self._beside)):
            if home is None or folder is None:
                continue
            path = (home / plain).resolve()
            if path.is_relative_to(folder) and path.is_file() and path.stat().st_size <= _MOST_BYTES:
                try:
                    return parse(path.read_bytes(), _LIMITS)
                except (OSError, ReadFault):
                    raise UnavailableError(name) from None
        raise UnavailableError(name)
