# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The .pot templates name exactly the terms that Odoo finds in the addons.

    python -m tools.lint.pot_in_step DATABASE FRESH.pot ADDON… -- odoo i18n export …

DATABASE has the addons installed; FRESH.pot gets the export of all of them.
"""

import re
import subprocess
import sys
from pathlib import Path

import polib


def terms_by_addon(path):
    """{addon: set of (context, msgid)}; a term may belong to several addons."""
    found = {}
    for entry in polib.pofile(str(path)):
        # The list of modules is wrapped over lines: take every word of the comment,
        # nobody asks for the words that are no addon.
        for word in set(re.findall(r"\w+", entry.comment)):
            found.setdefault(word, set()).add((entry.msgctxt, entry.msgid))
    return found


def kept_terms(path):
    if not path.exists():
        return set()
    return {(e.msgctxt, e.msgid) for e in polib.pofile(str(path)) if not e.obsolete}


def difference(addon, kept, fresh, known):
    """Messages for one addon: its template against a fresh export.

    :param known: terms of all addons; a joint export names only one addon for a
        record that several of them extend, so a term is stale when nobody has it.
    """
    for _context, text in sorted(fresh - kept, key=str):
        yield f"{addon}: not in the template: {text[:70]!r}"
    for _context, text in sorted(kept - known, key=str):
        yield f"{addon}: no longer in the sources: {text[:70]!r}"


def problems(root, names, fresh_file):
    fresh = terms_by_addon(fresh_file)
    known = set().union(*fresh.values())
    for addon in names:
        template = Path(root) / "addons" / addon / "i18n" / f"{addon}.pot"
        yield from difference(
            addon, kept_terms(template), fresh.get(addon, set()), known
        )


def main(argv):
    cut = argv.index("--")
    database, target, *names = argv[:cut]
    command = [*argv[cut + 1 :], "-d", database, "-l", "pot", "-o", target, *names]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        print(done.stderr[-3000:])
        return done.returncode
    found = list(problems(Path.cwd(), names, target))
    print("\n".join(found))
    if found:
        print("Mend: export the templates again (docs/architecture.md, «Переводы»).")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
