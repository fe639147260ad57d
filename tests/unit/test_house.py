"""The house keeps its own rules: budgets, names, docstrings, language, encodings."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "checktool").rglob("*.py"))
OUR_CODE = [*MODULES, ROOT / "dev.py", ROOT / "setup.py", *sorted((ROOT / "benchmarks").glob("*.py"))]

FILE_LINES = 250
FUNCTION_LINES = 40
FOLDERS_WITHOUT_MEANING = {"utils", "util", "common", "misc", "helpers", "helper", "manager", "managers"}
JAPANESE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f]")

CHARACTER_TABLES = {
    "checktool/checking/ordinary.py": "characters that no check has anything to say about",
    "checktool/checking/repertoire.py": "ranges of a character set",
    "checktool/checking/text.py": "characters that are mistaken for others",
    "checktool/definitions/regex.py": "blocks of XML Schema patterns",
    "checktool/reading/encodings.py": "characters that tell encodings apart",
    "checktool/reporting/columns.py": "characters that may not begin a line",
    "checktool/samples/dates.py": "names of the eras",
}
"""Modules whose string literals may hold Japanese: they list characters, not words for people."""

Function = ast.FunctionDef | ast.AsyncFunctionDef
Named = Function | ast.ClassDef


def shown(path: Path) -> str:
    """The name of a case: the path in the source tree."""
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    """The syntax tree of a source file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def functions(tree: ast.AST) -> Iterator[Function]:
    """Every function and method, nested ones too."""
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def public_names(body: list[ast.stmt], prefix: str = "") -> Iterator[tuple[str, Named]]:
    """Public classes, functions and methods; what stands inside a function is its own affair."""
    for node in body:
        if isinstance(node, Named) and not node.name.startswith("_"):
            yield prefix + node.name, node
            if isinstance(node, ast.ClassDef):
                yield from public_names(node.body, f"{prefix}{node.name}.")


def docstring_nodes(tree: ast.Module) -> set[ast.expr]:
    """The constants that are docstrings, also those below a module constant or a field."""
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def opened_as_text(call: ast.Call) -> bool:
    """Whether a call opens a file as text: ``open``, ``Path.open``, ``read_text`` or ``write_text``.

    ``archive.open(member)`` and ``os.open`` give bytes and are told by their first argument; a ``Source``
    (``reading/sources.py``) always opens as bytes and is told by its name, as is a dialog that opens itself.
    """
    method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    if method == "open" and ast.unparse(call.func) in {"source.open", "self.source.open"}:
        return False
    if method == "open" and ast.unparse(call.func).endswith(("dialog.open", "box.open")):
        return False
    if method in {"read_text", "write_text"}:
        return True
    if method != "open" and getattr(call.func, "id", "") != "open":
        return False
    words = [word.value for word in call.keywords if word.arg == "mode"]
    mode = next((str(ast.literal_eval(word)) for word in words), "")
    for argument in call.args[:2]:
        if isinstance(argument, ast.Constant) and re.fullmatch("[rwxab+t]+", str(argument.value)):
            mode = str(argument.value)
        elif method:
            return False
    return "b" not in mode


@pytest.mark.parametrize("path", OUR_CODE, ids=shown)
def test_a_file_stays_small(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= FILE_LINES, f"{lines} lines"


@pytest.mark.parametrize("path", OUR_CODE, ids=shown)
def test_a_function_stays_small(path: Path) -> None:
    long = {
        node.name: lines
        for node in functions(tree_of(path))
        if (lines := (node.end_lineno or 0) - node.lineno + 1) > FUNCTION_LINES
    }
    assert long == {}


@pytest.mark.parametrize("path", OUR_CODE, ids=shown)
def test_a_module_and_its_public_names_say_what_they_do(path: Path) -> None:
    tree = tree_of(path)
    silent = [name for name, node in public_names(tree.body) if not ast.get_docstring(node)]
    overriding = {"run", "get_outputs", "get_source_files"} if path.name == "setup.py" else set()
    assert ast.get_docstring(tree), "the module has no docstring"
    assert [name for name in silent if name.rpartition(".")[2] not in overriding] == []


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_japanese_for_people_stays_out_of_the_code(path: Path) -> None:
    tree = tree_of(path)
    docstrings = docstring_nodes(tree)
    literals = [
        f"line {node.lineno}: {node.value!r}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docstrings
        if JAPANESE.search(node.value)
    ]
    assert shown(path) in CHARACTER_TABLES or literals == []


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_docstrings_are_english_with_quoted_terms(path: Path) -> None:
    texts = [str(node.value) for node in docstring_nodes(tree_of(path)) if isinstance(node, ast.Constant)]
    assert [text for text in texts if len(JAPANESE.findall(text)) * 2 > len(text)] == []


@pytest.mark.parametrize("path", [*OUR_CODE, *sorted((ROOT / "tests").rglob("*.py"))], ids=shown)
def test_text_files_are_opened_with_a_named_encoding(path: Path) -> None:
    unnamed = [
        f"line {call.lineno}"
        for call in ast.walk(tree_of(path))
        if isinstance(call, ast.Call) and opened_as_text(call)
        if not any(word.arg == "encoding" for word in call.keywords)
    ]
    assert unnamed == []


def test_no_room_is_called_something_that_says_nothing() -> None:
    folders = [path for top in ("checktool", "tests") for path in (ROOT / top).rglob("*") if path.is_dir()]
    names = {part for path in [*folders, *MODULES] for part in path.relative_to(ROOT).with_suffix("").parts}
    assert names & FOLDERS_WITHOUT_MEANING == set()


def test_all_rooms_are_packages() -> None:
    rooms = {path.parent for path in MODULES}
    assert [shown(room) for room in sorted(rooms) if not (room / "__init__.py").is_file()] == []
