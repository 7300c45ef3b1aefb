# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Two small indexes by state take the place of the one of all that is open."""


def migrate(cr, version):
    cr.execute("DROP INDEX IF EXISTS gorod24_referral_section_open_idx")
