"""The global components of a schema set by kind and name, redefined ones apart."""

from pathlib import Path

from lxml import etree

from checktool.definitions.xsdfiles import SchemaFiles
from checktool.definitions.xsdlinks import XML, XS

_DERIVED = {f"{XS}{kind}" for kind in ("restriction", "extension", "group", "attributeGroup")}


class Components:
    """Types, elements, attributes and groups of every file of a set."""

    def __init__(self, files: SchemaFiles) -> None:
        """Index the files from the entry on; an included one without namespace takes that of its user."""
        self._files = files  # keeps the nodes alive whose ids are asked for
        self._globals: dict[tuple[str, str], etree._Element] = {}
        self._redefined: dict[tuple[str, str], etree._Element] = {}
        self._spaces: dict[int, str] = {}
        self._index(files, files.entry, files.root.get("targetNamespace", ""), set())

    def _index(self, files: SchemaFiles, path: Path, namespace: str, seen: set[tuple[Path, str]]) -> None:
        root = files.roots[path]
        namespace = root.get("targetNamespace", namespace)
        if (path, namespace) in seen:
            return
        seen.add((path, namespace))
        self._spaces[id(root)] = namespace
        for node in root.iterchildren(tag=etree.Element):
            kind = etree.QName(node).localname
            for part in node if kind == "redefine" else (node,):
                self._keep(part, namespace)
            if kind in ("include", "import", "redefine"):
                target = files.target(path, node)
                if target is not None:
                    self._index(files, target, "" if kind == "import" else namespace, seen)

    def _keep(self, node: etree._Element, namespace: str) -> None:
        """Index a global component; what a redefinition stands in for is kept beside it."""
        if isinstance(node.tag, str) and node.get("name"):
            key = (etree.QName(node).localname, f"{{{namespace}}}{node.get('name')}")
            if self._globals.setdefault(key, node) is not node:
                self._redefined.setdefault(key, node)

    def find(self, kind: str, holder: etree._Element, qname: str) -> etree._Element | None:
        """The component that a name means where it is used."""
        prefix, _, local = qname.rpartition(":")
        uri = XML if prefix == "xml" else holder.nsmap.get(prefix or None) or ""
        key = (kind, f"{{{uri}}}{local}")
        if key not in self._globals and not uri:
            key = (kind, f"{{{self.space(holder.getroottree().getroot())}}}{local}")
        found = self._globals.get(key)
        derived = key in self._redefined and holder.tag in _DERIVED
        own = derived and any(above is found for above in holder.iterancestors())
        return self._redefined[key] if own else found

    def element(self, clark: str) -> etree._Element | None:
        """The global element declaration of a name."""
        return self._globals.get(("element", clark if clark.startswith("{") else f"{{}}{clark}"))

    def space(self, root: etree._Element) -> str:
        """The namespace of the components of a file."""
        return self._spaces.get(id(root), "")
