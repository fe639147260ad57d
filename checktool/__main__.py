"""``python -m checktool``: with arguments the command line, without them the window."""

import multiprocessing
import sys

from checktool.cli.main import main, open_window

if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main() if len(sys.argv) > 1 else open_window())
