# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Columns with one value for all old rows are added at once.

The ORM would write the value row by row into a million rows with all their indexes:
minutes per column. PostgreSQL keeps a default of old rows beside the table instead.
"""

COLUMNS = (
    ("gorod24_question", "period", "int4", "1"),
    ("gorod24_referral", "period", "int4", "1"),
    ("gorod24_referral", "role", "varchar", "'main'"),
    ("gorod24_referral", "way", "varchar", "'first'"),
    ("helpdesk_ticket", "inform_way", "varchar", "'phone'"),
)


def migrate(cr, version):
    if not version:
        return
    for table, column, kind, value in COLUMNS:
        cr.execute(
            f"ALTER TABLE {table} ADD COLUMN IF NOT EXISTS {column} {kind}"
            f" DEFAULT {value}"
        )
        cr.execute(f"ALTER TABLE {table} ALTER COLUMN {column} DROP DEFAULT")
