"""How elements are spelled, as patterns: what the quick look takes of their tags and of what is between."""

from checktool.checking.ordinary import several

BLANK = "[ \t\n]"
NAME = r"[\w.\-]+"
PROLOG = rf"(?:<\?xml[^<>?]*+\?>)?{BLANK}*+(?:<!--[^<>\-]*+(?:-[^<>\-]++)*-->{BLANK}*+)*"
FREE = rf'xmlns(?::{NAME})?="[^"<]*+"|{NAME}:(?:noNamespaceS|s)chemaLocation="[^"<]*+"'
ATTRIBUTE = rf'{BLANK}++{NAME}="[^"<]*+"'
END = "</[^<]*+"
_ATTRIBUTED = '(?<=[" \t\n])'
_HOLDING = '(?!(?<![" \t\n]>)</)'
_LONG = 500


def repeated(inner: str, times: str) -> str:
    """A pattern as often as it may stand."""
    if not inner or not times:
        return inner if "|" not in inner else f"(?:{inner})"
    return several(inner, times)


def filled(attributes: str, inner: str, must: bool, closed: bool) -> str:
    """The rest of an element: attributes, then what it holds, or (``closed``) nothing at all.

    One that may be left out holds nothing only if it has attributes (X112). What is long, or has groups,
    stands once, behind a look back for attributes.
    """
    empty = "/>[^<]*+"
    bare = inner if must else f">(?!</){inner[1:]}"
    if not attributes:
        return f"(?:{bare}|{empty})" if closed and must else bare
    if "(?P<" in attributes + inner or len(inner) > _LONG:
        held = inner if must else f">{_HOLDING}{inner[1:]}"
        either = f"(?:{held}|{'' if must else _ATTRIBUTED}{empty})" if closed else held
        return f"{several(attributes, '?')}{either}"
    filled = f"(?:{inner}|{empty})" if closed else inner
    return f"(?:{attributes}{filled}|{f'(?:{bare}|{empty})' if closed and must else bare})"


def rows(name: str) -> str:
    """Like elements, one behind the other; only where each begins and ends is looked at."""
    return rf"(?:<{name}(?=[ \t\n/>])[^<]*+(?:</{name}[ \t\n>][^<]*+)?+)*+"
