"""This finding explained (F1): what was found, and the page of its rule. Works without any network."""

import re
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QLabel, QTextBrowser, QVBoxLayout, QWidget

from checktool.gui.rows import AnyFinding, item_of
from checktool.gui.session import Session
from checktool.gui.tables.shown import mask
from checktool.reporting.rule_pages import markdown_page

COLUMNS, LINES = 64, 34
_HEADING = re.compile(r"^#{1,2}(?= )", re.MULTILINE)
FEATURES = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML


class PageBrowser(QTextBrowser):
    """Shows Markdown; loads nothing, follows nothing."""

    def __init__(self, page: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.document().setMarkdown(_HEADING.sub(r"##\g<0>", page), FEATURES)

    def loadResource(self, _kind: int, _name: QUrl | str) -> Any:  # noqa: N802
        """Pictures and other files are not shown, wherever a page says that they are."""
        return None


class ExplainDialog(QDialog):
    """A finding in words, values hidden as everywhere, and the page of its rule."""

    def __init__(self, session: Session, finding: AnyFinding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        say, rule = session.wording.say, session.wording.rule(finding.code)
        self.setWindowTitle(say("gui.explain.title", code=finding.code))
        said = mask(session).explain(finding)
        head = "　".join(part for part in (item_of(finding), said.title) if part)
        self.this = QLabel(f"{head}\n{said.message}\n{said.fix}", wordWrap=True)
        self.this.setAccessibleName(say("gui.explain.this"))
        frame = QFrame()
        frame.setProperty("role", "card")
        QVBoxLayout(frame).addWidget(self.this)
        self.page = PageBrowser(markdown_page(rule, session.pack, session.wording))
        self.page.setAccessibleName(say("gui.explain.name"))
        self.page.document().setDocumentMargin(self.fontMetrics().height())
        buttons = QDialogButtonBox()
        close = buttons.addButton(say("gui.dialog.close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(frame)
        column.addWidget(self.page, 1)
        column.addWidget(buttons)
        metrics = self.fontMetrics()
        self.resize(metrics.averageCharWidth() * COLUMNS, metrics.height() * LINES)
        self.page.setFocus()
