"""Pictures of packs on their way in: the wizard that makes one, the dialog that installs one."""

import re
import shutil
from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget

from checktool.definitions.pack import COVER, FOLDERS
from checktool.gui.screens.documents import words
from checktool.gui.screens.rooms import managed
from checktool.gui.screens.stage import Stage
from checktool.paths import data_root

PACK = "nanshou-sample"
NEXT_EDITION = "2026-04"
EDITION = re.compile("^edition = .*$", re.MULTILINE)
SOURCES, REVIEW, FINISH = 0, 2, 3


def sources(stage: Stage) -> QWidget:
    """The wizard with a delivery in it."""
    return _wizard(stage, SOURCES)


def review(stage: Stage) -> QWidget:
    """What it understood, guessed and left."""
    return _wizard(stage, REVIEW)


def finish(stage: Stage) -> QWidget:
    """Proof and saving."""
    return _wizard(stage, FINISH)


def install(stage: Stage) -> QWidget:
    """A pack from a medium, before it is taken in."""
    root = stage.folder / words()["pack_medium"]
    for top in FOLDERS:
        shutil.copytree(data_root() / top / PACK, root / top / PACK)
    sheet = root / "rules" / PACK / COVER
    cover = EDITION.sub(f'edition = "{NEXT_EDITION}"', sheet.read_text(encoding="utf-8"))
    sheet.write_text(cover, encoding="utf-8")
    dialog = managed(stage, 0)[1].packs.install(str(root))
    stage.settle(dialog)
    return dialog


def _wizard(stage: Stage, step: int) -> QDialog:
    wizard = managed(stage, 0)[1].packs.make()
    stage.settle(wizard)
    wizard.sources.add([str(_delivery(stage.folder / words()["delivery"]))])
    while wizard.stack.currentIndex() < step:
        wizard.proceed()
        stage.settle(wizard)
    return wizard


def _delivery(folder: Path) -> Path:
    """Schemas, record definitions and code tables as a ministry might hand them out."""
    folder.mkdir()
    for path in sorted((data_root() / "xsd" / PACK).glob("*.xsd")):
        shutil.copyfile(path, folder / path.name)
    for path in sorted((data_root() / "rules" / PACK / "records").glob("*.csv")):
        shutil.copyfile(path, folder / path.name)
    for name in ("sex-survey", "prefecture", "relation", "disease-group"):
        path = data_root() / "codetables" / PACK / f"{name}.csv"
        shutil.copyfile(path, folder / path.name)
    return folder
