"""A pretend delivery of a ministry, in the untidy layout that such deliveries have; all of it is made up.

``deliver(folder, edition)`` writes it: three XSDs, examples, a workbook of 20 code tables, one of record
definitions, CSV files in two encodings, and files of no use. Edition 2 renames, adds, drops and re-dates.
"""

import shutil
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

HERE = Path(__file__).resolve().parent
TABLES = "03_コード表/コード表一覧.xlsx"
RECORDS = "02_レコード定義/ファイルレコード定義書.xlsx"

Rows = list[list[Any]]


def put(sheet: Worksheet, row: int, column: int, rows: Rows, zeros: str = "") -> None:
    """Write rows of cells from a place on; whole numbers get a number format when one is given."""
    for down, values in enumerate(rows):
        for right, value in enumerate(values):
            cell = sheet.cell(row + down, column + right, value)
            if zeros and isinstance(value, int):
                cell.number_format = zeros


def code_tables(edition: int) -> Workbook:
    """Twenty code tables on seventeen sheets, and two sheets without any."""
    book = Workbook()
    cover = book.active
    put(cover, 2, 2, [["コード表一覧"], ["版", f"第{edition}.0版"], ["作成日", date(2025, 4, 1)]])
    cover.title = "表紙"
    book.create_sheet("Sheet9")
    _first_sheets(book, edition)
    _several_on_a_sheet(book)
    _long_form(book)
    for number, (title, first) in enumerate(
        [("食事の状況", "自立"), ("移動の状況", "自立"), ("整容の状況", "自立"), ("入浴の状況", "自立"),
         ("着替えの状況", "自立"), ("排便の状況", "自立"), ("排尿の状況", "自立")], 12
    ):  # fmt: skip
        sheet = book.create_sheet(f"{number}_{title}")
        put(sheet, 1, 1, [[f"表{number}　{title}コード表"], [], ["区分", "内容"]])
        put(sheet, 4, 1, [["１", first], ["２", "一部介助"], ["３", "全介助"]])
    return book


def _first_sheets(book: Workbook, edition: int) -> None:
    sex = book.create_sheet("01_性別")
    put(sex, 1, 1, [["【表1】性別コード"], ["※半角数字1桁"], [], ["No", "コード", "名称", "備考"]])
    put(sex, 5, 1, [[1, "１", "男", None], [2, "２", "女", None], [3, "３", "不明", "新生児のみ"]])
    put(sex, 9, 2, [["※ 3 は小児慢性特定疾病のみ"]])

    group = book.create_sheet("02_疾患群")
    group.merge_cells("B2:F2")
    put(group, 2, 2, [["疾患群コード"]])
    put(
        group,
        4,
        2,
        [["コード", "疾患群名称", "有効期間", None, "備考"], [None, None, "開始日", "終了日", None]],
    )
    group.merge_cells("D4:E4")
    for column in "BCF":
        group.merge_cells(f"{column}4:{column}5")
    put(group, 6, 2, [
        [1, "架空腫瘍", date(2015, 1, 1), "9999/12/31", None],
        [2, "架空腎疾患", "平成27年1月1日", "－", None],
        ["03", "架空呼吸器疾患", "H27.1.1", "令和7年3月31日", "統合"],
        ["03", "架空呼吸器・胸郭疾患", "R7.4.1", None, None],
    ], zeros="00")  # fmt: skip

    disease = book.create_sheet("03_疾病")
    put(disease, 1, 1, [["疾病コード（疾患群別）"], ["コード", "疾病名", "区分", "適用開始", "適用終了"]])
    put(disease, 3, 1, [
        ["001", "架空病A", "Ａ群", 20150101, None], ["002", "架空病B", "Ａ群", "2015.1.1", 20250331],
        [3, "架空病C", "Ｂ群", 45748, None], ["001", "架空病A", "Ａ群", 20150101, None],
        ["002", "架空病B改", "Ｂ群", "2024/4/1", None],
    ])  # fmt: skip
    disease.merge_cells("C5:C5")

    prefecture = book.create_sheet("04_都道府県")
    names = ["架空北", "架空東", "架空西"]
    put(prefecture, 3, 3, [["都道府県コード", "都道府県名"]])
    put(prefecture, 4, 3, [[number, name] for number, name in enumerate(names, 12)], zeros="000")
    put(prefecture, 8, 3, [["13", "架空都"]])

    reception = book.create_sheet("05_受付種別")
    put(reception, 1, 1, [["コード表名", "受付種別"], ["値", "内容"], ["1", "新規"], ["2", "継続"]])
    if edition == 2:
        put(reception, 5, 1, [["3", "転入"]])


def _several_on_a_sheet(book: Workbook) -> None:
    sheet = book.create_sheet("06-09_人工呼吸器")
    put(sheet, 1, 1, [["人工呼吸器に関するコード"]])
    put(sheet, 3, 1, [["■使用の有無"], ["コード", "名称"], ["0", "なし"], ["1", "あり"], []])
    put(
        sheet,
        8,
        1,
        [["■離脱の見込み"], ["コード", "名称"], ["1", "あり"], ["2", "なし"], ["注）医師の判断による"]],
    )
    put(sheet, 3, 5, [["■種類"], ["コード", "名称"], ["1", "気管切開"], ["2", "マスク"]])
    put(sheet, 8, 5, [["■施行状況"], ["コード", "名称"], ["1", "間欠"], ["2", "夜間"], ["3", "一日中"]])
    dates = book.create_sheet("10_歩行の状況")
    put(
        dates,
        1,
        1,
        [
            ["歩行の状況"],
            ["コード", "内容"],
            ["0-1", "できない"],
            [datetime(2025, 1, 2), "車椅子"],
            [10, "歩ける"],
        ],
    )
    dates["A4"].number_format = 'm"月"d"日"'
    dates["B6"] = "=CONCATENATE(B3,B4)"
    dates["A6"] = 5


def _long_form(book: Workbook) -> None:
    sheet = book.create_sheet("11_その他")
    put(sheet, 1, 1, [["コード表ID", "コード表名", "コード", "コード内容"]])
    put(sheet, 2, 1, [
        ["CD101", "医師区分", "01", "指定医"], [None, None, "02", "協力医"], ["CD102", "有無", 0, "無"],
        ["CD102", "有無", 1, "有"], ["CD103", "学年", "1", "就学前"], ["CD103", "学年", "2", "就学"],
    ])  # fmt: skip
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("B2:B3")


def record_definition(edition: int) -> Workbook:
    """The items of the opinion, its nesting in columns of levels below a merged heading."""
    book = Workbook()
    sheet = book.active
    sheet.title = "意見書"
    put(sheet, 1, 1, [
        ["ファイルレコード定義書（架空の意見書）"],
        [],
        ["項番", "項目名", "階層", None, None, "型", "桁数", "必須", "コード表", "備考"],
        [None, None, "1", "2", "3", None, None, None, None, None],
    ])  # fmt: skip
    sheet.merge_cells("C3:E3")
    for column in "ABFGHIJ":
        sheet.merge_cells(f"{column}3:{column}4")
    put(sheet, 5, 1, [
        [1, "様式の版", "version", None, None, "半角英数", "10", "◎", None, None],
        [None, "疾病", "Disease", None, None, None, None, None, None, None],
        [2, "疾患群番号", None, "group", None, "半角数字", "2", "○", "疾患群コード", None],
        [3, "疾病番号", None, "code", None, "半角数字", "3", "○", "疾病コード", None],
        [None, "基本情報", "Patient", None, None, None, None, None, None, None],
        [4, "患者の姓（漢字）", None, "Name", "Family", "全角", "１～２０", "○", None, None],
        [5, "患者の名（漢字）", None, None, "Given", "全角", "20", "○", None, None],
        [6, "患者の姓（かな）", None, "Kana", "Family", "ひらがな", "20", "○", None, None],
        [7, "患者の名（かな）", None, None, "Given", "ひらがな", "20", "○", None, None],
        [8, "生年月日", None, "BirthDate", None, "日付", "10", "○", None, "YYYY-MM-DD"],
        [9, "性別", None, "Sex", None, "コード", "1", "○", "表1 性別", None],
        [10, "住所の都道府県", None, "Prefecture", None, "コード", "3", "任意", "都道府県", None],
        [11, "受付種別", "Reception", None, None, "コード", "1", "○", "受付種別コード", None],
        [None, "所見", "Findings", None, None, None, None, None, None, None],
        [12, "身長", None, "Height", None, "数値(小数)", "5,1", "条件付", None, "cm"],
        [13, "経過の要約", None, "Summary", None, "自由記載", "250", "任意", None, None],
        [14, "人工呼吸器の使用", None, "Ventilator", None, "コード", "1", "△", "「使用の有無」参照", None],
        [15, "歩行", None, "Walking", None, "コード", "2", "任意", "歩行の状況", None],
        [None, "医師", "Author", None, None, None, None, None, None, None],
        [16, "医療機関名", None, "Institution", None, "全角半角混在", "40", "○", None, None],
        [17, "医師の姓", None, "Name", "Family", "全角", "20", "○", None, None],
        [18, "医師の名", None, None, "Given", "全角", "20", "○", None, None],
        [19, "医師の区分", None, "Code", None, "コード", "2", "○", "CD101", None],
        [20, "記載年月日", None, "WrittenOn", None, "日付", "10", "○", None, None],
    ])  # fmt: skip
    if edition == 2:
        sheet.cell(20, 7, "400")
    faq = book.create_sheet("FAQ")
    put(faq, 1, 1, [["問", "答"], ["提出先はどこですか", "お住まいの自治体です"]])
    return book


def deliver(folder: Path, edition: int = 1) -> Path:
    """Write the delivery of an edition into a new folder and answer the folder."""
    shutil.copytree(HERE / "delivery" / "xsd", folder / "01_XSD")
    shutil.copytree(HERE / "delivery" / "examples", folder / "04_XML例")
    for name, book in ((TABLES, code_tables(edition)), (RECORDS, record_definition(edition))):
        path = folder / name
        path.parent.mkdir(parents=True)
        book.save(path)
    csv = "\r\n".join([
        "項番,項目名,XMLタグ,データ型,文字数,必須区分", "1,患者の姓,Family,全角,20,必須",
        "2,性別,Sex,コード,1,必須",
        "3,特記事項,Note,フリーテキスト,200,任意", "4,記載日,WrittenOn,日付,,必須", "",
    ])  # fmt: skip
    (folder / "02_レコード定義" / "調査票.csv").write_bytes(csv.encode("cp932"))
    table = "コード,名称,有効開始日\n01,髙橋①,2025/4/1\n02,架空,\n"
    (folder / "03_コード表" / "病院区分.csv").write_text(table, encoding="utf-8-sig", newline="\n")
    for name in ("はじめにお読みください.docx", "FAQ.pdf", "設定.json"):
        (folder / name).write_bytes(b"not for a pack")
    if edition == 2:
        xsd = folder / "01_XSD" / "opinion.xsd"
        text = xsd.read_text(encoding="utf-8")
        marker = '<xs:element name="Walking"'
        added = '<xs:element name="Weight" type="xs:decimal" minOccurs="0"/>\n        '
        xsd.write_text(text.replace(marker, added + marker), encoding="utf-8", newline="\n")
    return folder
