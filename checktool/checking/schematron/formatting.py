"""Numbers written by a picture: ``format-number()`` with the default decimal format."""

import re
from decimal import Decimal, InvalidOperation
from functools import cache

from elementpath import XPathContext
from elementpath.xpath3 import XPath31Parser

_EXPRESSION = "format-number(number($number), $picture)"
_FRACTION = re.compile(r"\.([0-9#]+)")
_SHIFTED = {"%": 2, "‰": 3}


@cache
def format_number(number: str, picture: str) -> str:
    """A number, given as text, by a picture such as ``#,##0.00``. Raises ValueError for a wrong picture.

    Of two numbers equally near, the even one is taken.
    """
    parsed = XPath31Parser().parse(_EXPRESSION)
    context = XPathContext(item="", variables={"number": _rounded(number, picture), "picture": picture})
    return str(parsed.evaluate(context))


def _rounded(number: str, picture: str) -> str:
    fraction = _FRACTION.search(picture)
    places = sum(places for sign, places in _SHIFTED.items() if sign in picture)
    places += len(fraction[1]) if fraction else 0
    try:
        return str(round(Decimal(number), places))
    except (InvalidOperation, ValueError):
        return number
