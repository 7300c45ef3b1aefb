# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Duties of before come into the queue of calls; questions get what citizens said."""

NEXT = """
UPDATE gorod24_informing
   SET next_at = COALESCE(call_back_at, now() AT TIME ZONE 'UTC')
 WHERE state = 'due' AND next_at IS NULL AND phone_e164 IS NOT NULL
"""
SATISFACTION = """
UPDATE gorod24_question question SET satisfaction = last.satisfaction
  FROM (SELECT DISTINCT ON (question_id) question_id, satisfaction
          FROM gorod24_informing
         WHERE state = 'done' AND satisfaction IS NOT NULL
         ORDER BY question_id, id DESC) last
 WHERE last.question_id = question.id AND question.satisfaction IS NULL
"""


def migrate(cr, version):
    cr.execute(NEXT)
    cr.execute(SATISFACTION)
