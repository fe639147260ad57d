"""The definition packs of this PC as a job for the page 管理. No Qt."""

import threading
from datetime import date

from checktool.definitions.trust.inventory import Installed, inventory
from checktool.gui.worker import Job, Tell


def inventory_job() -> Job:
    """A job that looks at every pack; its result is a list of ``Installed``."""

    def look(_tell: Tell, stop: threading.Event) -> list[Installed]:
        return inventory(date.today(), stop.is_set)

    return look
