"""The words of a remark of lint."""

from checktool.definitions.lint.remark import Remark
from checktool.wording import Wording


def words(one: Remark, wording: Wording) -> tuple[str, str]:
    """Message and fix of a remark."""
    params = dict(one.params)
    if "near" in params:
        params["near"] = wording.say("lint.near.some", near=params["near"]) if params["near"] else ""
    if "place" in params:
        key = "some" if params["place"] else "root"
        params["place"] = wording.say(f"lint.at.{key}", place=params["place"])
    if one.cause is not None:
        said = wording.error(one.cause)
        params |= {"text": said.message, "fix": said.fix}
    message, fix = (wording.say(f"lint.{one.code}.{part}", **params) for part in ("message", "fix"))
    return message, fix
