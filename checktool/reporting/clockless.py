"""Workbooks without a clock in them, so that the same content gives the same bytes."""

import io
import re
import zipfile
from typing import Any

PROPERTIES = "docProps/core.xml"
_CLOCK = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_NO_CLOCK = b"2000-01-01T00:00:00Z"


def clockless(book: Any) -> bytes:
    """The bytes of an openpyxl workbook with one time for all its parts and properties."""
    written, made = io.BytesIO(), io.BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            part, data = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), before.read(name)
            if name == PROPERTIES:  # saving sets the time of the last change, whatever stood there
                data = _CLOCK.sub(_NO_CLOCK, data)
            after.writestr(part, data, zipfile.ZIP_DEFLATED)
    return made.getvalue()
