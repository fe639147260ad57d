"""The page ④: what may go out to a verified package."""

from checktool.gui.pages.page import Page


class WritePage(Page):
    """what may go out to a verified package."""
