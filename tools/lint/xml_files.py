# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Every XML file of the addons is well-formed."""

import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path


def problems(root):
    """Messages for the XML files under root/addons that cannot be parsed."""
    for path in sorted(Path(root).glob("addons/**/*.xml")):
        try:
            ElementTree.parse(path)
        except ElementTree.ParseError as error:
            yield f"{path.relative_to(root)}: {error}"


def main():
    found = list(problems(Path.cwd()))
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
