# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields
from odoo.exceptions import ConcurrencyError
from odoo.tests import tagged

from odoo.addons.gorod24_appeals.tests.common_together import TogetherCommon


@tagged("post_install", "-at_install")
class TestNoticeTogether(TogetherCommon):
    """A citizen joins a notice in the moment it is ended: he is not forgotten."""

    def setUp(self):
        super().setUp()
        now = fields.Datetime.now()
        with self.registry.cursor() as cr:
            env = self._env(cr)
            service = env["gorod24.notice.service"].create(
                {"name": "Пробная услуга", "code": "test_together"}
            )
            notice = env["gorod24.notice"].create(
                {
                    "name": "Нет воды",
                    "service_id": service.id,
                    "text": "Бригада работает",
                    "state": "active",
                    "actual_from": now - timedelta(hours=2),
                    "expected_at": now + timedelta(hours=2),
                }
            )
            self.notice_id, self.service_id = notice.id, service.id

    def _clean(self):
        result = super()._clean()
        with self.registry.cursor() as cr:
            for statement in (
                "DELETE FROM mail_message WHERE model = 'gorod24.notice'"
                " AND res_id = %(notice)s",
                "DELETE FROM mail_followers WHERE res_model = 'gorod24.notice'"
                " AND res_id = %(notice)s",
                "DELETE FROM gorod24_notice WHERE id = %(notice)s",
                "DELETE FROM gorod24_notice_service WHERE id = %(service)s",
            ):
                cr.execute(
                    statement, {"notice": self.notice_id, "service": self.service_id}
                )
        return result

    def _notice(self, cr):
        return self._env(cr)["gorod24.notice"].browse(self.notice_id)

    def _join(self, cr):
        """What the registrar does with a contact that waits for a notice."""
        registrar = self._env(cr)["gorod24.appeal.registrar"]
        registrar._check_notice(self.notice_id, 1, {"notice_waits": True})
        question = self._add(
            registrar.env,
            state="registered",
            notice_id=self.notice_id,
            notice_waits=True,
        )
        question._close(outcome="joined_notice")
        return question.id

    def test_who_joins_while_it_is_ended_is_told(self):
        with self.registry.cursor() as desk, self.registry.cursor() as card:
            notice = self._notice(desk)
            self.assertEqual(notice.state, "active")  # the snapshot is taken
            question_id = self._join(card)
            card.commit()  # pylint: disable=invalid-commit  # cleaned up after
            with self.assertRaises(ConcurrencyError):
                notice.action_finish(closing_text="Вода подана")
            desk.rollback()
            notice.env.transaction.reset()
            # Odoo repeats the request: now it sees him
            notice.action_finish(closing_text="Вода подана")
            question = notice.env["gorod24.question"].browse(question_id)
            self.assertEqual(question.informing_ids.state, "due")
            desk.rollback()

    def test_who_joins_while_it_is_cancelled_is_not_left_waiting(self):
        with self.registry.cursor() as desk, self.registry.cursor() as card:
            notice = self._notice(desk)
            self.assertEqual(notice.state, "active")
            self._join(card)
            card.commit()  # pylint: disable=invalid-commit  # cleaned up after
            with self.assertRaises(ConcurrencyError):
                notice.action_cancel("Адрес другой")
            desk.rollback()
