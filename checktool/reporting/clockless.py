"""Workbooks without a clock in them, so that the same content gives the same bytes."""

import io
import zipfile
from datetime import datetime
from typing import Any

NO_CLOCK = datetime(2000, 1, 1)


def clockless(book: Any) -> bytes:
    """The bytes of an openpyxl workbook with one time for all its parts and properties."""
    book.properties.created = book.properties.modified = NO_CLOCK
    written, made = io.BytesIO(), io.BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            part = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
            after.writestr(part, before.read(name), zipfile.ZIP_DEFLATED)
    return made.getvalue()
