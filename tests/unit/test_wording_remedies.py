"""Words that fit the case: a remedy for each reason, a shape in plain words, a name for a place."""

from collections.abc import Mapping

import pytest

from checktool.model.finding import Finding, Location, Severity
from checktool.paths import resource
from checktool.wording import Explanation, Wording, _texts


def said(code: str, **params: str | int) -> Explanation:
    return Wording().explain(
        Finding(code, Severity.WARNING, Location("a.xml", item="氏名"), (*params.items(),))
    )


def test_each_reason_has_a_remedy_of_its_own() -> None:
    own = _texts("findings")["F006"]["fix_for"]["reason"]
    general = said("F006", reason="nothing-known").fix
    told = {reason: said("F006", reason=reason).fix for reason in own}
    assert told == own
    assert general not in told.values()
    assert "パスワード" in told["encrypted"]


def test_an_empty_file_is_not_open_elsewhere() -> None:
    assert "ほかのプログラム" not in said("F001", reason="empty").fix
    assert "ほかのプログラム" in said("F001", reason="unreadable").fix


def test_an_empty_container_is_no_unknown_form() -> None:
    assert "検査定義" in said("X105", root="Notes").fix
    assert "検査定義" not in said("X105", container="Forms").fix


def test_remedies_are_of_values_that_have_words() -> None:
    texts = _texts("findings")
    for entry in texts.values():
        for name, table in entry.get("fix_for", {}).items() if isinstance(entry, Mapping) else ():
            assert set(table) <= set(texts["words"][name])
            assert all(text.endswith("。") for text in table.values())


def test_the_shape_of_names_is_plain_where_it_is_known() -> None:
    pack = (resource("wording").parent.parent / "rules/nanshou-sample/pack.toml").read_text(encoding="utf-8")
    shipped = r"^[A-Za-z0-9_-]+\.xml$"
    assert shipped.replace("\\", "\\\\") in pack
    assert "[" not in said("F003", pattern=shipped).message
    assert "[a-z]+" in said("F003", pattern="[a-z]+").message


@pytest.mark.parametrize(
    ("where", "words"),
    [("start", "前に"), ("end", "後ろに"), ("inside", "途中に"), ("only", "空白だけ")],
)
def test_a_blank_is_told_by_its_place(where: str, words: str) -> None:
    assert words in said("T208", pos=3, where=where).message
