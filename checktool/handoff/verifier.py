"""Verification of a package on any machine: nothing but the package is needed (RFC 8493 section 3).

Complete and valid, and stricter where ours can be: every tag file stands in a tag manifest, names are
safe everywhere, there are no links and no fetch.txt, the Payload-Oxum is there and right.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from checktool.errors import HandoffError
from checktool.handoff import manifest as bag
from checktool.handoff.names import PRACTICE, collisions, is_left_by_looking, is_safe
from checktool.handoff.tree import Entry, Tree, is_package, tree_of
from checktool.reading.faults import ReadFault

CHUNK = 1 << 20
TAG_FILE_BYTES = 64_000_000

Watch = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a package; ``kind`` is the key of its wording (handoff.fault.<kind>)."""

    kind: str
    path: str = ""
    stated: str = ""
    actual: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """The answer for one package; it is verified when there are no faults.

    ``hashes`` has the SHA-256 of every file that was read, the tag manifests included.
    """

    path: Path
    name: str
    faults: tuple[Fault, ...]
    files: int
    octets: int
    hashes: Mapping[str, str] = field(default_factory=dict, repr=False)
    identifier: str = ""

    @property
    def only_clutter(self) -> bool:
        """Whether there are faults, and nothing but files that a system made when it showed the folder."""
        return bool(self.faults) and all(fault.kind == "clutter" for fault in self.faults)

    @property
    def practice(self) -> bool:
        """Whether it is a practice package, by its name or by the one that bag-info.txt gives it."""
        return any(name.upper().startswith(PRACTICE) for name in (self.name, self.identifier))


def verify(path: Path, watch: Watch = lambda _done, _total: None) -> Verification:
    """Verify one package, a folder or a ZIP.

    ``watch`` is told how many of its files were read, and of how many. Faults of the package are the
    answer; HandoffError is raised for what is no package (H006) and for a ZIP that cannot be opened
    (H009), OSError for a folder that cannot be listed.
    """
    tree = tree_of(path)
    entries = tree.entries()
    if not is_package(entry.path for entry in entries):
        raise HandoffError("H006", path=path.name or str(path))
    check = _Check(tree, {entry.path: entry for entry in entries}, watch)
    check.run()
    payload = [entry for entry in entries if entry.path.startswith(bag.DATA)]
    octets = sum(entry.size for entry in payload)
    return Verification(path, tree.name, tuple(check.faults), len(payload), octets, check.hashes,
                        check.identifier)  # fmt: skip


class _Check:
    """One pass over a package; collects faults, at most one a file: the first, which tells most."""

    def __init__(self, tree: Tree, entries: Mapping[str, Entry], watch: Watch) -> None:
        self.identifier = ""
        self.tree = tree
        self.watch = watch
        self.entries = entries
        self.faults: list[Fault] = []
        self.hashes: dict[str, str] = {}
        self._told: set[str] = set()
        self._wanted: dict[str, dict[str, str]] = {}
        self._plain = {path for path, entry in entries.items() if entry.plain and is_safe(path)}

    def run(self) -> None:
        """Names, bagit.txt, manifests, hashes, bag-info.txt – in this order."""
        for path, entry in self.entries.items():
            if not entry.plain:
                self._tell("link", path)
            elif path not in self._plain:
                self._tell("unsafe", path)
        for path in collisions(self.entries):
            self._tell("collision", path)
        self._declaration()
        payload = {path for path in self._plain if path.startswith(bag.DATA)}
        tags = {path for path in self._plain - payload if not _is_tag_manifest(path)}
        self._manifests("", payload)
        self._manifests("tag", tags)
        self._compare()
        self._info()

    def _tell(self, kind: str, path: str = "", stated: str = "", actual: str = "") -> None:
        if path not in self._told:
            self._told.add(path)
            self.faults.append(Fault(kind, path, stated, actual))

    def _read(self, path: str) -> bytes | None:
        if path not in self._plain:
            return None
        try:
            with self.tree.open(path) as stream:
                return stream.read(TAG_FILE_BYTES)
        except (OSError, ReadFault):
            self._tell("unreadable", path)
            return None

    def _declaration(self) -> None:
        if bag.BAGIT not in self.entries:
            self._tell("no_bagit", bag.BAGIT)
        elif (data := self._read(bag.BAGIT)) is not None and not bag.is_declaration(data):
            self._tell("bagit", bag.BAGIT)
        if bag.FETCH in self.entries:
            self._tell("fetch", bag.FETCH)

    def _manifests(self, kind: str, expected: set[str]) -> None:
        """Every manifest of a kind lists every file that it has to, and no other."""
        found = False
        for path in sorted(self._plain):
            match = bag.MANIFEST.fullmatch(path)
            if match is None or (match.group(1) or "") != kind:
                continue
            if match.group(2) not in bag.ALGORITHMS:
                self._tell("algorithm", path)
                continue
            found = True
            listed = self._listed(path, match.group(2), payload=not kind)
            for extra in sorted(expected - listed) if listed is not None else ():
                usual = "extra" if not kind else "extra_tag"
                self._tell("clutter" if is_left_by_looking(extra) else usual, extra)
        if not found:
            self._tell(f"no_{kind}manifest", f"{kind}manifest-sha256.txt")

    def _listed(self, manifest: str, algorithm: str, payload: bool) -> set[str] | None:
        data = self._read(manifest)
        if data is None:
            return None
        try:
            pairs = bag.read_manifest(data)
        except ValueError:
            self._tell("line", manifest)
            return None
        listed: set[str] = set()
        for path, value in pairs:
            if path in listed:
                self._tell("twice", path)
            listed.add(path)
            if not is_safe(path):
                self._tell("unsafe", path)
            elif path.startswith(bag.DATA) is not payload or _is_tag_manifest(path):
                self._tell("outside", path)
            elif path not in self.entries:
                self._tell("missing", path)
            else:
                self._wanted.setdefault(path, {})[algorithm] = value
        return listed

    def _compare(self) -> None:
        for done, path in enumerate(sorted(self._plain)):
            self.watch(done, len(self._plain))
            wanted = self._wanted.get(path)
            if wanted is None and not _is_tag_manifest(path):
                continue
            try:
                found = self._hashed(path, {*(wanted or ()), "sha256"})
            except (OSError, ReadFault):
                self._tell("unreadable", path)
                continue
            self.hashes[path] = found["sha256"]
            if any(found[algorithm] != value for algorithm, value in (wanted or {}).items()):
                self._tell("changed", path)

    def _hashed(self, path: str, algorithms: set[str]) -> dict[str, str]:
        digests = {algorithm: bag.new_hash(algorithm) for algorithm in algorithms}
        for chunk in chunks_of(self.tree, path):
            for digest in digests.values():
                digest.update(chunk)
        return {algorithm: digest.hexdigest() for algorithm, digest in digests.items()}

    def _info(self) -> None:
        data = self._read(bag.INFO)
        if data is None:
            if bag.INFO not in self.entries:
                self._tell("no_info", bag.INFO)
            return
        try:
            fields = bag.read_info(data)
            self.identifier = fields.get("External-Identifier", "")
            stated = fields.get(bag.OXUM, "")
        except ValueError:
            self._tell("info", bag.INFO)
            return
        payload = [entry for path, entry in self.entries.items() if path.startswith(bag.DATA)]
        actual = f"{sum(entry.size for entry in payload)}.{len(payload)}"
        explained = any(fault.path.startswith(bag.DATA) for fault in self.faults)
        if stated != actual and not explained:
            self._tell("oxum", bag.INFO, stated, actual)


def _is_tag_manifest(path: str) -> bool:
    found = bag.MANIFEST.fullmatch(path)
    return found is not None and found.group(1) == "tag"


def chunks_of(tree: Tree, path: str) -> Iterator[bytes]:
    """The bytes of a file of a package, in pieces."""
    with tree.open(path) as stream:
        while chunk := stream.read(CHUNK):
            yield chunk
