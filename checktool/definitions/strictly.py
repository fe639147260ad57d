"""A schema set built by xmlschema, which holds the letter of the standard where libxml2 is lenient."""

import tempfile
from pathlib import Path

from checktool.definitions.xsdfiles import SchemaFiles
from checktool.definitions.xsdlinks import XML


def fault_of(files: SchemaFiles) -> tuple[str, int] | None:
    """Why xmlschema refuses a schema set, and the line; None when it takes it.

    It reads the files as they lie there, or copies with plain links where theirs need our way of looking.
    """
    if files.is_plain():
        return _fault(files.entry)
    with tempfile.TemporaryDirectory(prefix="checktool-xsd-") as folder:
        copies = {path: Path(folder) / f"{number}.xsd" for number, path in enumerate(files.roots)}
        names = {path: copy.name for path, copy in copies.items() if files.space(path) != XML}
        for path, copy in copies.items():
            copy.write_bytes(files.served(path, names))
        fault = _fault(copies[files.entry])
        return None if fault is None else (fault[0], 0)


def _fault(entry: Path) -> tuple[str, int] | None:
    import xmlschema  # slow to import, and only an import and lint need it

    try:
        xmlschema.XMLSchema10(str(entry), allow="local", defuse="always", validation="strict")
    except xmlschema.XMLSchemaException as fault:
        line = getattr(fault, "sourceline", None)
        return str(getattr(fault, "message", "") or fault).partition("\n")[0], line or 0
    except Exception as fault:  # what odd schemas raise inside: ValueError, RecursionError, MemoryError …
        return type(fault).__name__, 0
    return None
