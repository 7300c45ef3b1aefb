# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.modules.module import load_script
from odoo.tests import TransactionCase, tagged
from odoo.tools import file_path

FOLDER = "gorod24_regulation/migrations/19.0.3.2.0/"


@tagged("post_install", "-at_install")
class TestUpgradeFamilies(TransactionCase):
    def _migrate(self, script):
        self.env.flush_all()
        path = file_path(f"{FOLDER}{script}.py")
        load_script(path, script).migrate(self.env.cr, "19.0.3.0.0")
        self.env.invalidate_all()

    def test_regimes_and_their_copies_learn_of_what_kind_they_are(self):
        law = self.env.ref("gorod24_regulation.regime_r59")
        copy = law.browse(law.action_make_copy()["res_id"])
        again = law.browse(copy.action_make_copy()["res_id"])
        own = law.create({"code": "T-OWN", "name": "T-OWN"})
        everything = law | copy | again
        everything.write({"family": False, "valid_from": False})
        self._migrate("post-families")
        self.assertEqual(set(everything.mapped("family")), {"written"})
        self.assertEqual(str(law.valid_from), "2006-11-02")
        self.assertFalse(copy.valid_from)
        self.assertFalse(own.family)

    def test_the_hotline_is_reminded_of_the_planned_time(self):
        ref = "gorod24_regulation.escalation_common_planned_time_%s"
        shipped, mine = self.env.ref(ref % 1), self.env.ref(ref % 2)
        shipped.role = "duty"
        mine.role = "head"
        self._migrate("post-planned-time")
        self.assertEqual(shipped.role, "supervisor")
        self.assertEqual(mine.role, "head", "what the customer has set stays")
