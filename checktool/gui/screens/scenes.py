"""The table of pictures: a name, what it shows, and how large, in which colours it is shown."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QWidget

from checktool.gui import theme
from checktool.gui.screens import checking, correcting, making, rooms, sheets, writing
from checktool.gui.screens.stage import Stage

Show = Callable[[Stage], QWidget]

LARGE = 16.0
LARGEST = theme.LARGEST
ROOM: dict[float, tuple[int, int]] = {1.0: (1240, 780), 1.5: (1240, 660), 2.0: (940, 500)}
"""The room for a window at a scale, in points of that scale: that of a usual screen."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture. ``short`` marks scenes in which names and values are too long to be shown whole."""

    name: str
    show: Show
    colours: str = "light"
    points: float = theme.SIZE
    scales: tuple[float, ...] = (1.0,)
    short: bool = False


PLAIN = (
    Scene("choose-empty", checking.choose_empty),
    Scene("choose-recent", checking.choose_recent),
    Scene("choose-drag", checking.choose_drag),
    Scene("choose-operator", rooms.operator),
    Scene("check-running", checking.running),
    Scene("check-stopped", checking.stopped),
    Scene("check-clean", checking.clean),
    Scene("check-mixed", checking.mixed),
    Scene("check-again", checking.again),
    Scene("check-unreadable", checking.unreadable),
    Scene("check-nothing", checking.nothing),
    Scene("check-gone", checking.gone),
    Scene("check-long", checking.long_texts, short=True),
    Scene("check-20000", checking.many),
    Scene("check-no-hit", checking.no_hit),
    Scene("check-common", checking.common),
    Scene("check-hidden", checking.hidden),
    Scene("correct-form", correcting.form),
    Scene("correct-source", correcting.source),
    Scene("correct-hidden", correcting.hidden),
    Scene("correct-again", correcting.again),
    Scene("correct-clean", correcting.clean),
    Scene("correct-unreadable", correcting.unreadable),
    Scene("correct-long", correcting.long_texts, short=True),
    Scene("correct-huge", correcting.huge),
    Scene("correct-explain", correcting.explain),
    Scene("write-contents", writing.contents),
    Scene("write-destination", writing.destination),
    Scene("write-ready", writing.ready),
    Scene("write-full", writing.full),
    Scene("write-writing", writing.in_progress),
    Scene("write-result", writing.result),
    Scene("write-refused", writing.refused),
    Scene("write-stopped", writing.stopped),
    Scene("write-nothing", writing.nothing),
    Scene("history", rooms.history),
    Scene("history-empty", rooms.history_empty),
    Scene("manage-packs", rooms.packs),
    Scene("make-sources", making.sources),
    Scene("make-finish", making.finish),
    Scene("install-pack", making.install),
    Scene("manage-policy", rooms.policy),
    Scene("manage-selftest", rooms.selftest),
    Scene("manual", rooms.manual),
    Scene("about", rooms.about),
    Scene("crash", rooms.crash),
    Scene("fonts-missing", rooms.fonts_missing),
    Scene("paper-list", sheets.of_the_list),
    Scene("paper-document", sheets.of_one_document),
    Scene("paper-preview", sheets.preview),
)
OTHERWISE = (
    "choose-recent", "check-mixed", "check-common", "correct-form", "correct-source",
    "write-contents", "write-ready", "write-result", "manage-packs",
)  # fmt: skip


def _varied() -> tuple[Scene, ...]:
    known = {scene.name: scene for scene in PLAIN}
    looks = (
        ("dark", {"colours": "dark"}),
        ("contrast", {"colours": "contrast"}),
        ("large", {"points": LARGE}),
        ("largest", {"points": LARGEST}),
    )
    return tuple(
        replace(known[name], name=f"{name}-{look}", **change) for look, change in looks for name in OTHERWISE
    )


WIDE = (Scene("make-review", making.review),)
"""Its six tabs need more room than a small screen has; there they are scrolled."""
SCENES = (*(replace(scene, scales=tuple(ROOM)) for scene in PLAIN), *WIDE, *_varied())
"""All of them: every state at every scale, some in other colours and sizes of text."""
