"""What a profile may change, and what it may not."""

import pytest

from checktool.errors import PackError
from checktool.model.report import LayerStatus, Override, Verdict, verdict_of_run
from tests.tiny_pack import TinyPack, codes, item, layer, note

DOCUMENT = note("<A> a</A>")


@pytest.fixture
def pack(tiny_pack: TinyPack) -> TinyPack:
    tiny_pack.record(item("A"))
    tiny_pack.rule("n:B", '<assert id="R1" role="warning" test="0">x</assert>')
    return tiny_pack


def profile(pack: TinyPack, text: str) -> None:
    pack.file("rules/tiny/profiles/city.toml", text)


@pytest.mark.parametrize(
    ("severity", "verdict"),
    [
        ("error", Verdict.CORRECT),
        ("warning", Verdict.CONFIRM),
        ("info", Verdict.CLEAN),
        ("off", Verdict.CLEAN),
    ],
)
@pytest.mark.parametrize(("code", "document"), [("T208", DOCUMENT), ("R1", note("<B/>"))])
def test_a_profile_changes_a_severity(
    pack: TinyPack, severity: str, verdict: Verdict, code: str, document: str
) -> None:
    profile(pack, f'[{code}]\nseverity = "{severity}"\nreason = "窓口の取扱い"\n')
    report = pack.check(document, profile="city")
    assert verdict_of_run(report) is verdict
    assert [one.severity.word for one in report.files[0].findings] == (
        [severity] if severity != "off" else []
    )
    assert (report.profile, report.overrides) == ("city", (Override(code, severity, "窓口の取扱い"),))


def test_without_a_profile_the_severities_are_those_of_the_catalogue(pack: TinyPack) -> None:
    profile(pack, '[T208]\nseverity = "error"\nreason = "x"\n')
    report = pack.check(DOCUMENT)
    assert (verdict_of_run(report), report.profile, report.overrides) == (Verdict.CONFIRM, None, ())


@pytest.mark.parametrize("code", ["X107", "X108", "X111", "T201", "F001", "F009", "X101", "X105"])
@pytest.mark.parametrize("severity", ["warning", "info", "off"])
def test_what_is_locked_cannot_be_lowered(pack: TinyPack, code: str, severity: str) -> None:
    profile(pack, f'[{code}]\nseverity = "{severity}"\nreason = "x"\n')
    with pytest.raises(PackError) as caught:
        pack.check(DOCUMENT, profile="city")
    assert (caught.value.code, caught.value.params) == ("P011", {"file": "city.toml", "reason": code})


@pytest.mark.parametrize("text", [
    '[T208]\nseverity = "off"\n', '[T208]\nseverity = "grave"\nreason = "x"\n', 'T208 = "off"\n',
    '[T208]\nreason = "x"\n',
])  # fmt: skip
def test_a_profile_gives_a_severity_and_a_reason(pack: TinyPack, text: str) -> None:
    profile(pack, text)
    with pytest.raises(PackError, match="P011"):
        pack.check(DOCUMENT, profile="city")


def test_a_profile_that_is_not_there(pack: TinyPack) -> None:
    profile(pack, "")
    with pytest.raises(PackError) as caught:
        pack.check(DOCUMENT, profile="town")
    assert (caught.value.code, caught.value.params["available"]) == ("P010", "city")


def test_a_rule_that_the_pack_switches_off_can_be_switched_on(pack: TinyPack) -> None:
    pack.top["off"] = ["R1"]
    assert codes(pack.check(note("<B/>"))) == []
    profile(pack, '[R1]\nseverity = "error"\nreason = "x"\n')
    assert codes(pack.check(note("<B/>"), profile="city")) == ["R1"]
    assert layer(pack.check(note("<B/>"), profile="city"), "rules").status == "failed"


def test_a_profile_names_no_code_that_is_none(pack: TinyPack) -> None:
    profile(pack, '[R9]\nseverity = "error"\nreason = "x"\n')
    with pytest.raises(PackError, match="P011"):
        pack.check(DOCUMENT, profile="city")


def test_reading_fails_where_a_profile_makes_an_error_of_what_it_noticed(pack: TinyPack) -> None:
    """FAILED means at least one error in every layer, and a failed reading is no verdict on the content."""
    pack.top["limits"] = {"file_name": "O.*"}
    profile(pack, '[F003]\nseverity = "error"\nreason = "x"\n')
    report = pack.check(note("<A>a</A>"), profile="city")
    assert (codes(report), layer(report, "reading").status) == (["F003"], LayerStatus.FAILED)
    assert verdict_of_run(report) is Verdict.UNCHECKED
