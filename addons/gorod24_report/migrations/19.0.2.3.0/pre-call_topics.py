# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def migrate(cr, version):
    """The form F10 counts calls now: its action goes over to the new statistics.

    Renamed, not made anew: its address in the browser must be the only one.
    """
    if not version:
        return
    cr.execute(
        """
        UPDATE ir_model_data SET name = 'gorod24_call_topic_stat_action'
        WHERE module = 'gorod24_report' AND name = 'gorod24_question_stat_f10_action'
          AND NOT EXISTS (
              SELECT FROM ir_model_data WHERE module = 'gorod24_report'
                  AND name = 'gorod24_call_topic_stat_action')
        """
    )
