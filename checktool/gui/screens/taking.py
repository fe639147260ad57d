"""Taking the pictures one after the other, in one process and one scale."""

import os
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from unittest.mock import patch

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QApplication

from checktool.gui.app import make_application
from checktool.gui.screens.cutting import cut_texts
from checktool.gui.screens.scenes import ROOM, SCENES, Scene
from checktool.gui.screens.stage import Stage
from checktool.gui.window import MainWindow

Cut = tuple[str, str]


def take(output: Path, folder: Path, only: Sequence[str], scale: float) -> list[Cut]:
    """Take the pictures of a scale; the answer are the texts that are cut off, each with its scene."""
    app = make_application()
    cut: list[Cut] = []
    for scene in wanted(only, scale):
        place = folder / scene.name
        places = {"CHECKTOOL_USER": str(place / "user"), "CHECKTOOL_MACHINE": str(place / "machine")}
        with patch.dict(os.environ, places):
            cut += [(scene.name, text) for text in _picture(app, scene, place, output, scale)]
    return cut


def wanted(only: Sequence[str], scale: float) -> Iterator[Scene]:
    """The scenes that are asked for, by names or patterns of names."""
    for scene in SCENES:
        asked = not only or any(fnmatchcase(scene.name, pattern) for pattern in only)
        if asked and scale in scene.scales:
            yield scene


def _picture(app: QApplication, scene: Scene, place: Path, output: Path, scale: float) -> list[str]:
    place.mkdir(parents=True)
    stage = Stage(app, place, ROOM[scale])
    stage.look = (scene.colours, scene.points)
    widget = scene.show(stage)
    stage.settle(widget)
    name = scene.name if scale == 1 else f"{scene.name}@{round(scale * 100)}"
    widget.grab().save(str(output / f"{name}.png"))
    room = QSize(*ROOM[scale]) if widget.isWindow() and isinstance(widget, MainWindow) else None
    cut = cut_texts(widget, room, scene.short)
    _strike(app)
    return cut


def _strike(app: QApplication) -> None:
    """Take everything away, without the questions that a window asks when it is closed."""
    for each in app.topLevelWidgets():
        each.hide()
        each.deleteLater()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
