"""The way from a request to sample files: recipe, stories, documents, names."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from zlib import crc32

from checktool.errors import UsageError
from checktool.model.definition import DefinitionPack, Form
from checktool.samples import changes, people, recipe, treatment, values
from checktool.samples.changes import Break, Change
from checktool.samples.document import Layout, layout, written
from checktool.samples.stock import Stock
from checktool.samples.story import Frame, Generator, Story, Value, serial_of

GENERATORS: Mapping[str, Generator] = {
    name: function
    for module in (values, people)
    for name, function in vars(module).items()
    if getattr(function, "__module__", "") == module.__name__ and not name.startswith("_")
}
BREAKS = "breaks.toml"
NAMES = ("plain", "rare")
VARIANTS = ("min", "full")


@dataclass(frozen=True, slots=True)
class Request:
    """What samples are wanted; ``broken`` is the code to break, empty for clean documents."""

    form: str
    on: date
    count: int = 1
    seed: int = 1
    variant: str = "full"
    names: str = "plain"
    broken: str = ""


@dataclass(frozen=True, slots=True)
class SampleFile:
    """A file to be: its name without a personal value, and its bytes."""

    name: str
    data: bytes


def samples(pack: DefinitionPack, request: Request) -> Iterator[SampleFile]:
    """The files of a request, one by one; the same request gives the same bytes.

    Raises UsageError A009 to A012, A014, A017 and PackError P014.
    """
    workshop = Workshop(pack, request)
    if not request.broken:
        plain = Break("", (request.form,), (Change(),))
        for index in range(request.count):
            yield from workshop.files(plain, index)
        return
    if request.names != "plain":
        raise UsageError("A017", code=request.broken)
    known = changes.read(workshop.stock.folder / BREAKS)
    entry = changes.find(known, request.broken, request.form, request.on)
    for index in range(request.count):
        yield from workshop.files(entry, index)


class Workshop:
    """Makes the files of one request; recipes and layouts are read once for each form."""

    def __init__(self, pack: DefinitionPack, request: Request) -> None:
        if request.on < pack.valid_from:
            raise UsageError("A012", on=request.on.isoformat(), first=pack.valid_from.isoformat())
        self.pack = pack
        self.request = request
        self.stock = Stock(pack)
        self.ids = [form.id for form in pack.forms]
        self._forms: dict[str, tuple[Form, Layout, recipe.Recipe]] = {}

    def files(self, entry: Break, index: int) -> Iterator[SampleFile]:
        """The files of one document, or of all the documents that a break needs."""
        name = self.name(entry.code, index)
        made: list[tuple[str, bytes]] = []
        for change in entry.changes:
            for _ in range(change.repeat):
                suffix = change.file or ".xml"
                number = "" if len(entry.changes) == change.repeat == 1 else f"-{len(made) + 1:02d}"
                other = index + (len(made) * 1000 if change.other or change.repeat > 1 else 0)
                made.append((f"{name}{number}{suffix}", self._document(entry, change, other)))
        for file, data in treatment.contained(made, entry.container, name):
            yield SampleFile(file, data)

    def name(self, code: str, index: int) -> str:
        """The name of a document without its ending: form, seed, code to break, number."""
        parts = [self.request.form, f"{self.request.seed:04d}", code, f"{index + 1:04d}"]
        return "-".join(part for part in parts if part)

    def _form(self, form: str) -> tuple[Form, Layout, recipe.Recipe]:
        if form not in self._forms:
            if form not in self.ids:
                raise UsageError("A009", form=form)
            found = self.pack.forms[len(self.ids) - 1 - self.ids[::-1].index(form)]
            self._forms[form] = found, layout(found), recipe.read(self.stock.folder, form)
        return self._forms[form]

    def _document(self, entry: Break, change: Change, index: int) -> bytes:
        form, plan, steps = self._form(change.form or self.request.form)
        cut = steps.cut(self.request.variant, change.include).changed(change.recipe)
        frame = Frame(self.stock, form, cut, GENERATORS, self.request.on, self.request.names)
        story = Story(frame, serial_of(self._slot(entry.code), index), index)

        def value(path: str) -> Value:
            if path not in change.set:
                return story.value(path)
            return _given(story, change.set[path])

        text = written(plan, value, change.remove)
        for old, new in change.replace:
            text = text.replace(old, story.fill(new), 1)
        return treatment.treated(text.encode(change.encoding), change.bytes)

    def _slot(self, code: str) -> int:
        """A number for the run that runs of another seed, form, kind of names or break do not share."""
        form = self.ids.index(self.request.form)
        breach = crc32(code.encode()) if code else 0
        return ((breach << 20) + self.request.seed) * 4 + form % 2 * 2 + NAMES.index(self.request.names)


def _given(story: Story, value: Value) -> Value:
    if isinstance(value, str):
        return story.fill(value)
    if isinstance(value, list):
        return [{key: story.fill(text) for key, text in entry.items()} for entry in value]
    return value
