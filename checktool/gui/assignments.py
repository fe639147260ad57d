"""Who mends a finding: what its rule says, unless the person at work has marked someone else. No Qt."""

from checktool.gui.comparison import Identity, identity
from checktool.gui.rows import AnyFinding
from checktool.model.report import FileReport
from checktool.wording import Wording

PEOPLE = ("doctor", "vendor", "clerk")
"""Who can be marked; a rule may name others."""


class Assignments:
    """The marks of a session. They hold when the document is corrected and checked again."""

    def __init__(self) -> None:
        self._marked: dict[tuple[str, Identity], str] = {}

    def who(self, wording: Wording, report: FileReport, finding: AnyFinding) -> str:
        """The key of who mends a finding (``report.who.<key>``), as marked or as its rule says."""
        return self._marked.get(_key(report, finding)) or wording.rule(finding.code).who

    def name(self, wording: Wording, report: FileReport, finding: AnyFinding) -> str:
        """Who mends a finding in words; a word of a pack that is not ours is shown as it is."""
        who = self.who(wording, report, finding)
        try:
            return wording.say(f"report.who.{who}") if who else ""
        except KeyError:
            return who

    def mark(self, report: FileReport, finding: AnyFinding, who: str) -> None:
        """Note who mends a finding."""
        self._marked[_key(report, finding)] = who

    def clear(self) -> None:
        """Forget every mark."""
        self._marked.clear()


def _key(report: FileReport, finding: AnyFinding) -> tuple[str, Identity]:
    return report.key or report.source, identity(finding, report.source)
