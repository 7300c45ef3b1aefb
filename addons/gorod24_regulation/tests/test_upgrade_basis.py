# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.modules.module import load_script
from odoo.tests import TransactionCase, tagged
from odoo.tools import file_path

SCRIPT = "gorod24_regulation/migrations/19.0.3.1.0/post-basis.py"
OLD = "ПП РФ от 15.05.2013 № 416, п. 13: не более 30 минут с момента регистрации."


@tagged("post_install", "-at_install")
class TestUpgradeBasis(TransactionCase):
    def test_acceptance_names_the_hotline_not_the_law_and_keeps_its_minutes(self):
        names = ("rule_emrg_acceptance", "rule_emrg_sewer_acceptance")
        shipped, mine = (self.env.ref(f"gorod24_regulation.{name}") for name in names)
        law = self.env.ref("gorod24_regulation.rule_emrg_localisation")
        before = law.legal_basis
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE gorod24_regime_rule SET amount = 30, legal_basis = %s"
            " WHERE id = %s",
            [OLD, shipped.id],
        )
        self.env.cr.execute(
            "UPDATE gorod24_regime_rule SET legal_basis = %s WHERE id = %s",
            ["Приказ № 5", mine.id],
        )
        load_script(file_path(SCRIPT), "post_basis").migrate(self.env.cr, "19.0.3.0.0")
        self.env.invalidate_all()
        self.assertEqual(shipped.amount, 30)
        self.assertIn("в течение 30 минут", shipped.legal_basis)
        self.assertNotIn("416", shipped.legal_basis)
        self.assertEqual(mine.legal_basis, "Приказ № 5")
        self.assertEqual(law.legal_basis, before)
