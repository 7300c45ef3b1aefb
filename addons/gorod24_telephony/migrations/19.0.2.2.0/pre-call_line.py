# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def migrate(cr, version):
    """Give the calls of earlier the number they came by as their line."""
    cr.execute("ALTER TABLE gorod24_call ADD COLUMN IF NOT EXISTS line varchar")
    cr.execute(
        "UPDATE gorod24_call SET line = dialed_number"
        " WHERE direction = 'in' AND line IS NULL AND dialed_number IS NOT NULL"
    )
