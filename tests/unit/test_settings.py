"""The policy of the machine: what cannot be meant is told by its name, or by its line."""

from pathlib import Path

import pytest

from checktool.errors import SettingsError
from checktool.settings import policy
from checktool.wording import Wording


def fault_of(tmp_path: Path, text: str) -> SettingsError:
    path = tmp_path / "policy.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as raised:
        policy(path)
    return raised.value


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("packs = 3\n", "packs"),
        ("other = 3\n", "other"),
        ("[packs]\nsigned_only = 1\n", "packs.signed_only"),
        ("[packs]\nallowed = ['a', 1]\n", "packs.allowed"),
        ("[packs]\nsigned = true\n", "packs.signed"),
        ("[hospital]\ninstitution_code = 1310000001\n", "hospital.institution_code"),
    ],
)
def test_a_key_that_does_not_fit_is_named(tmp_path: Path, text: str, key: str) -> None:
    fault = fault_of(tmp_path, text)
    assert (fault.code, fault.params) == ("G002", {"key": key})
    assert f"「{key}」" in Wording().error(fault).message


def test_the_line_that_is_no_toml_is_named(tmp_path: Path) -> None:
    said = Wording().error(fault_of(tmp_path, "[packs]\nsigned_only = \n")).message
    assert said.endswith("2 行目の書き方を確かめてください。")


def test_what_fits_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_text('[packs]\ntrusted_keys = ["AB:cd"]\nallow_sample = false\n', encoding="utf-8")
    packs = policy(path).packs
    assert (packs.trusted_keys, packs.allow_sample, packs.signed_only) == (("abcd",), False, False)
