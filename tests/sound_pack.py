"""A tiny pack of which lint has nothing to say, and what lint says once it has been broken in one way."""

from contextlib import suppress
from pathlib import Path

from checktool.definitions.lint.remark import Remark
from checktool.definitions.lint.run import lint
from checktool.errors import PackError
from tests.tiny_pack import TinyPack, item

DIAGNOSTICS = (
    '<diagnostics><diagnostic id="R901-title">題</diagnostic>'
    '<diagnostic id="R901-fix">直してください。</diagnostic></diagnostics>'
)
SEX = '<xs:element name="Sex" type="xs:string" minOccurs="0"/>'
WRITTEN = '<xs:element name="Written" type="xs:string" minOccurs="0"/>'
NAMED = 'role="error" diagnostics="R901-title R901-fix"'


def check(test: str, code: str = "R901", attributes: str = NAMED, text: str = "文。") -> str:
    """An assertion that has all that is demanded."""
    return f'<assert id="{code}" test="{test}" {attributes}>{text}</assert>'


def rule(context: str, *checks: str) -> str:
    """A rule in a pattern of its own."""
    return f'<pattern><rule context="{context}">{"".join(checks)}</rule></pattern>'


def make_sound(pack: TinyPack) -> TinyPack:
    """Give a tiny pack an XSD, a record definition, a code table and a rule."""
    pack.children(SEX + WRITTEN)
    pack.table("sex", "1,男,,,M", "2,女,,,F", columns=",short")
    pack.record(item("Sex", "code", code_table="sex"), item("Written", "date"))
    pack.rules(rule("/n:Note", check("n:Sex != ''")) + DIAGNOSTICS)
    return pack


def folder_of(pack: TinyPack) -> Path:
    """The folder of a tiny pack, its cover sheet written, sound or not."""
    with suppress(PackError):
        pack.load()
    return pack.folder


def linted(pack: TinyPack) -> list[Remark]:
    """The remarks on a tiny pack."""
    return lint(str(folder_of(pack)))


def said(pack: TinyPack) -> list[str]:
    """Their codes."""
    return [one.code for one in linted(pack)]
