"""Numbers made from a running one: with check digits, or spread over a range without repeating."""

from math import gcd


def with_luhn(body: str) -> str:
    """The body followed by its check digit, modulus 10 with weights 2, 1, 2, … from the right."""
    total = 0
    for place, digit in enumerate(reversed(body)):
        product = int(digit) * (2 - place % 2)
        total += product // 10 + product % 10
    return f"{body}{-total % 10}"


def spread(number: int, size: int) -> int:
    """A place among 0 … size - 1 that looks drawn; different for any ``size`` consecutive numbers."""
    factor = 2_654_435_761
    while gcd(factor, size) != 1:
        factor += 2
    return number * factor % size
