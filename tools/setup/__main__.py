"""Runs the setup, after a look at what it needs: `python3 -m tools.setup`."""

import sys

from tools.setup.missing import missing

if __name__ == "__main__":
    lacking = missing()
    if lacking:
        sys.exit(lacking)
    # Imported late: only a Python that is new enough can read it.
    from tools.setup.steps import main

    main()
