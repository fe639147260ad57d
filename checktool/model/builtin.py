"""The codes that the tool itself emits: one sorted table, the counterpart of docs/codes.md.

Wording, condition and source of each code stand in ``resources/wording/findings.ja.toml``, its page in
``resources/pages/<CODE>.md``. The codes of a pack's Schematron are not here: the pack brings them.
"""

from dataclasses import dataclass

from checktool.model.finding import Layer, Severity


@dataclass(frozen=True, slots=True)
class BuiltinCode:
    """One code of the tool.

    ``params`` are the arguments that its findings carry; ``item`` and ``value`` may come with every code
    and are not named again. ``locked`` codes cannot be lowered by a profile; ``refused`` ones leave the
    file unchecked.
    """

    code: str
    layer: Layer
    severity: Severity
    params: tuple[str, ...] = ()
    locked: bool = False
    refused: bool = False


TABLE_PARAMS = ("table", "valid_from", "valid_to", "edition")
CHARACTER_PARAMS = ("pos", "ch")


def _refused(code: str, layer: Layer, *params: str) -> BuiltinCode:
    return BuiltinCode(code, layer, Severity.ERROR, params, locked=True, refused=True)


def _locked(code: str, layer: Layer, *params: str) -> BuiltinCode:
    return BuiltinCode(code, layer, Severity.ERROR, params, locked=True)


def _error(code: str, layer: Layer, *params: str) -> BuiltinCode:
    return BuiltinCode(code, layer, Severity.ERROR, params)


def _warning(code: str, layer: Layer, *params: str) -> BuiltinCode:
    return BuiltinCode(code, layer, Severity.WARNING, params)


def _info(code: str, layer: Layer, *params: str) -> BuiltinCode:
    return BuiltinCode(code, layer, Severity.INFO, params)


BUILTIN: tuple[BuiltinCode, ...] = (
    _warning("B901", Layer.BATCH, "n"),
    _warning("B902", Layer.BATCH),
    _warning("B903", Layer.BATCH, "number"),
    _warning("B904", Layer.BATCH),
    _info("B905", Layer.BATCH),
    _info("B906", Layer.BATCH, "n"),
    _warning("B907", Layer.BATCH),
    _warning("B908", Layer.BATCH),
    _error("C401", Layer.CODES, *TABLE_PARAMS),
    _error("C403", Layer.CODES, *TABLE_PARAMS),
    _error("C404", Layer.CODES, *TABLE_PARAMS),
    _error("C406", Layer.CODES, *TABLE_PARAMS),
    _error("C407", Layer.CODES, *TABLE_PARAMS),
    _warning("C408", Layer.CODES, *TABLE_PARAMS),
    _info("C410", Layer.CODES, "date", "days"),
    _refused("F001", Layer.READING, "reason"),
    _warning("F002", Layer.READING),
    _warning("F003", Layer.READING, "pattern"),
    _warning("F004", Layer.READING, "max", "size"),
    _warning("F005", Layer.READING, "max", "count"),
    _refused("F006", Layer.READING, "reason"),
    _refused("F007", Layer.READING, "line"),
    _info("F008", Layer.READING, "other"),
    _refused("F009", Layer.READING, "limit"),
    _refused("F010", Layer.READING),
    _info("F011", Layer.STRUCTURE, "n"),
    _locked("T201", Layer.TEXT, *CHARACTER_PARAMS),
    _error("T202", Layer.TEXT, *CHARACTER_PARAMS),
    _warning("T203", Layer.TEXT, *CHARACTER_PARAMS, "repertoire"),
    _warning("T204", Layer.TEXT, *CHARACTER_PARAMS),
    _info("T205", Layer.TEXT, *CHARACTER_PARAMS),
    _warning("T206", Layer.TEXT, *CHARACTER_PARAMS),
    _error("T207", Layer.TEXT, *CHARACTER_PARAMS),
    _warning("T208", Layer.TEXT, "pos", "where"),
    _warning("T209", Layer.TEXT, *CHARACTER_PARAMS),
    _warning("T210", Layer.TEXT, *CHARACTER_PARAMS),
    _warning("T211", Layer.TEXT, "max", "n"),
    _warning("T212", Layer.TEXT, "max", "n"),
    _warning("T213", Layer.TEXT, *CHARACTER_PARAMS),
    _warning("T214", Layer.TEXT, "pos"),
    _warning("T215", Layer.TEXT),
    _refused("X101", Layer.READING, "line", "cause"),
    _refused("X102", Layer.READING, "declared", "actual", "encoding", "line"),
    _warning("X103", Layer.READING),
    _warning("X104", Layer.READING, "encoding"),
    _refused("X105", Layer.FORM, "root", "namespace", "near", "fitting", "container", "wrapper"),
    _refused("X106", Layer.FORM, "version", "available", "day", "period"),
    _locked("X107", Layer.STRUCTURE, "parent"),
    _locked("X108", Layer.STRUCTURE, "name", "expected", "xml", "attribute", "n", "max"),
    _locked("X109", Layer.STRUCTURE, "type"),
    _locked("X110", Layer.STRUCTURE, "rule", "limit", "n", "identity"),
    _locked("X111", Layer.STRUCTURE, "choices"),
    _warning("X112", Layer.STRUCTURE),
    _warning("X113", Layer.FORM, "edition", "last", "grace"),
)
