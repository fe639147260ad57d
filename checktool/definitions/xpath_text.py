"""XPath expressions of any version as text: the branches of a union, the variables that are named."""

import re

_VARIABLE = re.compile(r"""\"[^"]*"|'[^']*'|\$\s*([^\W\d][\w.\-]*(?::[^\W\d][\w.\-]*)?)""")


def used_variables(expression: str) -> set[str]:
    """The names behind every ``$`` of an expression of any version, those that it binds itself included."""
    return {found for found in _VARIABLE.findall(expression) if found}


def with_variable(expression: str, name: str, replacement: str) -> str:
    """An expression in which another stands for a variable."""
    return re.sub(
        r"""("[^"]*"|'[^']*')|\$""" + re.escape(name) + r"(?![\w.\-:])",
        lambda hit: hit[1] or replacement,
        expression,
    )


def split_union(expression: str) -> list[str]:
    """The branches of a pattern such as ``a | b/c``, those inside brackets left whole."""
    parts, depth, start, quote = [], 0, 0, ""
    for index, char in enumerate(expression):
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        elif char in "([":
            depth += 1
        elif char in ")]":
            depth -= 1
        elif char == "|" and depth == 0:
            parts.append(expression[start:index].strip())
            start = index + 1
    return [*parts, expression[start:].strip()]
