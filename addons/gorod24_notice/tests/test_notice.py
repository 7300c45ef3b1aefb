# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.modules.module import load_script
from odoo.tests import Form, tagged
from odoo.tools import file_path

from .common import NoticeCommon

SIDES = "gorod24_notice/migrations/19.0.1.1.0/post-sides.py"


@tagged("post_install", "-at_install")
class TestNotice(NoticeCommon):
    """How a notice lives, and what is refused on the way."""

    def test_published_notice_says_what_where_and_until_when(self):
        notice = self._notice(self._range_line("2", "40", "even"))
        self.assertEqual(notice.state, "active")
        self.assertTrue(notice.number)
        self.assertEqual(notice.published_by_id, self.operator)
        self.assertEqual(notice.participant_id, self.participant)
        self.assertEqual(notice.topic_id, self.heating)
        self.assertIn("2–40", notice.places_text)
        self.assertEqual(notice.due_at, self._hours(5))
        self.assertTrue(notice.actual_from, "an emergency has begun")

    def test_another_service_takes_nothing_away_that_somebody_chose(self):
        cold = self.service.copy(
            {
                "code": "test_cold",
                "topic_id": self.pipe.id,
                "participant_id": self.other_participant.id,
            }
        )
        chosen = self.participant.copy({"name": "УК «Дом»"})
        topic = self.pipe.copy({"name": "Ржавая вода", "code": "test_rust"})
        form = Form(self.env["gorod24.notice"].with_user(self.operator))
        form.name = "Нет воды"
        form.service_id = self.service
        form.service_id = cold
        self.assertEqual(form.participant_id, self.other_participant)
        self.assertEqual(form.topic_id, self.pipe)
        form.participant_id, form.topic_id = chosen, topic
        form.service_id = self.service
        self.assertEqual((form.participant_id, form.topic_id), (chosen, topic))
        notice = form.save()
        notice.service_id = cold
        self.assertEqual((notice.participant_id, notice.topic_id), (chosen, topic))
        told = self._notice()
        told.service_id = cold
        self.assertEqual(told.participant_id, self.participant)

    def test_what_is_not_ready_is_refused_with_all_that_lacks(self):
        notice = self._draft(text="", expected_at=False)
        notice.sudo().place_ids.unlink()
        notice.topic_id = False
        with self.assertRaises(UserError) as refusal:
            notice.action_publish()
        words = str(refusal.exception)
        for lack in ("text to read", "places", "topic", "expected end"):
            self.assertIn(lack, words)
        self.assertEqual(notice.state, "draft")

    def test_an_end_that_has_passed_is_not_published(self):
        notice = self._draft(expected_at=self._hours(-1))
        with self.assertRaisesRegex(UserError, "has passed"):
            notice.action_publish()

    def test_planned_works_need_their_beginning(self):
        notice = self._draft(type="planned", expected_at=False)
        notice.planned_to = self._hours(30)
        with self.assertRaisesRegex(UserError, "planned beginning"):
            notice.action_publish()
        notice.planned_from = self._hours(26)
        notice.action_publish()
        self.assertEqual(notice.starts_at, self._hours(26))
        self.assertEqual(notice.due_at, self._hours(30))

    def test_moved_term_keeps_what_was_promised(self):
        notice = self._notice()
        notice.action_prolong(self._hours(9), "Вторая течь")
        notice.action_prolong(self._hours(12), "Ждут муфту")
        self.assertEqual(notice.due_at, self._hours(12))
        moves = notice.prolongation_ids.sorted("id")
        self.assertEqual(
            [(one.old_at, one.new_at, one.reason) for one in moves],
            [
                (self._hours(5), self._hours(9), "Вторая течь"),
                (self._hours(9), self._hours(12), "Ждут муфту"),
            ],
        )
        self.assertEqual(moves.author_id, self.operator)
        with self.assertRaises(AccessError):
            moves[0].sudo().reason = "другое"

    def test_term_is_moved_with_a_reason_into_the_future_only(self):
        notice = self._notice()
        with self.assertRaisesRegex(UserError, "reason"):
            notice.action_prolong(self._hours(9), "  ")
        with self.assertRaisesRegex(UserError, "passed already"):
            notice.action_prolong(self._hours(-1), "Поздно")
        with self.assertRaisesRegex(UserError, "then already"):
            notice.action_prolong(self._hours(5), "То же")
        with self.assertRaisesRegex(UserError, "with the button"):
            notice.expected_at = self._hours(9)
        self.assertFalse(notice.prolongation_ids)

    def test_overdue_is_shown_not_hidden(self):
        notice = self._notice()
        self.assertFalse(notice.is_overdue)
        notice.sudo().expected_at = self._hours(-1)
        self.assertTrue(notice.is_overdue)
        overdue = [("is_overdue", "=", True), ("id", "=", notice.id)]
        self.assertEqual(notice.search(overdue), notice)
        self.assertEqual(
            notice.search([("is_overdue", "=", False)]) & notice, notice[:0]
        )
        self.assertIn(notice.number, self._numbers_at(building_id=self.house.id))

    def test_finished_notice_is_not_touched_any_more(self):
        notice = self._notice(actual_from=self._hours(-3))
        notice.action_finish(self._hours(-1), "Вода подана")
        self.assertEqual(notice.state, "finished")
        self.assertEqual(notice.actual_to, self._hours(-1))
        self.assertEqual(notice.ended_by_id, self.operator)
        self.assertNotIn(notice.number, self._numbers_at(building_id=self.house.id))
        with self.assertRaisesRegex(UserError, "is over"):
            notice.text = "Другое"
        with self.assertRaisesRegex(UserError, "is over"):
            notice.place_ids.with_user(self.operator).unlink()
        with self.assertRaisesRegex(UserError, "in the state"):
            notice.action_finish()

    def test_end_lies_between_the_beginning_and_now(self):
        notice = self._notice(actual_from=self._hours(-3))
        with self.assertRaisesRegex(UserError, "in the future"):
            notice.action_finish(self._hours(1))
        with self.assertRaisesRegex(UserError, "ended before"):
            notice.action_finish(self._hours(-4))
        coming = self._notice(
            type="planned", planned_from=self._hours(2), expected_at=self._hours(4)
        )
        with self.assertRaisesRegex(UserError, "only cancelled"):
            coming.action_finish()

    def test_cancelled_with_a_reason_by_those_who_keep_notices(self):
        notice = self._notice()
        with self.assertRaisesRegex(AccessError, "Only supervisors"):
            notice.action_cancel("Ошибка")
        with self.assertRaisesRegex(UserError, "reason"):
            notice.with_user(self.supervisor).action_cancel("")
        notice.with_user(self.supervisor).action_cancel("Дали не тот адрес")
        self.assertEqual(
            (notice.state, notice.closing_text), ("cancelled", "Дали не тот адрес")
        )
        self.assertNotIn(notice.number, self._numbers_at(building_id=self.house.id))
        mine = self._draft()
        mine.action_cancel("Передумали")
        self.assertEqual(mine.state, "cancelled")

    def test_what_publishing_demanded_is_not_taken_off_afterwards(self):
        notice = self._notice(actual_from=self._hours(-3))
        for vals, words in (
            ({"actual_from": False}, "name the beginning"),
            ({"actual_from": self._hours(9)}, "after the beginning"),
            ({"text": " "}, "text to read aloud"),
            ({"topic_id": False}, "choose the topic"),
            ({"type": "planned"}, "planned beginning"),
            ({"place_ids": [Command.clear()]}, "name the places"),
        ):
            with self.subTest(words), self.assertRaisesRegex(UserError, words):
                with self.env.cr.savepoint():
                    notice.write(vals)
            notice.invalidate_recordset()
        with self.assertRaisesRegex(UserError, "name the places"):
            with self.env.cr.savepoint():
                notice.place_ids.unlink()
        other = self._draft()
        with self.assertRaisesRegex(UserError, "name the places"):
            with self.env.cr.savepoint():
                notice.place_ids.notice_id = other
        self.env.invalidate_all()
        self.assertEqual(self._numbers_at(building_id=self.house.id), [notice.number])

    def test_told_notice_is_corrected_as_long_as_nothing_lacks(self):
        notice = self._notice(actual_from=self._hours(-3))
        notice.sudo().expected_at = self._hours(-1)
        notice.write(
            {
                "actual_from": self._hours(-2),
                "text": "Нет воды, привезут бочку.",
                "place_ids": [
                    Command.delete(notice.place_ids.id),
                    Command.create(self._house_line(self.other_house)),
                ],
            }
        )
        self.assertEqual(notice.starts_at, self._hours(-2))
        self.assertEqual(notice.place_ids.building_id, self.other_house)
        notice.action_finish()

    def test_state_is_not_typed(self):
        notice = self._draft()
        with self.assertRaisesRegex(UserError, "with its buttons"):
            notice.state = "active"
        with self.assertRaisesRegex(UserError, "with its buttons"):
            self.env["gorod24.notice"].with_user(self.operator).create(
                {"name": "X", "service_id": self.service.id, "state": "active"}
            )

    def test_what_follows_from_the_notice_is_not_typed_past_it(self):
        notice = self._notice()
        stranger = self.supervisor.id
        for vals in (
            {"due_at": self._hours(99)},
            {"starts_at": self._hours(-9)},
            {"places_text": "Весь город"},
            {"author_id": stranger},
        ):
            with self.assertRaisesRegex(UserError, "by the program"):
                notice.write(vals)
        for vals in (
            {"state": "draft"},
            {"label": "Весь город"},
            {"number_from": 1, "number_to": 99},
        ):
            with self.assertRaisesRegex(UserError, "by the program"):
                notice.place_ids.write(vals)
        self.assertEqual(self._numbers_at(building_id=self.house.id), [notice.number])

    def test_defaults_of_the_browser_publish_nothing(self):
        vals = {"name": "X", "service_id": self.service.id, "text": "Нет света."}
        Notice = self.env["gorod24.notice"].with_user(self.operator)
        for context, words in (
            ({"default_state": "active"}, "with its buttons"),
            ({"default_due_at": "2030-01-01 00:00:00"}, "by the program"),
            ({"default_author_id": self.supervisor.id}, "by the program"),
        ):
            with self.assertRaisesRegex(UserError, words):
                Notice.with_context(lang="en_US", **context).create(vals)
        draft = self._draft(expected_at=False, actual_from=self._hours(-1))
        Place = draft.place_ids.browse().with_context(default_state="active")
        line = {"notice_id": draft.id, **self._house_line()}
        with self.assertRaisesRegex(UserError, "by the program"):
            Place.create(line)
        with self.assertRaisesRegex(UserError, "by the program"):
            Place.create({**line, "state": "active"})
        self.assertFalse(self._numbers_at(building_id=self.house.id))

    def test_a_place_does_not_come_into_a_notice_that_is_over(self):
        over, other = self._notice(), self._draft()
        over.with_user(self.supervisor).action_cancel("Передумали")
        with self.assertRaisesRegex(UserError, "is over"):
            other.place_ids.notice_id = over

    def test_what_was_told_is_not_deleted(self):
        notice = self._notice()
        with self.assertRaisesRegex(UserError, "not deleted"):
            notice.with_user(self.supervisor).unlink()
        self._draft().with_user(self.supervisor).unlink()

    def test_too_long_a_text_is_refused(self):
        with self.assertRaisesRegex(UserError, "longer than"):
            self._draft(text="а" * 601)

    def test_form_shows_what_the_voice_menu_will_read(self):
        text = "Внимание! Нет света на ул. А. Петрова. Бригада на месте"
        notice = self._draft(text=text)
        self.assertEqual(notice.voice_text, "Внимание! Нет света на ул. А. Петрова.")
        notice.text = "Нет света"
        self.assertEqual(notice.voice_text, "Нет света.")

    def test_windows_do_what_they_say(self):
        notice = self._notice()
        Change = self.env["gorod24.notice.change"].with_user(self.operator)
        window = Change.create(
            {
                "notice_id": notice.id,
                "change": "prolong",
                "new_at": self._hours(8),
                "reason": "Сложная авария",
                "text": "Нет воды, привезут бочку.",
            }
        )
        window.action_apply()
        self.assertEqual(notice.due_at, self._hours(8))
        self.assertEqual(notice.text, "Нет воды, привезут бочку.")
        Change.create({"notice_id": notice.id, "change": "finish"}).action_apply()
        self.assertEqual(notice.state, "finished")

    # Places -------------------------------------------------------------------------

    def test_places_are_read_from_an_announcement(self):
        notice = self._draft()
        notice.sudo().place_ids.unlink()
        added = notice.add_places("ул. Опытная, 2–40 чёт., 10")
        self.assertEqual(added, 2)
        self.assertEqual(set(notice.place_ids.mapped("kind")), {"range", "house"})
        self.assertEqual(notice.add_places("Опытная 2-40 чет"), 0)
        self.assertEqual(notice.add_places("вся улица Опытная"), 1)
        self.assertIn("street", notice.place_ids.mapped("kind"))

    def test_one_side_of_a_street_is_named_without_numbers(self):
        notice = self._draft(self._range_line("2", "40", "even"))
        notice.add_places("Опытная, чётная сторона")
        side = notice.place_ids.filtered(lambda line: line.house_from == "1")
        self.assertEqual(side.label, f"{self.street.display_name}, even")
        self.assertIn(f"{self.street.display_name}, 2–40 even; ", notice.places_text)
        self.assertTrue(side._holds("12"))
        self.assertFalse(side._holds("11"))

        # lines of before, as they were named then
        now, where = side.label, notice.places_text
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE gorod24_notice_place SET label = %s WHERE id = %s",
            (f"{self.street.display_name}, 1–{side.house_to} even", side.id),
        )
        self.env.cr.execute(
            "UPDATE gorod24_notice SET places_text = '' WHERE id = %s", (notice.id,)
        )
        load_script(file_path(SIDES), "post_sides").migrate(self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()
        self.assertEqual((side.label, notice.places_text), (now, where))

    def test_places_not_understood_are_named_and_nothing_is_added(self):
        notice = self._draft()
        with self.assertRaises(UserError) as refusal:
            notice.add_places("Опытная 10; Небывалая 5")
        self.assertIn("Небывалая", str(refusal.exception))
        with self.assertRaises(UserError):
            notice.add_places("просто слова")
        self.assertEqual(len(notice.place_ids), 1)

    def test_houses_left_out_are_left_out(self):
        notice = self._draft()
        notice.sudo().place_ids.unlink()
        notice.add_places("Опытная 10–12, кроме 12")
        self.assertEqual(notice.place_ids.building_id, self.house)

    def test_wrong_places_are_refused(self):
        for line, words in (
            ({"kind": "house", "address_id": self.street.id}, "house of the directory"),
            ({"kind": "district", "address_id": self.street.id}, "no district"),
            ({"kind": "street", "address_id": self.district.id}, "no street"),
            (self._range_line("40", "2"), "before the first"),
            (self._range_line("", "2"), "from which house"),
        ):
            with self.subTest(words), self.assertRaisesRegex(UserError, words):
                self._draft(line)
