"""`python -m fabula.cli`: the command, where scripts are not on the path."""

import sys

from fabula.cli import main

if __name__ == "__main__":
    sys.exit(main())
