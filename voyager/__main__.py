"""`python -m voyager`, and the installed command `voyager`."""

import sys

from voyager.command_line import main

if __name__ == "__main__":
    sys.exit(main())
