"""Plain paths of a pack (``Patient/Name/Family``, ``@kind``) looked up in an XSD by local names."""

import difflib
import re

from checktool.definitions.places import Place

_STEP = r"[^\W\d][\w.\-]*"
_PLAIN = re.compile(rf"(?:{_STEP}/)*@?{_STEP}")


def is_plain(path: str) -> bool:
    """Whether a path goes by local names alone."""
    return _PLAIN.fullmatch(path) is not None


def find(root: Place, path: str) -> Place | None:
    """The place of a path below a form's root, or None; where the XSD leaves all open, the open place."""
    place = root
    for step in path.split("/"):
        near = place.attributes if step.startswith("@") else place.children
        hit = next((one for one in near if one.step == step), None)
        if hit is None:
            free = place.open or (place.world is not None and place.world.any_attribute and step[:1] == "@")
            return place if free else None
        place = hit
    return place


def nearest(root: Place, path: str) -> str:
    """The path with its first unknown step replaced by a similar one that there is, or empty."""
    place, steps = root, path.split("/")
    for number, step in enumerate(steps):
        near = place.attributes if step.startswith("@") else place.children
        hit = next((one for one in near if one.step == step), None)
        if hit is None:
            similar = difflib.get_close_matches(step, [one.step for one in near], 1, 0.6)
            return "/".join([*steps[:number], *similar]) if similar else ""
        place = hit
    return path
