"""The media and drives at hand, found in a worker, since a drive may take its time to answer."""

import threading
from dataclasses import dataclass

from PySide6.QtCore import QStorageInfo

from checktool.gui.worker import Job, Tell

PSEUDO = ("tmpfs", "overlay", "squashfs", "devtmpfs", "proc", "sysfs")
OWN = ("/", "/boot", "/boot/efi")


@dataclass(frozen=True, slots=True)
class Volume:
    """A place to write to: its path, the name on the medium, what is free of it."""

    path: str
    name: str
    free: int


def volumes_job() -> Job:
    """A job that lists the volumes that can be written to, but for the system's own on Linux."""

    def look(_tell: Tell, _stop: threading.Event) -> list[Volume]:
        return [
            Volume(each.rootPath(), each.name(), each.bytesAvailable())
            for each in QStorageInfo.mountedVolumes()
            if each.isValid()
            and each.isReady()
            and not each.isReadOnly()
            and bytes(each.fileSystemType().data()).decode() not in PSEUDO
            and each.rootPath() not in OWN
        ]

    return look
