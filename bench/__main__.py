# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import sys

from .cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
