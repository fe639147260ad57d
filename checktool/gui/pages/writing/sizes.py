"""Sizes of files and media as people read them."""

UNITS = ("B", "KB", "MB", "GB", "TB")
STEP = 1024


def size_text(octets: int) -> str:
    """A size as ``7.1 GB``; below ten with one decimal."""
    value = float(octets)
    for unit in UNITS:
        if value < STEP or unit == UNITS[-1]:
            break
        value /= STEP
    return f"{value:.1f} {unit}" if unit != "B" and value < 10 else f"{value:.0f} {unit}"
