"""The differences of two packs as text and as JSON."""

import json
from collections.abc import Iterator

from checktool.reporting.pack_diff.content import Compared, outside, pack_line, rows, sections, verdict, why
from checktool.wording import Wording


def text(compared: Compared, wording: Wording, everything: bool) -> Iterator[str]:
    """For reading on a terminal."""
    say = wording.say
    yield say("pack_diff.title") + "\n"
    yield say("pack_diff.one", pack=pack_line(compared.one, wording)) + "\n"
    yield say("pack_diff.other", pack=pack_line(compared.other, wording)) + "\n"
    if not compared.changes:
        yield "\n" + say("pack_diff.none") + "\n"
    for heading, count, shown, left in sections(compared, wording, everything):
        yield "\n" + say("pack_diff.heading", section=heading, count=count) + "\n"
        for row in shown:
            yield say("pack_diff.line", kind=row.kind, text=row.text) + "\n"
        if left:
            yield say("pack_diff.left", count=left) + "\n"
    yield from _flips(compared, wording)
    yield "\n" + say("report.disclaimer") + "\n"


def _flips(compared: Compared, wording: Wording) -> Iterator[str]:
    found = compared.flips
    if found is None:
        return
    flipped = sum(flip.flips for flip in found.documents)
    yield "\n" + wording.say("pack_diff.flips", count=found.count, flipped=flipped, on=found.on) + "\n"
    for flip in found.documents:
        before = verdict(flip.before, compared.one, wording)
        after = verdict(flip.after, compared.other, wording)
        key = "flip" if flip.flips else "stays"
        yield wording.say(f"pack_diff.{key}", before=before, after=after, source=flip.source) + "\n"
        for line in why(flip, compared, wording):
            yield wording.say("pack_diff.why", text=line) + "\n"
    if said := outside(compared, wording):
        yield "\n" + said + "\n"


def json_report(compared: Compared, wording: Wording, _everything: bool) -> Iterator[str]:
    """For machines: every change with its words, every document that differs."""
    tree = {
        **{
            key: {"id": info.id, "edition": info.edition, "status": info.status, "sha256": info.sha256}
            for key, info in (("one", compared.one), ("other", compared.other))
        },
        "same": compared.same,
        "changes": [
            {
                "section": row.change.section.value,
                "kind": row.change.kind.value,
                "subject": row.subject,
                "key": row.change.key,
                **dict(row.change.params),
                "text": row.text,
            }
            for row in rows(compared, wording)
        ],
    }
    if compared.flips is not None:
        tree["documents"] = {
            "on": compared.flips.on,
            "count": compared.flips.count,
            "outside": compared.flips.outside,
            "differing": [
                {
                    "source": flip.source,
                    "before": flip.before.value,
                    "after": flip.after.value,
                    "flips": flip.flips,
                    "appeared": flip.appeared,
                    "disappeared": flip.disappeared,
                    "regraded": flip.regraded,
                }
                for flip in compared.flips.documents
            ],
        }
    yield json.dumps(tree, ensure_ascii=False, indent=2) + "\n"
