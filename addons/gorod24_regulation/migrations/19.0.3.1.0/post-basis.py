# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The first version named a law that does not say it as the basis of acceptance.

Half an hour is the law's term of localising damage (ПП РФ № 416, п. 13), a term of its
own now; how soon an officer accepts is the hotline's own rule. The customer's amount
stays, only its explanation is put right, and only where nobody has rewritten it.
"""

RULES = (
    "rule_emrg_acceptance",
    "rule_emrg_sewer_acceptance",
    "rule_emrg_chute_acceptance",
)
OLD = "ПП РФ от 15.05.2013 № 416, п. 13:%"
NEW = (
    "Регламент горячей линии (значение прежней версии, уточняется): дежурный "
    "принимает аварийную заявку в течение %s минут."
)


def migrate(cr, version):
    if not version:
        return
    cr.execute(
        """UPDATE gorod24_regime_rule SET legal_basis = format(%s, amount)
            WHERE kind = 'acceptance' AND base = 'minutes' AND legal_basis LIKE %s
              AND id IN (SELECT res_id FROM ir_model_data
                          WHERE module = 'gorod24_regulation'
                            AND model = 'gorod24.regime.rule' AND name IN %s)""",
        [NEW, OLD, RULES],
    )
