"""``python -m checktool``: with arguments the command line, without them the window.

Frozen, the same program has two names: as ``checktool-gui`` it is the window, whatever it is given.
"""

import multiprocessing
import sys
from pathlib import Path

from checktool.cli.main import main, open_window

WINDOW = "checktool-gui"

if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(open_window() if len(sys.argv) == 1 or Path(sys.argv[0]).stem == WINDOW else main())
