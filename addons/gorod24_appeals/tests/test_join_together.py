# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import psycopg2

from odoo import fields
from odoo.exceptions import ConcurrencyError
from odoo.tests import tagged

from .common_together import TogetherCommon


@tagged("post_install", "-at_install")
class TestJoinTogether(TogetherCommon):
    """A citizen joins in the moment the result is reported: he is told of it."""

    def _join(self, cr):
        """What the registrar does with a contact that joins."""
        main = self._main(cr)._get_joinable()
        joined = self._add(main.env, state="registered", joined_to_id=main.id)
        joined._close(outcome="duplicate")
        return joined.id

    def _report(self, main):
        main._on_done(fields.Datetime.now(), "fixed", "Продули стояк")

    def test_who_joins_while_the_result_is_reported_is_told(self):
        with self.registry.cursor() as report, self.registry.cursor() as card:
            main = self._main(report)
            self.assertEqual(main.state, "accepted")  # the officer's snapshot is taken
            joined_id = self._join(card)
            card.commit()  # pylint: disable=invalid-commit  # cleaned up after
            with self.assertRaises(ConcurrencyError):
                self._report(main)
            report.rollback()
            main.env.transaction.reset()
            # Odoo repeats the request: now it sees him
            self._report(main)
            joined = main.browse(joined_id)
            self.assertEqual(joined.informing_ids.state, "due")
            self.assertEqual(joined.result_text, "Продули стояк")
            report.rollback()

    def test_who_is_joined_by_hand_meanwhile_is_told(self):
        with self.registry.cursor() as card:
            other_id = self._add(self._env(card), state="sent").id
        with self.registry.cursor() as report, self.registry.cursor() as hand:
            main = self._main(report)
            self.assertEqual(main.state, "accepted")
            other = self._env(hand)["gorod24.question"].browse(other_id)
            other.action_close("duplicate", leading_id=self.main_id)
            hand.commit()  # pylint: disable=invalid-commit  # cleaned up after
            with self.assertRaises(psycopg2.errors.SerializationFailure):
                self._report(main)
            report.rollback()

    def test_a_main_question_withdrawn_meanwhile_hands_its_place_to_him(self):
        with self.registry.cursor() as desk, self.registry.cursor() as card:
            main = self._main(desk)
            self.assertEqual(main.state, "accepted")
            self._join(card)
            card.commit()  # pylint: disable=invalid-commit  # cleaned up after
            with self.assertRaises(ConcurrencyError):
                main._close(outcome="withdrawn")
            desk.rollback()

    def test_those_this_very_work_moves_on_are_no_newcomers(self):
        with self.registry.cursor() as card:
            first_id, second_id = self._join(card), self._join(card)
        with self.registry.cursor() as desk:
            main = self._main(desk)
            main._close(outcome="withdrawn")
            second = main.browse(second_id)
            self.assertEqual(second.joined_to_id.id, first_id)
            second.flush_recordset()
            self.assertFalse(main._get_waiting())
            desk.rollback()

    def test_many_join_at_once_and_nobody_waits(self):
        cursors = [self.registry.cursor() for _number in range(4)]
        for cr in cursors:
            self.addCleanup(cr.close)
            cr.execute("SET LOCAL lock_timeout = '50ms'")
            self.assertEqual(self._main(cr)._get_joinable().id, self.main_id)
        for cr in cursors:
            cr.commit()  # pylint: disable=invalid-commit  # nothing was written
