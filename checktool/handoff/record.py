"""What goes onto the medium beside the XML: report.json, check-record.json, bag-info.txt.

Nothing in them speaks of a patient, a doctor or the hospital's files: no value of an item, no input
name, no free text. A reason for △ is one of the choices; any other wording of it reads その他.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date

from checktool import __version__
from checktool.handoff.manifest import OXUM, written_info
from checktool.handoff.selection import Output, codes_to_confirm
from checktool.model.report import GRAVEST_FIRST, CheckReport, PackInfo
from checktool.reporting.masking import Mask, Values
from checktool.reporting.tree import Tree, pack_tree, report_tree
from checktool.wording import Wording

REPORT = "report.json"
RECORD = "check-record.json"
REASONS = ("doctor", "not_needed", "arrangement")
OTHER_REASON = "other"
SCHEMA = 1


def chosen_reason(given: str, wording: Wording) -> str:
    """The choice that a reason is, in words; その他 for a free text, which stays in the hospital."""
    choices = [wording.say(f"handoff.reason.{key}") for key in REASONS]
    return given.strip() if given.strip() in choices else wording.say(f"handoff.reason.{OTHER_REASON}")


def report_json(checked_again: CheckReport, wording: Wording) -> bytes:
    """The report of the files as they lie in the package, without any value."""
    return _json(report_tree(checked_again, Mask(wording, Values.NONE)))


def check_record(
    report: CheckReport,
    outputs: Sequence[Output],
    hashes: Mapping[str, str],
    confirmed: Mapping[str, str],
    wording: Wording,
) -> bytes:
    """Tool, pack, profile, date, and of each file its hash, verdict and the codes confirmed.

    ``confirmed`` maps a code to the reason as it was given; of a free text only その他 is told.
    """
    reasons = {code: chosen_reason(reason, wording) for code, reason in confirmed.items()}
    codes = codes_to_confirm(report)
    practice = report.pack.status == "sample"
    tree = {
        "schema": SCHEMA,
        "tool": {"name": "checktool", "version": __version__},
        "pack": pack_tree(report.pack),
        "profile": report.profile,
        "date": report.on,
        "practice": practice,
        "note": wording.say("handoff.practice") if practice else "",
        "files": [
            _file_record(output, hashes[output.name], report.pack, codes, reasons) for output in outputs
        ],
        "disclaimer": wording.say("report.disclaimer"),
    }
    return _json(tree)


def bag_info(name: str, info: PackInfo, on: date, octets: int, files: int, wording: Wording) -> bytes:
    """The bag-info.txt of a package of this many payload bytes and files."""
    description = wording.say("handoff.bag.description", title=info.title, edition=info.edition)
    fields = [
        ("Bag-Software-Agent", f"checktool {__version__}"),
        ("Bagging-Date", on.isoformat()),
        ("External-Identifier", name),
        ("External-Description", description),
    ]
    if info.status == "sample":
        fields.append(("Internal-Sender-Description", wording.say("handoff.practice")))
    fields.append((OXUM, f"{octets}.{files}"))
    return written_info(fields)


def _file_record(
    output: Output,
    sha256: str,
    run_pack: PackInfo,
    codes: Mapping[str, frozenset[str]],
    reasons: Mapping[str, str],
) -> Tree:
    verdicts = {document.verdict for document in output.documents}
    confirmed = {code for each in output.documents for code in codes.get(each.report.source, ())}
    return {
        "name": output.name,
        "sha256": sha256,
        "forms": sorted({document.report.form for document in output.documents}),
        "documents": len(output.documents),
        "verdict": next(verdict for verdict in GRAVEST_FIRST if verdict in verdicts).value,
        **_editions(output, run_pack),
        "confirmed": [{"code": code, "reason": reasons[code]} for code in sorted(confirmed)],
    }


def _json(tree: Tree) -> bytes:
    return (json.dumps(tree, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _editions(output: Output, run_pack: PackInfo) -> Tree:
    """The editions that judged a file's documents, where they are not that of the run alone."""
    packs = dict.fromkeys(document.report.pack or run_pack for document in output.documents)
    return {"packs": [pack_tree(pack) for pack in packs]} if set(packs) - {run_pack} else {}
