# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Calls of earlier learn whether they came outside the hours, by the hours of today.

By the database: counted record by record, a million calls would take an hour. Their
kind stays what it was.
"""

READ = """
SELECT key, value FROM ir_config_parameter
 WHERE key IN ('gorod24.timezone', 'gorod24.hours_from', 'gorod24.hours_to',
               'gorod24.hours_round_the_clock')
"""
MARK = """
UPDATE gorod24_call SET out_of_hours = TRUE
 WHERE direction = 'in'
   AND (started_at AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::time
       NOT BETWEEN %(opening)s * interval '1 hour' + time '00:00'
           AND %(closing)s * interval '1 hour' - interval '1 second' + time '00:00'
"""


def migrate(cr, version):
    if not version:
        return
    cr.execute("ALTER TABLE gorod24_call ADD COLUMN IF NOT EXISTS out_of_hours boolean")
    cr.execute(READ)
    settings = dict(cr.fetchall())
    if settings.get("gorod24.hours_round_the_clock") == "True":
        return
    try:
        opening = float(settings.get("gorod24.hours_from") or 8)
        closing = float(settings.get("gorod24.hours_to") or 20)
    except ValueError:
        opening, closing = 8.0, 20.0
    cr.execute(
        MARK,
        {
            "zone": settings.get("gorod24.timezone") or "Asia/Barnaul",
            "opening": opening,
            "closing": closing,
        },
    )
