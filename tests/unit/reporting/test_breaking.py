"""Pages end between rows and paragraphs; a table goes on with its head; headings stay with what follows."""

import os
from itertools import pairwise

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
breaking = pytest.importorskip("checktool.reporting.breaking")

HEIGHT = 400.0
WIDTH = 500.0
HEAD = "<thead><tr><th>判定</th><th>ファイル</th></tr></thead>"


def laid_out(html: str) -> object:
    """A document without pages; what it is made of."""
    from PySide6.QtGui import QTextDocument

    document = QTextDocument()
    document.setDocumentMargin(0)
    document.setHtml(html)
    document.setTextWidth(WIDTH)
    return document


def table(*rows: str) -> str:
    """A table with a head and a row for each text."""
    return f"<table>{HEAD}{''.join(f'<tr><td>○</td><td>{row}</td></tr>' for row in rows)}</table>"


def test_a_row_is_never_cut_and_every_page_has_the_head(qapp: object) -> None:
    document = laid_out(
        f"<h2>一覧</h2>{table(*['opinion.xml ' * (each % 9 * 10 + 1) for each in range(60)])}"
    )
    pages = breaking.sheets(document, HEIGHT)
    edges = {piece.top for piece in breaking._pieces(document)}
    assert len(pages) > 3
    assert [page.top for page in pages[1:]] == [page.bottom for page in pages[:-1]]
    assert all(page.top in edges for page in pages)
    assert pages[0].head is None
    assert all(page.head is not None for page in pages[1:])
    assert all(height(page) <= HEIGHT for page in pages)


def test_a_heading_stays_with_the_table_below_it(qapp: object) -> None:
    for lines in range(8, 26):
        document = laid_out("<p>文</p>" * lines + f"<h3>書類</h3>{table('a', 'b')}")
        pages = breaking.sheets(document, HEIGHT)
        pieces = list(breaking._pieces(document))
        joined = [piece.bottom for piece in pieces if piece.joined]
        assert not {page.bottom for page in pages[:-1]} & set(joined)


def test_a_row_higher_than_a_page_is_cut_between_its_lines(qapp: object) -> None:
    document = laid_out(table("長い値 " * 2_000, "次"))
    pages = breaking.sheets(document, HEIGHT)
    tall = next(piece for piece in breaking._pieces(document) if piece.bottom - piece.top > HEIGHT)
    assert len(pages) > 3
    assert all(page.bottom in tall.lines for page in pages[1:-2])
    assert all(height(page) <= HEIGHT for page in pages)
    assert all(one.bottom == other.top for one, other in pairwise(pages))


def test_what_fits_is_one_page_and_nothing_is_none(qapp: object) -> None:
    assert len(breaking.sheets(laid_out(table("a")), HEIGHT)) == 1
    assert len(breaking.sheets(laid_out(""), HEIGHT)) <= 1


def height(page: object) -> float:
    """How high a page is with the head of its table."""
    top, bottom = page.head or (0.0, 0.0)  # type: ignore[attr-defined]
    return float(page.bottom - page.top + bottom - top)  # type: ignore[attr-defined]
