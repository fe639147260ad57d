"""Who mends a finding: the rule's word, a mark, and how long a mark holds."""

from dataclasses import replace

from checktool.gui.assignments import Assignments
from checktool.gui.session import Session
from checktool.model.definition import Rule
from checktool.model.finding import BatchFinding, Finding, Layer, Location, Severity
from checktool.model.report import FileReport
from checktool.wording import Wording

REPORT = FileReport("a.xml", "", "note", "", (), key="k")


def finding(code: str = "D601", xpath: str = "/Note[1]/One[1]") -> Finding:
    """A finding at a place."""
    return Finding(code, Severity.ERROR, Location("a.xml", xpath, "一つ目"))


def test_without_a_mark_the_rule_says_it(session: Session) -> None:
    marks, wording = Assignments(), session.wording
    assert (marks.who(wording, REPORT, finding("T201")), marks.name(wording, REPORT, finding("T201"))) == (
        "clerk",
        "事務",
    )


def test_a_mark_holds_for_the_same_finding_of_the_same_document(session: Session) -> None:
    marks, wording = Assignments(), session.wording
    marks.mark(REPORT, finding(), "doctor")
    later = replace(REPORT, source="b.xml")
    moved = replace(finding(), location=Location("b.xml", "/Note[1]/One[1]", "一つ目", 9, 9))
    assert marks.name(wording, later, moved) == "医師"
    assert marks.who(wording, later, finding("D601", "/Note[1]/Two[1]")) != "doctor"
    assert marks.who(wording, replace(REPORT, key="other"), finding()) != "doctor"
    marks.clear()
    assert marks.who(wording, REPORT, finding()) != "doctor"


def test_a_finding_of_several_documents_can_be_marked(session: Session) -> None:
    marks = Assignments()
    shared = BatchFinding("B901", Severity.WARNING, ("a.xml", "b.xml"))
    marks.mark(REPORT, shared, "vendor")
    assert marks.name(session.wording, REPORT, shared) == "システム会社（ベンダ）"


def test_a_word_of_a_pack_that_is_not_ours_is_shown_as_it_is() -> None:
    rules = [Rule(code, Layer.RULES, Severity.ERROR, "", "", "", who=who)
             for code, who in (("Q1", "薬剤部"), ("Q2", ""))]  # fmt: skip
    names = [Assignments().name(Wording(rules), REPORT, finding(code)) for code in ("Q1", "Q2")]
    assert names == ["薬剤部", ""]
