"""The XSLT definition of the functions answers as the tool's own functions do."""

import math
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from checktool.checking.functions import NAMESPACE, Functions
from checktool.model.definition import CodeEntry, CodeTable
from checktool.paths import data_root

XSLT = "http://www.w3.org/1999/XSL/Transform"
SHEET = data_root() / "rules" / "nanshou-sample" / "functions.xsl"
ON = date(2026, 11, 22)
TABLES = {
    "colour": CodeTable(
        "colour",
        {
            "1": (
                CodeEntry("赤", date(2015, 1, 1), date(2024, 3, 31), ("01",)),
                CodeEntry("紅", date(2024, 4, 1), values=("02",)),
            ),
            "2": (CodeEntry("青", values=("",)),),
        },
        ("group",),
    ),
    "size": CodeTable(
        "size",
        {
            "S": (CodeEntry("小", values=("0.5", "10", "", "", "")),),
            "L": (CodeEntry("大", values=("", "99", "", "", "")),),
            "X": (CodeEntry("無", values=("", "", "", "", "")),),
            "E": (CodeEntry("段", values=("-1", "10", "0.5", "", "")),),
            "C": (CodeEntry("択", values=("1", "3", "", "1=軽|2=重", "")),),
            "D": (CodeEntry("日", values=("", "", "", "", "date")),),
        },
        ("min", "max", "step", "choices", "type"),
    ),
}
TABLES_XML = """<tables><table id="colour">
<row code="1" name="赤" valid_from="2015-01-01" valid_to="2024-03-31" group="01"/>
<row code="1" name="紅" valid_from="2024-04-01" valid_to="" group="02"/>
<row code="2" name="青" valid_from="" valid_to=""/>
</table><table id="size">
<row code="S" name="小" valid_from="" valid_to="" min="0.5" max="10"/>
<row code="L" name="大" valid_from="" valid_to="" min="" max="99"/>
<row code="X" name="無" valid_from="" valid_to="" min="" max=""/>
<row code="E" name="段" valid_from="" valid_to="" min="-1" max="10" step="0.5"/>
<row code="C" name="択" valid_from="" valid_to="" min="1" max="3" choices="1=軽|2=重"/>
<row code="D" name="日" valid_from="" valid_to="" type="date"/>
</table></tables>"""
DOCUMENT = (
    '<any><in code="S"> 0.5\n</in><in code="S">10.</in><in code="E">-1</in><in code="E">4.5</in>'
    '<in code="S"/><in code="C"> 2</in><in code="C"> </in><in code="D">2024-02-29</in><in code="L">-7</in>'
    '<odd code="S">１１</odd><odd code="S">1_1</odd><odd code="S">+11</odd><odd code="S">inf</odd>'
    '<odd code="E">4.4</odd><odd code="E">-1.5</odd><odd code="C">3</odd><odd code="C">1=軽|2</odd>'
    '<odd code="C">軽</odd><odd code="D">2023-02-29</odd><odd code="D">昨日</odd>'
    '<in code="X">1000</in><in code="Y">1000</in><in>1000</in>'
    '<low code="S">.4</low><high code="S"><b>1</b>1</high><high code="L">1e2</high></any>'
)
CALLS = [
    "f:luhn('0110113719')", "f:luhn('0110113718')", "f:luhn('')", "f:luhn('0')", "f:luhn('１２３４５６６')",
    "f:municipality-check('131016')", "f:municipality-check('010006')", "f:municipality-check('131015')",
    "f:municipality-check('13101')", "f:is-date('2024-02-29')", "f:is-date('2026-02-29')",
    "f:is-date('2026-9-1')", "f:is-date('2026-00-10')", "f:is-date('0000-01-01')", "f:is-date(' 2026-01-01')",
    "f:days-between('2024-02-28', '2024-03-01')", "f:days-between('2026-01-01', '1899-12-31')",
    "f:days-between('', '2026-01-01')", "f:days-between('0001-01-01', '9999-12-31')",
    "f:months-between('2026-01-31', '2026-02-28')", "f:months-between('2026-03-15', '2026-01-20')",
    "f:months-between('2026-01-15', '2026-04-15')", "f:months-between('x', '2026-04-15')",
    "f:age-years('2008-02-29', '2026-02-28')", "f:age-years('2008-02-29', '2026-03-01')",
    "f:age-years('2026-03-01', '2026-02-28')", "f:age-months('2024-09-02', '2026-11-01')",
    "f:today()", "f:code-exists('colour', '1')", "f:code-exists('colour', '1', '2014-12-31')",
    "f:code-exists('colour', '2', '1900-01-01')", "f:code-exists('colour', '9')",
    "f:code-exists('colour', '1', 'x')", "f:code-name('colour', '1')",
    "f:code-name('colour', '1', '2024-03-31')",
    "f:code-name('colour', '1', '2024-04-01')", "f:code-name('colour', '9')",
    "f:code-field('colour', '1', 'group')", "f:code-field('colour', '2', 'group')",
    "f:code-field('colour', '9', 'group')", "f:fold('ＨＴＲＡ１　関連')", "f:fold('α1-アンチトリプシン')",
    "f:fold('Α１')", "f:fold('ｸﾞﾙｺｰｽ V型')", "f:fold('グルコース Ⅴ型')", "f:fold('Ⅲ ⅲ III')",
    "f:fold('ﾊﾟｰｷﾝｿﾝ病')",
    'f:fold("＇")', "f:matches('123-4567', '[0-9]{3}-?[0-9]{4}')", "f:matches('1234567x', '[0-9]{7}')",
    "f:matches('', '|[0-9]')", "f:matches('12', '1|12')",
    "f:out-of-range('size', //in)", "f:out-of-range('size', //low)", "f:out-of-range('size', //high[1])",
    "f:out-of-range('size', //high[2])", "f:out-of-range('size', //*)", "f:out-of-range('size', //none)",
    "f:out-of-range('size', //@code)",
    *(f"f:out-of-range('size', //odd[{place}])" for place in range(1, 12)),
]  # fmt: skip


def plain(value: object) -> object:
    """A result as text: both engines write numbers and truth values alike."""
    if isinstance(value, float):
        return "NaN" if math.isnan(value) else str(int(value))
    return str(value).lower() if isinstance(value, bool) else value


@pytest.fixture(scope="module")
def by_sheet(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What the style sheet answers to each call, in order."""
    folder: Path = tmp_path_factory.mktemp("xslt")
    (folder / "tables.xml").write_text(TABLES_XML, encoding="utf-8")
    sheet = etree.XML(
        f'<xsl:stylesheet version="1.0" xmlns:xsl="{XSLT}" xmlns:f="{NAMESPACE}">'
        f'<xsl:import href="{SHEET.as_uri()}"/>'
        f'<xsl:variable name="f:on" select="\'{ON.isoformat()}\'"/>'
        f'<xsl:variable name="f:tables" select="\'{(folder / "tables.xml").as_uri()}\'"/>'
        '<xsl:template match="/"/></xsl:stylesheet>'
    )
    body = etree.SubElement(sheet[-1], "all")
    for call in CALLS:
        one = etree.SubElement(body, "one")
        etree.SubElement(one, f"{{{XSLT}}}value-of", select=call)
    run = etree.XSLT(sheet)
    result = run(etree.XML(DOCUMENT))
    return [one.text or "" for one in result.getroot()]


@pytest.mark.parametrize("index", range(len(CALLS)), ids=CALLS)
def test_both_engines_answer_alike(by_sheet: list[str], index: int) -> None:
    ours = etree.XPath(
        CALLS[index], namespaces={"f": NAMESPACE}, extensions=Functions(TABLES, ON).extensions()
    )(etree.XML(DOCUMENT))
    assert by_sheet[index] == plain(ours)
