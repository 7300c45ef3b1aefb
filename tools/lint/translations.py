# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Every addon's Russian translation is complete, unambiguous and compiles."""

import subprocess
import sys
from pathlib import Path

import polib


def problems_of(pot, ru):
    """Messages for one addon.

    :param pot: path of the template
    :param ru: path of the Russian translation
    """
    if not ru.exists():
        yield f"{ru}: missing"
        return
    entries = {(e.msgctxt, e.msgid): e for e in polib.pofile(str(ru)) if not e.obsolete}
    for entry in polib.pofile(str(pot)):
        if entry.obsolete:
            continue
        translated = entries.get((entry.msgctxt, entry.msgid))
        if translated is None or not (
            translated.msgstr or all(translated.msgstr_plural.values() or [""])
        ):
            yield f"{ru}: not translated: {entry.msgid[:70]!r}"
        elif translated.fuzzy:
            yield f"{ru}: fuzzy: {entry.msgid[:70]!r}"
    done = subprocess.run(
        ["msgfmt", "--check-format", "--check-domain", "-o", "/dev/null", str(ru)],
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        yield done.stderr.strip()


def problems(root):
    for manifest in sorted(Path(root).glob("addons/*/__manifest__.py")):
        addon = manifest.parent
        pot = addon / "i18n" / f"{addon.name}.pot"
        if not pot.exists():
            yield f"{pot.relative_to(root)}: missing"
        else:
            yield from problems_of(pot, addon / "i18n" / "ru.po")


def main():
    found = list(problems(Path.cwd()))
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
