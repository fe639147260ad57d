"""Workbooks without a clock in them, so that the same content gives the same bytes."""

import io
import re
import zipfile
from datetime import datetime
from typing import Any

NO_CLOCK = datetime(2000, 1, 1)
PROPERTIES = "docProps/core.xml"
_TIME = re.compile(rb"(?<=>)\d{4}-\d\d-\d\dT[^<]*")


def clockless(book: Any) -> bytes:
    """The bytes of an openpyxl workbook with one time for all its parts and properties."""
    written, made = io.BytesIO(), io.BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            part = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
            data = before.read(name)
            if name == PROPERTIES:  # the time of saving stands there whatever the properties were
                data = _TIME.sub(NO_CLOCK.isoformat().encode() + b"Z", data)
            after.writestr(part, data, zipfile.ZIP_DEFLATED)
    return made.getvalue()
