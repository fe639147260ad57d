"""Canonical bytes: the representation is brought to what is handed over, the content never changed.

Clean means UTF-8 without BOM, an XML declaration, no DOCTYPE, no comments, no processing
instructions. It works token by token on the decoded text of a document that was read before, so
every character that stays is the one that came in: prefixes, order of attributes, CDATA, character
references, white space. A text that needs nothing comes out equal. ``content`` proves it with a
second, independent reader.
"""

import hashlib
import re
from collections.abc import Callable, Generator, Iterable, Iterator
from xml.parsers import expat

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
SPACE = " \t\r\n"

_TOKEN = re.compile(
    r"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>"
    r"|<(?![!?])[^<>\"']*(?:\"[^\"]*\"[^<>\"']*|'[^']*'[^<>\"']*)*>|[^<]+",
    re.DOTALL,
)
_SUITABLE = re.compile(
    r"<\?xml\s+version\s*=\s*(['\"])1\.0\1\s+encoding\s*=\s*(['\"])[Uu][Tt][Ff]-8\2"
    r"(\s+standalone\s*=\s*(['\"])(yes|no)\4)?\s*\?>"
)
_DROPPED = ("<!--", "<?")

Keep = Callable[[int], bool]


def clean(chunks: Iterable[str], keep: Keep | None = None) -> Iterator[str]:
    """The clean text of a well-formed document, in pieces; memory is bounded by its largest token.

    With ``keep`` the document is a multi-record file: only the records (children of the root,
    numbered from 1) for which it answers True come out. Raises ValueError for a DOCTYPE or a text
    that is not well-formed: neither can be handed over.
    """
    tokens = _tokens(chunks)
    prologue, root = _prologue(tokens)
    yield prologue
    body = _body(root, tokens)
    yield from body if keep is None else _selected(body, keep)


def clean_bytes(text: str) -> bytes:
    """The canonical bytes of one document, given decoded and without BOM; raises as ``clean``."""
    return "".join(clean([text])).encode("utf-8")


def content(chunks: Iterable[bytes], records: bool = False) -> list[str]:
    """Fingerprints of the parsed content of a UTF-8 document, whatever its declaration says.

    Two documents have the same content exactly when the lists are equal: names with prefixes,
    attributes in order, namespaces, merged character data; no comments, no processing instructions.
    One entry for a document; with ``records`` one for the container, then one for each record.
    Raises ``expat.ExpatError`` for a text that is not well-formed.
    """
    reader = _Fingerprints(records)
    for chunk in chunks:
        reader.parser.Parse(chunk, False)
    reader.parser.Parse(b"", True)
    return reader.finished()


def _tokens(chunks: Iterable[str]) -> Iterator[str]:
    """Cut a text into markup and character data; long data may come in several pieces.

    An unfinished token waits until the text at hand has doubled, so that its cost stays linear.
    """
    held: list[str] = []
    missing = 0
    for chunk in chunks:
        held.append(chunk)
        missing -= len(chunk)
        if missing <= 0:
            rest = yield from _cut("".join(held))
            held, missing = [rest], len(rest)
    if (yield from _cut("".join(held))):
        raise ValueError("not well-formed")


def _cut(text: str) -> Generator[str, None, str]:
    """Give out the whole tokens at the head of a text; return what is left."""
    position = 0
    while found := _TOKEN.match(text, position):
        yield found.group()
        position = found.end()
    return text[position:]


def _prologue(tokens: Iterator[str]) -> tuple[str, str]:
    """The clean text before the root, and the root's start tag."""
    declaration = ""
    space = ""
    changed = False
    for token in tokens:
        if _SUITABLE.fullmatch(token):
            declaration = token
        elif token.startswith(_DROPPED):
            changed = True
        elif token.startswith("<"):
            suits = bool(declaration) and not changed
            return (declaration or DECLARATION) + (space if suits else "\n"), token
        else:
            space += "".join(character for character in token if character in SPACE)
    raise ValueError("no root")


def _body(root: str, tokens: Iterator[str]) -> Iterator[str]:
    """The tokens from the root on without comments and instructions.

    Where one of them parted ``]]`` from ``>`` the joined text would be ill-formed: the ``>`` is
    then written as a reference.
    """
    yield root
    tail = ""
    for token in tokens:
        if token.startswith(_DROPPED):
            continue
        if token.startswith("<"):
            tail = ""
            yield token
            continue
        joined = tail + token
        yield joined.replace("]]>", "]]&gt;")[len(tail) :]
        tail = joined[-2:]


def _selected(body: Iterator[str], keep: Keep) -> Iterator[str]:
    """A multi-record file with only its kept records; a record takes the space before it along."""
    depth = 0
    number = 0
    kept = True
    space = ""
    for token in body:
        markup = token.startswith("<") and not token.startswith("<!")
        if depth == 1 and not markup and not token.strip(SPACE):
            space += token
            continue
        opens = markup and not token.startswith("</")
        if depth == 1 and opens:
            number += 1
            kept = keep(number)
        if kept:
            yield space + token
        space = ""
        if markup:
            depth += 0 if token.endswith("/>") else 1 if opens else -1
            kept = kept or depth <= 1


class _Fingerprints:
    """Handlers of one expat parser that hash what a reader of the document would see."""

    def __init__(self, records: bool) -> None:
        self.parser = expat.ParserCreate("UTF-8")
        self.parser.ordered_attributes = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self._records = records
        self._depth = 0
        self._text: list[str] = []
        self._frame = hashlib.sha256()
        self._current = self._frame
        self._done: list[str] = []

    def finished(self) -> list[str]:
        """The fingerprints, the container's or the document's own first."""
        return [self._frame.hexdigest(), *self._done]

    def _start(self, name: str, attributes: list[str]) -> None:
        self._flush()
        if self._records and self._depth == 1:
            self._current = hashlib.sha256()
        self._depth += 1
        self._put("start", name, *attributes)

    def _end(self, name: str) -> None:
        self._flush()
        self._put("end", name)
        self._depth -= 1
        if self._records and self._depth == 1:
            self._done.append(self._current.hexdigest())
            self._current = self._frame

    def _characters(self, data: str) -> None:
        self._text.append(data)

    def _flush(self) -> None:
        text = "".join(self._text)
        self._text.clear()
        if self._records and self._depth == 1:
            text = text.strip(SPACE)
        if text:
            self._put("text", text)

    def _put(self, *parts: str) -> None:
        for part in parts:
            encoded = part.encode("utf-8")
            self._current.update(b"%d:" % len(encoded) + encoded)
        self._current.update(b";")
