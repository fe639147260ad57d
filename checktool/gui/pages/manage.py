"""The page 管理: definition packs, policy, self-test."""

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from checktool.gui.pages.managing.packs import PacksPanel
from checktool.gui.pages.managing.policy import PolicyPanel
from checktool.gui.pages.managing.selftest import SelfTestPanel
from checktool.gui.pages.page import Page
from checktool.gui.session import Session
from checktool.wording import Wording


class ManagePage(Page):
    """Three tabs; what can be changed is which pack judges."""

    def __init__(self, session: Session, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(session, wording, parent)
        self.packs = PacksPanel(session, wording)
        self.packs.wanted.connect(lambda name: self.pack_requested.emit(name or None, None))
        self.policy = PolicyPanel(wording)
        self.selftest = SelfTestPanel(session, wording)
        self.tabs = QTabWidget()
        for tabs in (self.tabs, self.tabs.tabBar()):
            tabs.setAccessibleName(self.say("manage.sections"))
        self.tabs.addTab(self.packs, self.say("manage.tab.packs"))
        self.tabs.addTab(self.policy, self.say("manage.tab.policy"))
        self.tabs.addTab(self.selftest, self.say("manage.tab.selftest"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tabs)
        self.setFocusProxy(self.tabs.tabBar())

    def shown(self) -> None:
        """Look at everything anew."""
        for panel in (self.packs, self.policy, self.selftest):
            panel.show_session()
