# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Questions registered before get their history, referrals the time they were held."""

HELD = """
UPDATE gorod24_referral
   SET held_seconds = GREATEST(EXTRACT(EPOCH FROM
       COALESCE(done_at, refused_at, write_date) - sent_at), 0)::int
 WHERE state NOT IN ('sent', 'accepted') AND COALESCE(held_seconds, 0) = 0
"""
ENDED = """
UPDATE gorod24_referral SET ending = 'closed', ended_at = write_date
 WHERE state = 'withdrawn' AND ending IS NULL
"""
QUESTION_EVENTS = """
INSERT INTO gorod24_question_event
       (question_id, appeal_id, at, author_id, kind, to_state,
        create_uid, create_date, write_uid, write_date)
SELECT q.id, q.appeal_id, moment.at, moment.author, moment.kind, moment.kind,
       1, NOW() AT TIME ZONE 'UTC', 1, NOW() AT TIME ZONE 'UTC'
  FROM gorod24_question q
 CROSS JOIN LATERAL (VALUES
       (q.registered_at, q.operator_id, 'registered'),
       (q.closed_at, NULL::int4, 'closed')) AS moment (at, author, kind)
 WHERE moment.at IS NOT NULL
   AND NOT EXISTS (SELECT FROM gorod24_question_event e WHERE e.question_id = q.id)
"""
REFERRAL_EVENTS = """
INSERT INTO gorod24_question_event
       (question_id, appeal_id, at, author_id, kind, to_state, note,
        create_uid, create_date, write_uid, write_date)
SELECT r.question_id, r.appeal_id, moment.at, moment.author, moment.kind,
       moment.state, COALESCE(moment.note, p.name),
       1, NOW() AT TIME ZONE 'UTC', 1, NOW() AT TIME ZONE 'UTC'
  FROM gorod24_referral r
  JOIN res_partner p ON p.id = r.participant_id
 CROSS JOIN LATERAL (VALUES
       (r.sent_at, r.create_uid, 'sent', 'sent', NULL),
       (r.accepted_at, r.accepted_by_id, 'accepted', 'accepted', NULL),
       (r.refused_at, r.refused_by_id, 'refused', 'registered', r.refusal_reason),
       (r.done_at, r.done_by_id, 'done', 'done', NULL))
       AS moment (at, author, kind, state, note)
 WHERE moment.at IS NOT NULL
   AND NOT EXISTS (SELECT FROM gorod24_question_event e
                    WHERE e.question_id = r.question_id AND e.kind != 'registered'
                      AND e.kind != 'closed')
"""


def migrate(cr, version):
    for statement in (HELD, ENDED, QUESTION_EVENTS, REFERRAL_EVENTS):
        cr.execute(statement)
