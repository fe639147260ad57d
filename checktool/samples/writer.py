"""Sample files into a folder: nothing that is there is ever replaced."""

from collections.abc import Iterable
from pathlib import Path

from checktool.errors import HandoffError
from checktool.samples.make import SampleFile


def write(files: Iterable[SampleFile], folder: Path) -> int:
    """Write files into a folder, made if missing; how many there are.

    A file that is there with the same bytes stays as it is. Raises HandoffError A013 when one has other
    bytes or a place cannot be written to; what was written before stays.
    """
    count = 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file in files:
            _keep(folder / file.name, file.data)
            count += 1
    except OSError as fault:
        raise HandoffError("A013", path=str(fault.filename or folder), reason=type(fault).__name__) from fault
    return count


def _keep(path: Path, data: bytes) -> None:
    try:
        with path.open("xb") as stream:
            stream.write(data)
    except FileExistsError:
        if path.read_bytes() != data:
            raise
