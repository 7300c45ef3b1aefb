# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What was listened to before stands in the one log of views as well."""


def migrate(cr, version):
    if not version:
        return
    cr.execute(
        """INSERT INTO gorod24_appeal_view
                  (user_id, at, source, model, row_count, number, seen_partner_ids)
           SELECT access.user_id, access.at,
                  CASE access.kind WHEN 'download' THEN 'audio' ELSE 'heard' END,
                  'gorod24.recording', 1,
                  (SELECT string_agg(appeal.number, ', ' ORDER BY appeal.id)
                     FROM gorod24_call_ticket_rel rel
                     JOIN helpdesk_ticket appeal ON appeal.id = rel.ticket_id
                    WHERE rel.call_id = access.call_id),
                  ARRAY(SELECT call.partner_id FROM gorod24_call call
                         WHERE call.id = access.call_id
                           AND call.partner_id IS NOT NULL
                         UNION
                        SELECT appeal.partner_id FROM gorod24_call_ticket_rel rel
                          JOIN helpdesk_ticket appeal ON appeal.id = rel.ticket_id
                         WHERE rel.call_id = access.call_id
                           AND appeal.partner_id IS NOT NULL)
             FROM gorod24_recording_access access
            WHERE NOT EXISTS (SELECT FROM gorod24_appeal_view
                               WHERE source IN ('heard', 'audio'))"""
    )
