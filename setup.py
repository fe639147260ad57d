"""Puts the data folders beside ``checktool/`` into the wheel, as ``checktool/_data/<folder>``.

An editable install copies nothing: ``checktool.paths`` finds the folders in the source tree.
"""

from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent
DATA_FOLDERS = ("rules", "xsd", "codetables", "resources")


def data_files() -> list[Path]:
    """Every shipped data file, relative to the source tree."""
    found = (path for folder in DATA_FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file())
    return sorted(path.relative_to(ROOT) for path in found)


class BuildWithData(build_py):
    """``build_py`` that also copies the data folders; a source archive gets them where they lie."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            for path, target in self._data_targets():
                self.mkpath(str(target.parent))
                self.copy_file(str(ROOT / path), str(target), preserve_mode=False)

    def get_outputs(self, include_bytecode: bool = True) -> list[str]:
        targets = [] if self.editable_mode else [str(target) for _, target in self._data_targets()]
        return [*super().get_outputs(include_bytecode), *targets]

    def get_source_files(self) -> list[str]:
        return [*super().get_source_files(), *(str(path) for path in data_files())]

    def _data_targets(self) -> list[tuple[Path, Path]]:
        base = Path(self.build_lib) / "checktool" / "_data"
        return [(path, base / path) for path in data_files()]


setup(cmdclass={"build_py": BuildWithData})
