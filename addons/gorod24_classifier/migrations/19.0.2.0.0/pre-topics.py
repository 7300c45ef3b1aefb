# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`seasonal` was ticked by hand; now it follows from the days of the season."""

from odoo.tools.sql import column_exists

TABLE = "helpdesk_ticket_category"
SNOW_TOPICS = ("topic_l_bl_03", "topic_l_bl_04")
NO_DAYS = "Сезонная тема: укажите дни начала и конца сезона."


def migrate(cr, version):
    if not version or not column_exists(cr, TABLE, "seasonal"):
        return
    cr.execute(
        f"""ALTER TABLE {TABLE}
            ADD COLUMN IF NOT EXISTS season_from varchar,
            ADD COLUMN IF NOT EXISTS season_to varchar"""
    )
    cr.execute(
        f"""UPDATE {TABLE} SET season_from = '10-15', season_to = '04-15'
             WHERE seasonal AND season_from IS NULL AND id IN (
                   SELECT res_id FROM ir_model_data
                    WHERE module = 'gorod24_classifier' AND name IN %s)""",
        [SNOW_TOPICS],
    )
    # Nobody but the curator knows the days of other topics: the tick becomes a
    # sentence in the note, so that it is not lost.
    cr.execute(
        f"""UPDATE {TABLE} SET seasonal = FALSE,
                   note = concat_ws(chr(10), NULLIF(note, ''), %s)
             WHERE seasonal AND season_from IS NULL""",
        [NO_DAYS],
    )
