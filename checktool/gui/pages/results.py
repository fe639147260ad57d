"""The page ②: the documents with their verdicts, while the check runs and after it."""

from checktool.gui.pages.page import Page


class ResultsPage(Page):
    """The list of results."""
