# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The hotline tells the citizen the planned time: its supervisor is reminded of it.

The first ladder reminded the participant's people. Only steps still as they were
shipped are changed; the one of the head is put out of use, the last stays.
"""

SHIPPED = {
    "escalation_common_planned_time_1": "duty",
    "escalation_common_planned_time_2": "responsible",
    "escalation_common_planned_time_3": "head",
}


def migrate(cr, version):
    if not version:
        return
    for name, role in SHIPPED.items():
        cr.execute(
            """UPDATE gorod24_escalation_step
                  SET role = 'supervisor', active = active AND %s <> 'head'
                WHERE role = %s
                  AND id IN (SELECT res_id FROM ir_model_data
                              WHERE module = 'gorod24_regulation'
                                AND model = 'gorod24.escalation.step' AND name = %s)""",
            [role, role, name],
        )
