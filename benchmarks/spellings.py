"""What a document costs by how it is spelled and what is found in it, beside parsing it.

    python benchmarks/spellings.py [--documents 200]

Every kind goes through one judge in this process, in turns; the median of a document's CPU time, without
the start, is told as a multiple of what reading its XML alone takes. Kinds marked * are looked at closely.
"""

import argparse
import re
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from checktool.checking.judge import CheckOptions, Judge
from checktool.definitions.pack import load
from checktool.model.definition import DefinitionPack
from checktool.reading import parsing
from checktool.reading.document import Document
from checktool.samples.make import Request, samples

ON, ROUNDS = date(2025, 10, 1), 3
PREFIXED = (("xmlns=", "xmlns:v="), ("</", "<!/"), ("<", "<v:"), ("<v:!/", "</v:"), ("<v:?", "<?"))


def prefixed(text: str) -> str:
    """The same with a namespace prefix at every element."""
    for old, new in PREFIXED:
        text = text.replace(old, new)
    return text


SPELLINGS: dict[str, Callable[[str], str]] = {
    "one element a line": lambda text: text,
    "all on one line": lambda text: re.sub(r">\s+<", "><", text),
    "tabs, CR LF": lambda text: text.replace("  ", "\t").replace("\n", "\r\n"),
    "namespace prefix": prefixed,
    "other order of attributes": lambda text: re.sub(r'( code="[^"]*")( status="[^"]*")', r"\2\1", text),
    "apostrophes": lambda text: re.sub(r'="([^"\']*)"', r"='\1'", text),
    "comments inside": lambda text: text.replace("<Patient>", "<!-- x --><Patient>"),
    "characters by number *": lambda text: re.sub("[\u4e00-\u9fff]", lambda hit: f"&#{ord(hit[0])};", text),
}


def documents(pack: DefinitionPack, count: int, broken: str = "") -> list[str]:
    """Full samples of both forms, each with one finding if a code is given."""
    found = []
    for form in ("survey", "opinion"):
        request = Request(form, ON, count // 2, variant="full", broken=broken)
        found += [one.data.decode("utf-8") for one in samples(pack, request) if one.name.endswith(".xml")]
    return found


def read(text: str, pack: DefinitionPack) -> Document:
    """A document in memory."""
    data = text.encode("utf-8")
    root = parsing.parse(data, pack.limits)
    return Document("1.xml", "", root, data, f"/{str(root.tag).rpartition('}')[2]}[1]")


def cost(judge: Judge, texts: Sequence[str], pack: DefinitionPack) -> tuple[float, float, int]:
    """Medians of seconds for reading and for judging one document, and how many have findings."""
    reading, judging, found = [], [], 0
    for text in texts:
        begun = time.process_time()
        document = read(text, pack)
        parsed = time.process_time()
        report, _ = judge.document(document)
        reading.append(parsed - begun)
        judging.append(time.process_time() - parsed)
        found += bool(report.findings)
    return statistics.median(reading), statistics.median(judging), found


def main() -> int:
    """Measure every kind and print it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=200)
    count = parser.parse_args().documents
    pack = load("nanshou-sample")
    foreign = replace(pack, forms=tuple(replace(form, record=None) for form in pack.forms))
    plain = documents(pack, count)
    judge, other = Judge(pack, CheckOptions(ON)), Judge(foreign, CheckOptions(ON))
    kinds = [(name, judge, [spelled(text) for text in plain]) for name, spelled in SPELLINGS.items()]
    kinds.append(("one finding each *", judge, documents(pack, count, "D609")))
    kinds.append(("pack without record definition *", other, plain))
    rounds: list[list[tuple[float, float, int]]] = [[] for _ in kinds]
    for _ in range(ROUNDS):
        for (_, chosen, texts), costs in zip(kinds, rounds, strict=True):
            costs.append(cost(chosen, texts, pack))
    unit = min(one[0] for one in rounds[0])
    print(f"{'':34}{'reading':>9}{'all':>9}   with findings")
    for (name, _, texts), costs in zip(kinds, rounds, strict=True):
        alone, whole = min(one[0] for one in costs), min(one[0] + one[1] for one in costs)
        found = f"{costs[0][2]} of {len(texts)}"
        print(f"{name:34}{alone / unit:8.1f}×{whole / unit:8.1f}×   {found}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
