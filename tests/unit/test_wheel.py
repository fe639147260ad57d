"""The wheel carries its data: built, installed into an empty folder and run from elsewhere."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DATA_FOLDERS = ("rules", "xsd", "codetables", "resources")
SOURCES = ("pyproject.toml", "setup.py", "README.md", "LICENSE", "THIRD-PARTY-LICENSES.md")


def run(*arguments: str, cwd: Path, path: Path | None = None) -> str:
    """Run this interpreter; its output, once it ended well."""
    environment = {**os.environ, "PIP_NO_INDEX": "1", "PYTHONIOENCODING": "utf-8"}
    environment["PYTHONPATH"] = str(path or "")
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which nothing but the wheel was installed."""
    work = tmp_path_factory.mktemp("wheel")
    tree, target = work / "tree", work / "site"
    for folder in ("checktool", *DATA_FOLDERS):
        shutil.copytree(ROOT / folder, tree / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in SOURCES:
        shutil.copy2(ROOT / name, tree / name)
    pip = ("-m", "pip", "--quiet", "--disable-pip-version-check")
    run(*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(work), str(tree), cwd=work)
    wheel = next(work.glob("checktool-*.whl"))
    run(*pip, "install", "--no-deps", "--target", str(target), str(wheel), cwd=work)
    return target


def test_the_wheel_holds_every_data_file(installed: Path) -> None:
    for folder in DATA_FOLDERS:
        source = {path.relative_to(ROOT) for path in (ROOT / folder).rglob("*") if path.is_file()}
        data = installed / "checktool" / "_data"
        shipped = {path.relative_to(data) for path in (data / folder).rglob("*") if path.is_file()}
        assert shipped == source


def test_the_licences_come_along(installed: Path) -> None:
    names = {path.name for path in installed.glob("checktool-*.dist-info/licenses/*")}
    assert names == {"LICENSE", "THIRD-PARTY-LICENSES.md"}


@pytest.mark.slow
def test_the_demo_runs_from_the_wheel_as_the_readme_shows(installed: Path, tmp_path: Path) -> None:
    place = run("-c", "import checktool; print(checktool.__file__)", cwd=tmp_path, path=installed)
    assert Path(place.strip()).is_relative_to(installed)
    printed = run("-m", "checktool", "demo", cwd=tmp_path, path=installed).splitlines()
    picture = (ROOT / "README.md").read_text(encoding="utf-8").partition("$ checktool check")[2]
    lines = [line for line in picture.partition("```")[0].splitlines()[1:] if line[:1] not in ("$", "…")]
    assert [line for line in lines if line not in printed] == []
