# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Referrals of before know whom they follow and which control period they are of.

The column of the period was filled with 1 for all of them, also where a citizen had
said «not fixed» and the question was sent anew.
"""

CHAIN = """
WITH suspect AS (
    SELECT question_id FROM gorod24_referral WHERE role = 'main'
     GROUP BY question_id HAVING count(*) FILTER (WHERE way = 'first') > 1
), line AS (
    SELECT r.id, r.question_id, r.way, lag(r.id) OVER mine AS previous_id,
           lag(r.state) OVER mine AS previous_state
      FROM gorod24_referral r JOIN suspect USING (question_id)
     WHERE r.role = 'main'
    WINDOW mine AS (PARTITION BY r.question_id ORDER BY r.id)
), told AS (
    SELECT id, question_id, previous_id,
           CASE WHEN way <> 'first' OR previous_id IS NULL THEN way
                WHEN previous_state = 'done' THEN 'reopened'
                ELSE 'resent' END AS way
      FROM line
), numbered AS (
    SELECT *, 1 + count(*) FILTER (WHERE way IN ('reopened', 'rework'))
                  OVER (PARTITION BY question_id ORDER BY id) AS period
      FROM told
)
UPDATE gorod24_referral r
   SET way = n.way, period = n.period,
       previous_id = COALESCE(r.previous_id, n.previous_id)
  FROM numbered n
 WHERE n.id = r.id
"""
PERIOD = """
UPDATE gorod24_question q SET period = last.period
  FROM (SELECT question_id, max(period) AS period FROM gorod24_referral
         WHERE role = 'main' AND period > 1 GROUP BY question_id) last
 WHERE last.question_id = q.id AND COALESCE(q.period, 1) < last.period
"""


def migrate(cr, version):
    if not version:
        return
    cr.execute(CHAIN)
    cr.execute(PERIOD)
