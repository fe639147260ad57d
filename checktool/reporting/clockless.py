"""Workbooks without a clock in them, so that the same content gives the same bytes."""

import io
import zipfile
from datetime import datetime
from typing import Any

NO_CLOCK = datetime(2000, 1, 1)


def clockless(book: Any) -> bytes:
    """The bytes of an openpyxl workbook with one time for all its parts and properties."""
    from openpyxl.xml.constants import ARC_CORE  # slow to import, and only a workbook needs it
    from openpyxl.xml.functions import tostring

    written, made = io.BytesIO(), io.BytesIO()
    book.save(written)
    book.properties.created = book.properties.modified = NO_CLOCK
    properties = tostring(book.properties.to_tree())
    with zipfile.ZipFile(written) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            part = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
            data = properties if name == ARC_CORE else before.read(name)
            after.writestr(part, data, zipfile.ZIP_DEFLATED)
    return made.getvalue()
