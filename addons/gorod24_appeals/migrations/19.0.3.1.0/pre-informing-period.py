# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Duties to inform learn which control period of the question they belong to."""

from odoo.tools.sql import column_exists, create_column, table_exists


def migrate(cr, version):
    if column_exists(cr, "gorod24_informing", "period"):
        return
    create_column(cr, "gorod24_informing", "period", "int4")
    if not table_exists(cr, "gorod24_question_event"):
        # The first versions kept no course of a question, and no periods.
        cr.execute("UPDATE gorod24_informing SET period = 1")
        return
    # Made before the question was opened again, a duty told the earlier result.
    cr.execute(
        """
        UPDATE gorod24_informing duty
           SET period = CASE
                   WHEN duty.create_date >= COALESCE(opened.at, '-infinity')
                   THEN question.period
                   ELSE GREATEST(question.period - 1, 1)
               END
          FROM gorod24_question question
          LEFT JOIN LATERAL (
                SELECT max(event.at) AS at
                  FROM gorod24_question_event event
                 WHERE event.question_id = question.id
                   AND event.kind IN ('reopened', 'rework')
               ) opened ON TRUE
         WHERE question.id = duty.question_id
        """
    )
