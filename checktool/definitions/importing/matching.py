"""Which element or attribute of the XSD each row of a record definition means."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from checktool.definitions.importing.records import Draft, clean_path
from checktool.definitions.importing.tree import Node
from checktool.definitions.importing.understood import Sure, Understood
from checktool.definitions.importing.vocabulary import fold


@dataclass(slots=True)
class Places:
    """The nodes of one form by path, tag and label."""

    nodes: list[Node]
    root: str
    by_path: dict[str, Node] = field(default_factory=dict)
    by_tag: dict[str, list[Node]] = field(default_factory=dict)
    order: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Index the nodes."""
        for place, node in enumerate(self.nodes):
            self.by_path.setdefault(node.path, node)
            self.by_tag.setdefault(node.name, []).append(node)
            self.by_tag.setdefault(fold(node.name), []).append(node)
            self.order.setdefault(node.path, place)

    def at(self, path: str) -> list[Node]:
        """The nodes that a path of a record definition means: exact, from the root, or as an ending."""
        for candidate in (path, path.removeprefix(f"{self.root}/"), _attribute(path)):
            if candidate in self.by_path:
                return [self.by_path[candidate]]
        plain = path.replace("@", "")
        return [node for node in self.nodes if f"/{node.path.replace('@', '')}".endswith(f"/{plain}")]

    def named(self, tag: str) -> list[Node]:
        """The nodes of a tag; spelling decides, then the same letters in any case."""
        found = self.by_tag.get(tag) or self.by_tag.get(fold(tag), [])
        return list(dict.fromkeys(found))


def _attribute(path: str) -> str:
    above, _, last = path.rpartition("/")
    return f"{above}/@{last}" if above else f"@{last}"


@dataclass(slots=True)
class Matched:
    """The answer: node of each row that has one, what was guessed, rows that mean nothing here."""

    pairs: list[tuple[Draft, Node]] = field(default_factory=list)
    guessed: dict[str, str] = field(default_factory=dict)
    lost: list[Draft] = field(default_factory=list)
    repeated: list[Draft] = field(default_factory=list)


def score(drafts: Iterable[Draft], places: Places) -> int:
    """How many rows name something that the form has."""
    return sum(bool(_candidates(draft, places)) for draft in drafts)


def _candidates(draft: Draft, places: Places) -> list[Node]:
    if draft.path:
        return places.at(draft.path)
    if draft.tag:
        return places.at(draft.tag) if "/" in draft.tag else places.named(draft.tag)
    wanted = fold(draft.item)
    return [node for node in places.nodes if node.leaf and node.written_in_xsd and fold(node.label) == wanted]


def match(
    drafts: list[Draft], places: Places, given: Mapping[str, str], form: str, notes: Understood
) -> Matched:
    """Match the rows in their order; ``given`` (item → path, of a MAP.toml) comes before everything."""
    answer = Matched()
    taken: set[str] = set()
    scope = section = ""
    last = -1
    for draft in drafts:
        key = f"{draft.section or section}/{draft.item}"
        stated = given.get(key, given.get(draft.item))
        found = _stated(stated, places) if stated is not None else _candidates(draft, places)
        leaves = [node for node in found if node.leaf]
        if not leaves and found:
            scope, last = _scope(found, scope, last, places)
            section = section if "/" in scope else draft.item
            continue
        if not leaves:
            answer.lost.append(draft)
            continue
        free = [node for node in leaves if node.path not in taken]
        if not free:
            answer.repeated.append(draft)
            continue
        node, sure = _chosen(draft, free, len(leaves), scope, last, places)
        if stated is not None or sure is not None:
            answer.guessed[key] = node.path
        if stated is None and sure is not None:
            notes.guessed("path", sure, form=form, item=draft.item, path=node.path)
        if node.path.startswith(f"{scope.partition('/')[0]}/"):
            draft.section = draft.section or section
        taken.add(node.path)
        last = places.order[node.path]
        answer.pairs.append((draft, node))
    return answer


def _stated(path: str, places: Places) -> list[Node]:
    return [places.by_path[path]] if path in places.by_path else places.at(clean_path(path))


def _scope(found: list[Node], scope: str, last: int, places: Places) -> tuple[str, int]:
    """A row that names a group: the rows that follow belong below it."""
    inside = [node for node in found if scope and node.path.startswith(f"{scope}/")]
    later = [node for node in found if places.order[node.path] > last]
    node = (inside or later or found)[0]
    return node.path, max(last, places.order[node.path])


def _chosen(
    draft: Draft, free: list[Node], count: int, scope: str, last: int, places: Places
) -> tuple[Node, Sure | None]:
    """The node that fits best: below the group, by its label, next in order."""
    if count == 1:
        exact = draft.path or free[0].name == draft.tag
        return free[0], None if exact else Sure.ALMOST if draft.tag else Sure.LIKELY
    below = [node for node in free if scope and node.path.startswith(f"{scope}/")]
    labelled = [node for node in below or free if fold(node.label) == fold(draft.item)]
    in_section = [node for node in below or free if draft.section and _section_fits(draft, node, places)]
    best = labelled or in_section or below or free
    later = [node for node in best if places.order[node.path] > last]
    sure = Sure.LIKELY if len(best) == 1 or below else Sure.UNSURE
    return (later or best)[0], sure


def _section_fits(draft: Draft, node: Node, places: Places) -> bool:
    steps = node.path.split("/")
    above = ("/".join(steps[:count]) for count in range(1, len(steps)))
    labels = {fold(places.by_path[path].label) for path in above if path in places.by_path}
    return fold(draft.section) in labels
