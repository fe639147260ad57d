"""A definition pack of a few lines, made for one test, and documents of its one form."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from checktool.checking.engine import CheckOptions, run
from checktool.definitions import pack as packs
from checktool.model.definition import DefinitionPack
from checktool.model.report import CheckReport, FileReport, LayerResult

SPACE = "urn:tiny"
ROOT = f"{{{SPACE}}}Note"
ON = date(2026, 11, 22)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
COLUMNS = (
    "no", "section", "item", "path", "type", "min_len", "max_len", "charset",
    "code_table", "required", "personal", "past", "unit", "code", "note",
)  # fmt: skip
XS = "http://www.w3.org/2001/XMLSchema"
SCH = "http://purl.oclc.org/dsdl/schematron"
FUNCTIONS = "urn:checktool:functions"

Place = tuple[str, int, int]


def note(inner: str = "", attributes: str = "") -> str:
    """A document of the tiny form, on one line behind its XML declaration."""
    return f'{HEAD}<Note xmlns="{SPACE}"{" " * bool(attributes)}{attributes}>{inner}</Note>'


def item(path: str, kind: str = "string", **columns: str) -> dict[str, str]:
    """A row of a record definition; its Japanese name is ``項目`` and the last step of its path."""
    name = "項目" + path.rpartition("/")[2]
    return {"section": "見出し", "item": name, "path": path, "type": kind, **columns}


def found(report: CheckReport) -> list[tuple[str, str]]:
    """(code, XPath) of every finding of the files of a run, in their order."""
    return [(one.code, one.location.xpath) for file in report.files for one in file.findings]


def codes(report: CheckReport | FileReport) -> list[str]:
    """The codes of every finding of a run's files, or of one file."""
    files = report.files if isinstance(report, CheckReport) else (report,)
    return [one.code for file in files for one in file.findings]


def places(report: CheckReport) -> list[Place]:
    """(code, line, column) of every finding of the files of a run."""
    return [
        (one.code, one.location.line, one.location.column) for file in report.files for one in file.findings
    ]


def layer(report: CheckReport, name: str) -> LayerResult:
    """One layer of the first file of a run."""
    return next(result for result in report.files[0].layers if result.layer == name)


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {_toml(inner)}" for key, inner in value.items()) + "}"
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)


class TinyPack:
    """Writes the three folders of a pack; every part can be replaced before it is loaded."""

    def __init__(self, folder: Path) -> None:
        """A pack that knows the root ``Note`` of namespace ``urn:tiny`` and checks nothing of it."""
        self.folder = folder / "pack"
        for top in ("rules", "xsd", "codetables"):
            (self.folder / top / "tiny").mkdir(parents=True)
        self.top: dict[str, Any] = {"id": "tiny", "edition": "1", "title": "小さな定義", "status": "sample"}
        self.forms: list[dict[str, Any]] = [
            {"id": "note", "name": "覚え書き", "root": ROOT, "date": "Written"}
        ]
        self._runs = 0

    @property
    def form(self) -> dict[str, Any]:
        """The keys of the first form."""
        return self.forms[0]

    def file(self, path: str, text: str) -> Path:
        """Write a file of the pack, ``path`` such as ``xsd/tiny/more.xsd``."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        return target

    def xsd(self, body: str, name: str = "note.xsd", attributes: str = "") -> None:
        """The XSD of the form: what stands inside ``xs:schema``."""
        self.file(
            f"xsd/tiny/{name}",
            f'<xs:schema xmlns:xs="{XS}" xmlns="{SPACE}" targetNamespace="{SPACE}" '
            f'elementFormDefault="qualified" {attributes}>{body}</xs:schema>',
        )
        self.form["xsd"] = "note.xsd"

    def children(self, body: str, attributes: str = "") -> None:
        """An XSD whose root holds a sequence."""
        inner = f"<xs:complexType><xs:sequence>{body}</xs:sequence>{attributes}</xs:complexType>"
        self.xsd(f'<xs:element name="Note">{inner}</xs:element>')

    def record(self, *items: dict[str, str]) -> None:
        """The record definition of the form."""
        rows = [",".join(COLUMNS)]
        rows += [",".join(row.get(column, "") for column in COLUMNS) for row in items]
        self.file("rules/tiny/records/note.csv", "\n".join(rows) + "\n")
        self.form["record"] = "records/note.csv"

    def table(self, name: str, *rows: str, columns: str = "") -> None:
        """A code table; each row is a line of CSV."""
        self.file(
            f"codetables/tiny/{name}.csv",
            "\n".join(["code,name,valid_from,valid_to" + columns, *rows]) + "\n",
        )

    def rules(self, body: str, name: str = "note.sch", attributes: str = "") -> None:
        """A rule file of the form: what stands inside ``schema``, one line below its start tag."""
        spaces = f'<ns prefix="n" uri="{SPACE}"/><ns prefix="f" uri="{FUNCTIONS}"/>'
        self.file(f"rules/tiny/{name}", f'<schema xmlns="{SCH}" {attributes}>{spaces}\n{body}</schema>')
        self.form.setdefault("rules", [])
        if name not in self.form["rules"]:
            self.form["rules"].append(name)

    def rule(self, context: str, *checks: str, before: str = "") -> None:
        """A rule file of one pattern with one rule."""
        inner = "".join(checks)
        self.rules(f'{before}<pattern><rule context="{context}">{inner}</rule></pattern>')

    def load(self, profile: str | None = None) -> DefinitionPack:
        """Write the cover sheet and load the pack."""
        lines = [f"{key} = {_toml(value)}" for key, value in self.top.items()]
        for form in self.forms:
            lines += ["[[form]]", *(f"{key} = {_toml(value)}" for key, value in form.items())]
        self.file("rules/tiny/pack.toml", "\n".join(lines) + "\n")
        return packs.load(str(self.folder), profile)

    def documents(self, *given: str | bytes, **named: str | bytes) -> Path:
        """A folder of documents: ``1.xml``, ``2.xml`` … and those of a name."""
        self._runs += 1
        folder = self.folder.parent / f"documents{self._runs}"
        folder.mkdir()
        names = {f"{place}.xml": data for place, data in enumerate(given, 1)} | named
        for name, data in names.items():
            (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
        return folder

    def check(
        self, *given: str | bytes, on: date = ON, jobs: int = 0, profile: str | None = None, most: int = 1000
    ) -> CheckReport:
        """Check documents by this pack."""
        options = CheckOptions(on=on, jobs=jobs, max_findings=most)
        return run([str(self.documents(*given))], self.load(profile), options)
