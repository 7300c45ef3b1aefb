# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The column of the answers to extra questions is made empty here.

Left to the ORM it would be computed question by question: hours on a big base.
"""


def migrate(cr, version):
    if not version:
        return
    cr.execute("ALTER TABLE gorod24_question ADD COLUMN IF NOT EXISTS extra jsonb")
