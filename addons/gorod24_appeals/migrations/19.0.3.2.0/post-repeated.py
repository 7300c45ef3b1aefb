# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""A question has its own mark of a repeated call; before only the appeal kept it.

Of an appeal with several questions those are repeated that name an earlier question
of the same person and topic.
"""

OWN_MARK = """
UPDATE gorod24_question question SET repeated = TRUE
  FROM helpdesk_ticket appeal
 WHERE appeal.id = question.appeal_id AND appeal.repeated
   AND question.repeated IS NULL
   AND (
        NOT EXISTS (
            SELECT 1 FROM gorod24_question other
             WHERE other.appeal_id = appeal.id AND other.id <> question.id
        )
        OR EXISTS (
            SELECT 1 FROM gorod24_question earlier
             WHERE earlier.id = question.repeat_of_id
               AND earlier.partner_id = question.partner_id
               AND earlier.topic_id = question.topic_id
        )
   )
"""


def migrate(cr, version):
    if version:
        cr.execute(OWN_MARK)
