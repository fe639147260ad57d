"""Boxes to tick can be seen on every ground, and a tick is more than a colour."""

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QRadioButton
from pytestqt.qtbot import QtBot

from checktool.gui import theme

MIXED = 60


def colours(button: QAbstractButton, usable: bool = True) -> set[str]:
    """The colours of a button's picture."""
    button.setEnabled(usable)
    picture = button.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return {
        QColor(picture.pixel(x, y)).name()
        for x in range(min(picture.width(), picture.height()))
        for y in range(picture.height())
    }


def nearly(wanted: str, found: set[str]) -> bool:
    """Whether a colour is there; the pixels of a thin round line are mixed with their ground."""
    one = QColor(wanted)
    return any(
        max(abs(a - b) for a, b in zip(one.getRgb(), QColor(other).getRgb(), strict=True)) <= MIXED
        for other in found
    )


@pytest.mark.parametrize("name", list(theme.THEMES))
@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton])
def test_a_box_has_an_outline_and_a_tick(
    qtbot: QtBot, qapp: QApplication, name: str, kind: type[QAbstractButton]
) -> None:
    theme.apply(qapp, name)
    wanted = theme.THEMES[name]
    button = kind()
    qtbot.addWidget(button)
    button.setCheckable(True)
    assert nearly(wanted.text, colours(button))
    button.setChecked(True)
    ink = "#ffffff" if wanted.on_accent == "#ffffff" else "#000000"
    assert all(nearly(colour, colours(button)) for colour in (wanted.accent, ink))
    assert nearly(wanted.muted, colours(button, usable=False))
    theme.apply(qapp, "light")
