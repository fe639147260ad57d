"""What each business rule costs on a document without findings: µs per rule, dearest first, and per file.

Full sample documents are made in a temporary folder and read once. Each rule file (the whole layer) and
each rule (the expression that finds the nodes at which it fails; ``*`` one whose nodes are walked) runs on
every document in turns; of several rounds the least time counts. See docs/rules.md on cheap rules.
"""

import sys
import tempfile
import time
from collections import ChainMap, Counter
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple, cast

from lxml import etree

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from checktool.checking.bench import hospital_tables  # noqa: E402
from checktool.checking.check import Subject  # noqa: E402
from checktool.checking.functions import Functions  # noqa: E402
from checktool.checking.rules import Rules  # noqa: E402
from checktool.checking.schematron.evaluate import Evaluator  # noqa: E402
from checktool.checking.schematron.ruleset import Maker  # noqa: E402
from checktool.checking.schematron.subdocuments import Subdocuments  # noqa: E402
from checktool.cli.main import main as command_line  # noqa: E402
from checktool.definitions import pack, registry  # noqa: E402
from checktool.model.definition import DefinitionPack, Form  # noqa: E402
from checktool.reading.document import Document, read  # noqa: E402
from checktool.reading.sources import Source, list_sources  # noqa: E402
from checktool.settings import Hospital  # noqa: E402

DAY, DOCUMENTS, ROUNDS = date(2025, 10, 1), 20, 15


class Timed(NamedTuple):
    """Something to run on a document; ``codes`` are empty for a whole rule file."""

    file: str
    codes: str
    calls: int
    run: Callable[..., object]
    known: dict[str, Any]


def samples(form: str, chosen: DefinitionPack) -> list[Subject]:
    """Full sample documents of a form, without findings on the day."""
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        options = ["--form", form, "--count", str(DOCUMENTS), "--seed", "1", "--variant", "full"]
        command_line(["sample", *options, "--on", DAY.isoformat(), "-o", folder])
        sources = [source for source in list_sources([folder], chosen.limits) if isinstance(source, Source)]
        documents = [found for source in sources for found in read(source, chosen)]
        return [Subject(found, DAY, []) for found in documents if isinstance(found, Document)]


def parts(form: Form, chosen: DefinitionPack, root: etree._Element) -> list[Timed]:
    """Every rule file of a form and every rule in it; the calls are those for one document."""
    messages = {rule.code: (rule.message, *rule.others)
                for rule in registry.rules_of(chosen) if rule.code not in chosen.off}  # fmt: skip
    plain = Functions(ChainMap(hospital_tables(Hospital()), chosen.tables), DAY).extensions()  # type: ignore[arg-type]
    calls: Counter[str] = Counter()
    counting = {key: counted(function, calls) for key, function in plain.items()}
    found = []
    for schema in registry.schemas_of(chosen, form):
        found.append(Timed(schema.file.name, "", 0, Rules(form, [schema], plain, messages).check, {}))
        files = Subdocuments(schema.folder, schema.file.parent)
        made = Maker(form, messages).ruleset(schema, counting, files)
        language, known = cast(Evaluator, made.language), dict[str, Any]()
        for let in made.lets:
            known[let.name] = language.value(root.getroottree(), let, known)
        for rule in (rule for pattern in made.patterns for rule in pattern.rules):
            ready = language.compiled(f"boolean({rule.failing or rule.nodes})").call
            calls.clear()
            ready(root, **known)
            codes = " ".join(sorted({test.assertion.code for test in rule.tests})) + "*" * (not rule.failing)
            found.append(Timed(schema.file.name, codes, calls.total(), ready, known))
    return found


def counted(function: Callable[..., object], calls: Counter[str]) -> Callable[..., object]:
    """A function that counts its calls."""

    def called(*arguments: object) -> object:
        calls["all"] += 1
        return function(*arguments)

    return called


def least(timed: list[Timed], subjects: list[Subject]) -> list[float]:
    """Seconds of each part, the mean over the documents of the least of all rounds."""
    best = [[60.0] * len(subjects) for _ in timed]
    for _ in range(ROUNDS):
        for at, subject in enumerate(subjects):
            for part, times in zip(timed, best, strict=True):
                what = subject.document.root if part.codes else subject
                begun = time.perf_counter()
                part.run(what, **part.known)
                times[at] = min(times[at], time.perf_counter() - begun)
    return [sum(times) / len(times) for times in best]


def main() -> None:
    """Print the cost of every rule file and rule of each form."""
    chosen = pack.load("nanshou-sample")
    for form in chosen.forms:
        subjects = samples(form.id, chosen)
        timed = parts(form, chosen, subjects[0].document.root)
        costs = sorted(zip(least(timed, subjects), timed, strict=True), key=lambda each: -each[0])
        print(f"\n{form.id}: {1e6 * sum(cost for cost, part in costs if not part.codes):.0f} µs a document")
        for cost, part in sorted(costs, key=lambda each: bool(each[1].codes)):
            kind = f"{part.calls:4} calls  {part.codes}" if part.codes else "whole file"
            print(f"{1e6 * cost:8.1f} µs  {part.file:20} {kind}")


if __name__ == "__main__":
    main()
