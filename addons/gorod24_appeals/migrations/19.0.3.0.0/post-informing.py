# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Duties of before come into the queue of calls; questions get what citizens said."""

NEXT = """
UPDATE gorod24_informing
   SET next_at = COALESCE(call_back_at, now() AT TIME ZONE 'UTC')
 WHERE state = 'due' AND next_at IS NULL AND phone_e164 IS NOT NULL
   AND needs_contact IS NOT TRUE
"""
# Somebody else answered there at the last attempt: nobody calls him again.
WRONG_PHONES = """
UPDATE gorod24_phone phone SET wrong = TRUE, wrong_at = last.at
  FROM (SELECT DISTINCT ON (duty.partner_id, duty.phone_e164)
               duty.partner_id, duty.phone_e164, attempt.at, attempt.disposition
          FROM gorod24_informing_attempt attempt
          JOIN gorod24_informing duty ON duty.id = attempt.informing_id
         ORDER BY duty.partner_id, duty.phone_e164, attempt.at DESC, attempt.id DESC
       ) last
 WHERE last.disposition = 'wrong_number' AND phone.wrong IS NOT TRUE
   AND last.partner_id = phone.partner_id AND last.phone_e164 = phone.e164
"""
NEEDS_CONTACT = """
UPDATE gorod24_informing duty SET needs_contact = TRUE, next_at = NULL
 WHERE duty.state = 'due' AND duty.needs_contact IS NOT TRUE
   AND (SELECT attempt.disposition FROM gorod24_informing_attempt attempt
         WHERE attempt.informing_id = duty.id
         ORDER BY attempt.at DESC, attempt.id DESC LIMIT 1) = 'wrong_number'
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
    for statement in (WRONG_PHONES, NEEDS_CONTACT, NEXT, SATISFACTION):
        cr.execute(statement)
