"""``python -m checktool.gui.screens -o FOLDER``: a picture of every screen and state of the window.

The pictures are made offscreen from sample documents, each the same every time. What cannot be read whole in
one of them is told, and the answer is then 1; it is 2 where no scene is meant.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

SCALE = "QT_SCALE_FACTOR"


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the pictures that are asked for; 0 when every text in them can be read whole."""
    parser = argparse.ArgumentParser(prog="python -m checktool.gui.screens", description=__doc__)
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="scenes, or patterns (check-*)")
    parser.add_argument("--scale", type=float, choices=(1.0, 1.5, 2.0), help="one scale only")
    asked = parser.parse_args(arguments)
    asked.output.mkdir(parents=True, exist_ok=True)
    if asked.scale is None:
        return max(_in_process(scale, asked) for scale in ("1.0", "1.5", "2.0"))
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ[SCALE] = str(asked.scale)
    from checktool.gui.screens.taking import take, wanted  # Qt reads the scale when it is loaded

    if not any(wanted(asked.only, asked.scale)):
        return 2
    with tempfile.TemporaryDirectory(prefix="checktool-") as folder:
        cut = take(asked.output, Path(folder), asked.only, asked.scale)
    for name, text in cut:
        print(f"{name}: {text}", file=sys.stderr)
    return 1 if cut else 0


def _in_process(scale: str, asked: argparse.Namespace) -> int:
    command = [sys.executable, "-m", "checktool.gui.screens", "-o", str(asked.output), "--scale", scale]
    return subprocess.run(
        [*command, *(["--only", *asked.only] if asked.only else [])], check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
