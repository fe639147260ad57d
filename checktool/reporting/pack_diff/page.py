"""The differences of two packs as one HTML page: no script, no outside resource, made to be printed."""

from collections.abc import Iterator, Sequence
from html import escape

from checktool.reporting.pack_diff.content import Compared, outside, pack_line, sections, verdict, why
from checktool.wording import Wording

_STYLE = """
body { font-family: "Yu Gothic UI", Meiryo, "BIZ UDGothic", "Noto Sans CJK JP", sans-serif; margin: 2rem auto;
  max-width: 60rem; line-height: 1.6; color: #1a1a1a; background: #fff; padding: 0 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; border-bottom: 1px solid #888; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid #999; padding: .3rem .5rem; text-align: left; vertical-align: top;
  overflow-wrap: anywhere; }
th { background: #eee; } td.kind { white-space: nowrap; width: 4rem; }
p.note { color: #444; font-size: .9rem; }
thead { display: table-header-group; } tr { break-inside: avoid; }
@media print { body { margin: 0; max-width: none; font-size: 10pt; } @page { size: A4; margin: 15mm; } }
"""


def html(compared: Compared, wording: Wording, everything: bool) -> Iterator[str]:
    """The page in pieces."""
    say = wording.say
    title = escape(say("pack_diff.title"))
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    yield '<!DOCTYPE html>\n<html lang="ja">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    yield f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
    for key, info in (("one", compared.one), ("other", compared.other)):
        yield f"<p>{escape(say(f'pack_diff.{key}', pack=pack_line(info, wording)))}</p>\n"
    if not compared.changes:
        yield f"<p>{escape(say('pack_diff.none'))}</p>\n"
    for heading, count, shown, left in sections(compared, wording, everything):
        yield f"<h2>{escape(say('pack_diff.heading', section=heading, count=count))}</h2>\n"
        yield from _table(("pack_diff.column.kind", "pack_diff.column.text"),
                          [(row.kind, row.text) for row in shown], wording)  # fmt: skip
        if left:
            yield f'<p class="note">{escape(say("pack_diff.left", count=left).strip())}</p>\n'
    yield from _flips(compared, wording)
    yield f'<p class="note">{escape(say("report.disclaimer"))}</p>\n</body>\n</html>\n'


def _flips(compared: Compared, wording: Wording) -> Iterator[str]:
    found = compared.flips
    if found is None:
        return
    flipped = sum(flip.flips for flip in found.documents)
    said = wording.say("pack_diff.flips", count=found.count, flipped=flipped, on=found.on)
    yield f"<h2>{escape(said)}</h2>\n"
    if found.documents:
        heads = tuple(f"pack_diff.column.{key}" for key in ("source", "before", "after", "why"))
        cells = [
            (
                flip.source,
                verdict(flip.before, compared.one, wording),
                verdict(flip.after, compared.other, wording),
                "\n".join(why(flip, compared, wording)),
            )
            for flip in found.documents
        ]
        yield from _table(heads, cells, wording)
    if told := outside(compared, wording):
        yield f'<p class="note">{escape(told)}</p>\n'


def _table(heads: tuple[str, ...], cells: Sequence[tuple[str, ...]], wording: Wording) -> Iterator[str]:
    yield "<table>\n<thead><tr>"
    yield "".join(f"<th>{escape(wording.say(head))}</th>" for head in heads)
    yield "</tr></thead>\n<tbody>\n"
    for row in cells:
        first, *rest = (escape(cell).replace("\n", "<br>") for cell in row)
        mark = ' class="kind"' if len(row) == 2 else ""
        yield f"<tr><td{mark}>{first}</td>" + "".join(f"<td>{cell}</td>" for cell in rest) + "</tr>\n"
    yield "</tbody>\n</table>\n"
