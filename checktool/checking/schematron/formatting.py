"""Numbers written by a picture: ``format-number()`` with the default decimal format."""

from functools import cache

from elementpath import XPathContext
from elementpath.xpath3 import XPath31Parser

_EXPRESSION = "format-number(number($number), $picture)"


@cache
def format_number(number: str, picture: str) -> str:
    """A number, given as text, by a picture such as ``#,##0.00``. Raises ValueError for a wrong picture."""
    parsed = XPath31Parser().parse(_EXPRESSION)
    context = XPathContext(item="", variables={"number": number, "picture": picture})
    return str(parsed.evaluate(context))
