"""The page ③: one document with its findings."""

from checktool.gui.pages.page import Page


class CorrectPage(Page):
    """one document with its findings."""
