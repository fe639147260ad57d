"""The severity profiles (提出先) that a pack offers: ``profiles/<name>.toml``, their ``title`` if any."""

from checktool.definitions import cover
from checktool.errors import PackError
from checktool.model.definition import DefinitionPack


def profiles_of(pack: DefinitionPack) -> dict[str, str]:
    """Name → title, sorted by name; one that cannot be read is offered by its name and told when chosen."""
    found = {}
    for path in sorted((pack.rules_folder / "profiles").glob("*.toml")):
        try:
            title = cover.read(path).get("title", "")
        except PackError:
            title = ""
        found[path.stem] = title if isinstance(title, str) and title else path.stem
    return found
