# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What shipped regimes and calendars say about themselves since this version.

Their data is `noupdate`: what the customer changed in them stays, only the marks and
the new columns are set.
"""

EXTENSIONS = {"rule_r59_execution": 30, "rule_hot_execution": 15}
REGIMES = (
    "regime_info",
    "regime_nav",
    "regime_hot",
    "regime_emrg",
    "regime_emrg_sewer",
    "regime_emrg_chute",
    "regime_r59",
    "regime_svc210",
)
SOURCES = {2025: "memory", 2026: "memory", 2027: "law"}


def migrate(cr, version):
    if not version:
        return
    for name, days in EXTENSIONS.items():
        cr.execute(
            """UPDATE gorod24_regime_rule
                  SET extension_days = %s, extension_notice = TRUE
                WHERE id = (SELECT res_id FROM ir_model_data
                             WHERE module = 'gorod24_regulation' AND name = %s)
                  AND COALESCE(extension_days, 0) = 0""",
            [days, name],
        )
    # a shipped regime the customer has edited before is his, not the original
    cr.execute(
        """UPDATE gorod24_regime SET is_shipped = TRUE
            WHERE id IN (SELECT data.res_id FROM ir_model_data data
                          WHERE data.module = 'gorod24_regulation'
                            AND data.model = 'gorod24.regime' AND data.name IN %s)
              AND NOT EXISTS (SELECT FROM gorod24_regime_rule rule
                               WHERE rule.regime_id = gorod24_regime.id
                                 AND rule.write_uid <> 1)""",
        [REGIMES],
    )
    for year, source in SOURCES.items():
        cr.execute(
            """UPDATE gorod24_production_calendar SET source = %s
                WHERE year = %s AND checked_on IS NULL""",
            [source, year],
        )
