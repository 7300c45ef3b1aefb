# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Regimes learn of what kind they are and since when the law says so.

Their data is `noupdate`: only empty columns are filled, copies follow their originals.
"""

FAMILIES = {
    "regime_info": "reference",
    "regime_nav": "navigation",
    "regime_hot": "hotline",
    "regime_emrg": "emergency_house",
    "regime_emrg_city": "emergency_city",
    "regime_r59": "written",
    "regime_r59_oral": "oral",
    "regime_pos": "platform",
    "regime_svc210": "service",
}
# 59-FZ in force; resolution 416 in its present form; resolution 1802
SINCE = {
    "regime_r59": "2006-11-02",
    "regime_r59_oral": "2006-11-02",
    "regime_emrg": "2019-03-01",
    "regime_emrg_sewer": "2019-03-01",
    "regime_emrg_chute": "2019-03-01",
    "regime_pos": "2020-11-10",
}


def migrate(cr, version):
    if not version:
        return
    for name, family in FAMILIES.items():
        cr.execute(
            """UPDATE gorod24_regime SET family = %s
                 WHERE family IS NULL
                   AND id IN (SELECT res_id FROM ir_model_data
                              WHERE module = 'gorod24_regulation'
                                AND model = 'gorod24.regime' AND name = %s)""",
            [family, name],
        )
    # copies of copies are a few at most
    cr.execute(
        """WITH RECURSIVE known AS (
               SELECT id, family FROM gorod24_regime WHERE family IS NOT NULL
                UNION
               SELECT copy.id, known.family FROM gorod24_regime copy
                 JOIN known ON copy.origin_id = known.id
                WHERE copy.family IS NULL)
           UPDATE gorod24_regime regime SET family = known.family
             FROM known WHERE known.id = regime.id AND regime.family IS NULL"""
    )
    for name, day in SINCE.items():
        cr.execute(
            """UPDATE gorod24_regime SET valid_from = %s
                 WHERE valid_from IS NULL AND is_shipped
                   AND id IN (SELECT res_id FROM ir_model_data
                              WHERE module = 'gorod24_regulation'
                                AND model = 'gorod24.regime' AND name = %s)""",
            [day, name],
        )
