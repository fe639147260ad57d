"""The page 管理: packs, policy and limits."""

from checktool.gui.pages.page import Page


class ManagePage(Page):
    """packs, policy and limits."""
