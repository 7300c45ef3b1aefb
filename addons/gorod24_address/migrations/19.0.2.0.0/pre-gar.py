# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def migrate(cr, version):
    """The number of a house is unique among active houses only from now on."""
    if not version:
        return
    cr.execute(
        "ALTER TABLE gorod24_building"
        " DROP CONSTRAINT IF EXISTS gorod24_building_street_house_uniq"
    )
