# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime

from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestQualityStat(TransactionCase):
    def test_a_month_of_lines_in_one_row(self):
        self.env["ir.config_parameter"].set_param("gorod24.timezone", "Asia/Barnaul")
        call = self.env["gorod24.call"].create({"started_at": datetime(1999, 6, 1, 5)})

        def heard(key, month=6, **vals):
            return {
                "event_id": f"stat-{key}",
                "call_id": call.id,
                "side": "near",
                "started_at": datetime(1999, month, 1, 5),
                "ended_at": datetime(1999, month, 1, 5),
                **vals,
            }

        self.env["gorod24.call.quality"].create(
            [
                heard("a", mos=4.25, jitter_ms=10, loss_percent=0.5),
                heard("b", mos=2.25, jitter_ms=50, loss_percent=1.5, fault="mos"),
                # a telephone that does not know its MOS spoils no average
                heard("c", jitter_ms=0),
                heard("next", 7, mos=1.0, fault="mos"),
                heard("waits", call_id=False, mos=1.0, fault="mos"),
            ]
        )
        rows = self.env["gorod24.quality.stat"]._read_group(
            [("day", ">=", "1999-06-01"), ("day", "<", "1999-08-01")],
            ["day:month"],
            [
                "measure_count:sum",
                "bad_count:sum",
                "mos_average:avg",
                "loss_average:avg",
                "jitter_average:avg",
            ],
        )
        self.assertEqual(
            [tuple(figures) for _month, *figures in rows],
            [(3, 1, 3.25, 2 / 3, 20.0), (1, 1, 1.0, 0.0, 0.0)],
        )
