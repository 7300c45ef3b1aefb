# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The base's own channels get their codes: they are closed to updates of data.

An order the customer has given them (the base ships 10 for all) stays.
"""

CODES = {
    "phone": ("phone", 1, True, True),
    "web": ("site", 5, True, True),
    "email": ("email", 4, True, False),
    "other": ("other", 90, False, True),
}


def migrate(cr, version):
    for name, (code, sequence, on_card, starts_written) in CODES.items():
        cr.execute(
            """UPDATE helpdesk_ticket_channel
                  SET code = %s, on_card = %s, starts_written = %s,
                      sequence = CASE WHEN sequence = 10 THEN %s ELSE sequence END
                WHERE code IS NULL AND id = (
                    SELECT res_id FROM ir_model_data
                     WHERE module = 'helpdesk_mgmt' AND name = %s)""",
            (
                code,
                on_card,
                starts_written,
                sequence,
                f"helpdesk_ticket_channel_{name}",
            ),
        )
