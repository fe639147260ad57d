"""Unpacking a package into a folder: verified before, compared while copying, verified after."""

from pathlib import Path

from checktool.errors import HandoffError
from checktool.handoff.names import is_safe
from checktool.handoff.staging import (
    demand_space,
    flush_folder,
    publish,
    target_fault,
    target_folder,
    working_folder,
    write_file,
)
from checktool.handoff.tree import Tree, tree_of
from checktool.handoff.verifier import Verification, chunks_of, verify
from checktool.reading.faults import ReadFault


def extract(verified: Verification, to: Path) -> Path:
    """Copy a package that was verified without faults to ``to/<its name>``; answer that folder.

    Nothing is overwritten and nothing is left on a fault. Raises HandoffError: H007 for a package with
    faults, H001, H002, H008 and H014 for the target, H004 when what was written reads back differently.
    """
    if verified.faults or not is_safe(verified.name):
        raise HandoffError("H007", count=max(len(verified.faults), 1))
    tree = tree_of(verified.path)
    entries = tree.entries()
    final = to / verified.name
    with target_folder(to):
        try:
            demand_space(to, sum(entry.size for entry in entries))
            with working_folder(to, [verified.name]) as (name, place):
                package = place / name
                _copy(tree, [entry.path for entry in entries], package)
                _compare(verified, package)
                publish(package, final)
        except OSError as fault:
            raise target_fault(fault, final) from fault
    return final


def _copy(tree: Tree, paths: list[str], package: Path) -> None:
    package.mkdir()
    for path in paths:
        target = package.joinpath(*path.split("/"))
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            write_file(target, chunks_of(tree, path))
        except ReadFault as fault:
            raise HandoffError("H009", reason="broken") from fault
    flush_folder(package)


def _compare(verified: Verification, package: Path) -> None:
    again = verify(package)
    differing = {path for path, value in verified.hashes.items() if again.hashes.get(path) != value}
    if again.faults or differing:
        raise HandoffError("H004", count=max(len(again.faults), len(differing)))
