"""The page 履歴: the runs so far."""

from checktool.gui.pages.page import Page


class HistoryPage(Page):
    """the runs so far."""
