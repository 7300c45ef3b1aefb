# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Topics of the starter classifier choose their own emergency norm.

Only topics still as they were shipped: under EMRG, with the code of the starter.
"""

REGIMES = {
    "L-JKH-08": "EMRG-SEWER",
    "L-JKH-09": "EMRG-CHUTE",
    "L-JKH-15": "EMRG-CITY",
    "L-EN-02": "EMRG-CITY",
    "L-BL-02": "EMRG-CITY",
    "L-TR-02": "EMRG-CITY",
}


def migrate(cr, version):
    if not version:
        return
    for code, regime in REGIMES.items():
        cr.execute(
            """UPDATE helpdesk_ticket_category SET regime_code = %s
                WHERE code = %s AND regime_code = 'EMRG'
                  AND id IN (SELECT res_id FROM ir_model_data
                              WHERE module = 'gorod24_classifier'
                                AND model = 'helpdesk.ticket.category')""",
            [regime, code],
        )
