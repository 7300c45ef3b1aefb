# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""One side of a whole street is named without the numbers nobody wrote."""

LABELS = """
UPDATE gorod24_notice_place
   SET label = replace(label, ', ' || house_from || '–' || house_to || ' ', ', ')
 WHERE kind = 'range' AND parity != 'all' AND number_from = 1 AND number_to >= 1000
RETURNING notice_id
"""
NOTICES = """
UPDATE gorod24_notice notice SET places_text = place.labels
  FROM (SELECT notice_id, string_agg(NULLIF(label, ''), '; ' ORDER BY id) AS labels
          FROM gorod24_notice_place WHERE notice_id = ANY(%s)
         GROUP BY notice_id) place
 WHERE notice.id = place.notice_id
"""


def migrate(cr, version):
    if not version:
        return
    cr.execute(LABELS)
    notices = [row[0] for row in cr.fetchall()]
    cr.execute(NOTICES, [notices])
