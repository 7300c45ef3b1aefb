# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged

from .common import TelephonyCommon


@tagged("post_install", "-at_install")
class TestCallMark(TelephonyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.criteria = cls.env["gorod24.mark.criterion"].search([])
        cls.yes = dict.fromkeys(cls.criteria, "yes")
        cls.second = new_test_user(
            cls.env, "test_supervisor2", groups="gorod24_appeals.group_supervisor"
        )

    def talk(self, dialog="d1", agent=1, shift=0):
        """A recorded talk of an operator, which nobody has listened to."""
        call = self.feed(
            self.event("ringing", shift, dialog=dialog, agent=agent),
            self.event("answered", shift + 5, dialog=dialog, agent=agent),
            self.event("ended", shift + 65, dialog=dialog, agent=agent),
        )
        self.record(
            recording_id=dialog,
            second=shift + 5,
            agent_extension=f"t28{29 + agent}",
            refs={"dialog_id": dialog},
        )
        return call

    def listen(self, call, user=None):
        for recording in call.recording_ids:
            self.env["gorod24.recording.access"]._log(
                recording, user or self.supervisor, "127.0.0.1"
            )

    def mark(self, call, answers=None, user=None, **more):
        operator = more.pop("operator", call.user_id)
        call = call.with_user(user or self.supervisor)
        return call._mark(operator, answers or self.yes, **more)

    def test_who_did_not_listen_does_not_mark(self):
        call = self.talk()
        with self.assertRaisesRegex(UserError, "Listen"):
            self.mark(call)
        self.listen(call, self.second)
        with self.assertRaisesRegex(UserError, "Listen"):
            self.mark(call)
        self.listen(call)
        mark = self.mark(call, comment=" Good ")
        self.assertEqual((mark.total, mark.comment), (100, "Good"))
        self.assertEqual((mark.user_id, mark.call_at), (self.operator, call.started_at))

    def test_mark_is_by_the_weights_of_that_day(self):
        call = self.talk()
        self.listen(call)
        self.criteria.weight = 10
        first = self.criteria[0]
        mark = self.mark(call, self.yes | {first: "no"})
        self.assertEqual(mark.total, round(100 * 5 / 6))
        first.weight = 90
        self.assertEqual(mark.total, round(100 * 5 / 6))
        self.assertEqual(
            mark.line_ids.filtered(lambda one: one.answer == "no").weight, 10
        )

    def test_correction_follows_and_the_first_stays(self):
        call = self.talk()
        self.listen(call)
        first = self.mark(call)
        with self.assertRaisesRegex(UserError, "why"):
            self.mark(call, dict.fromkeys(self.criteria, "no"))
        second = self.mark(
            call, dict.fromkeys(self.criteria, "no"), why="Listened again"
        )
        self.assertEqual((second.total, second.previous_id), (0, first))
        self.assertEqual((first.total, first.is_current), (100, False))
        self.assertEqual((first.why, second.why), (False, "Listened again"))
        self.assertEqual(call.mark_ids, second)
        self.assertEqual(second.earlier_ids, first)
        # Another reviewer has a mark of his own.
        self.listen(call, self.second)
        other = self.mark(call, user=self.second)
        self.assertEqual(set(call.mark_ids), {second, other})

    def test_marks_are_made_by_reviewers_alone(self):
        call = self.talk()
        self.listen(call, self.operator2)
        with self.assertRaises(AccessError):
            self.mark(call, user=self.operator2)
        self.listen(call)
        mark = self.mark(call)
        for user in (self.supervisor, self.operator, self.manager):
            mine = mark.with_user(user)
            for operation in ("write", "create", "unlink"):
                self.assertFalse(mine.has_access(operation))

    def test_own_talk_is_marked_by_another(self):
        self.supervisor.write(
            {"telephony_agent_id": "t6023", "telephony_extension": "t2832"}
        )
        call = self.talk(dialog="d3", agent=3)
        self.assertEqual(call.user_id, self.supervisor)
        self.listen(call)
        with self.assertRaisesRegex(UserError, "another"):
            call.with_user(self.supervisor).action_mark()
        self.listen(call, self.second)
        self.assertEqual(self.mark(call, user=self.second).user_id, self.supervisor)

    def test_operator_sees_own_marks_only(self):
        mine, other = self.talk(), self.talk("d2", agent=2, shift=100)
        for call in (mine, other):
            self.listen(call)
            self.mark(call)
        marks = self.env["gorod24.call.mark"]
        own = marks.with_user(self.operator).search([])
        self.assertEqual(own.user_id, self.operator)
        self.assertEqual(own.call_id, mine)
        self.assertTrue(own.line_ids.criterion_id.mapped("name"))
        theirs = marks.search([("call_id", "=", other.id)])
        with self.assertRaises(AccessError):
            theirs.with_user(self.operator).read(["total"])
        with self.assertRaises(AccessError):
            theirs.line_ids.with_user(self.operator).read(["answer"])
        with self.assertRaises(AccessError):
            marks.with_user(self.manager).search([])
        both = marks.with_user(self.supervisor).search(
            [("call_id", "in", (mine | other).ids)]
        )
        self.assertEqual(len(both), 2)

    def test_form_counts_while_it_is_filled_in(self):
        call = self.talk()
        action = call.with_user(self.supervisor).action_mark()
        forms = self.env["gorod24.call.mark.form"].with_user(self.supervisor)
        forms = forms.with_context(**action["context"])
        with Form(forms) as form:
            self.assertEqual(form.user_id, self.operator)
            self.assertFalse(form.is_marked)
            for place in range(len(self.criteria)):
                with form.line_ids.edit(place) as line:
                    line.answer = "partly"
            self.assertEqual(form.total, 50)
            form.comment = "Half"
        saved = form.record
        with self.assertRaisesRegex(UserError, "Listen"):
            saved.action_save()
        self.listen(call)
        saved.line_ids[0].answer = False
        with self.assertRaisesRegex(UserError, self.criteria[0].name):
            saved.action_save()
        saved.line_ids[0].answer = "na"
        saved.action_save()
        self.assertEqual(call.mark_ids.total, 50)
        # Opened again it holds what was answered, and asks why.
        again = Form(forms)
        self.assertTrue(again.is_correction)
        self.assertEqual(again.comment, "Half")

    def test_lot_gives_unmarked_recorded_talks_of_others(self):
        # in the past: a talk after midnight is no talk of the days asked for
        calls = [self.talk(f"m{n}", 1 + n % 2, -100 * n) for n in range(6)]
        silent = self.feed(*self.plain_call(dialog="no recording"))
        self.listen(calls[0])
        self.mark(calls[0])
        wanted = (
            self.env["gorod24.mark.selection"]
            .with_user(self.supervisor)
            .create({"count": 50, "shortest": 0})
        )
        ours = self.env["gorod24.call"].concat(*calls) | silent
        picked = wanted._pick() & ours
        self.assertEqual(set(picked), set(calls[1:]))
        wanted.user_id = self.operator2
        self.assertEqual((wanted._pick() & ours).user_id, self.operator2)
        wanted.write({"user_id": False, "count": 1, "is_each": True})
        picked = wanted._pick() & ours
        self.assertLessEqual(set(picked.user_id), {self.operator, self.operator2})
        self.assertEqual(len(picked), len(picked.user_id))
        wanted.shortest = 100000
        with self.assertRaisesRegex(UserError, "waits for a mark"):
            wanted.action_pick()
        with self.assertRaises(ValidationError):
            wanted.count = 0

    def test_marks_survive_calls_that_turn_out_to_be_one(self):
        one, other = self.talk(), self.talk("d2", shift=300)
        for call in (one, other):
            self.listen(call)
        first, second = self.mark(one), self.mark(other)
        kept = (one | other)._merge()
        self.assertEqual((first | second).call_id, kept)
        self.assertEqual(kept.mark_ids, second)

    def test_criterion_that_was_used_stays(self):
        call = self.talk()
        self.listen(call)
        self.mark(call)
        with self.assertRaisesRegex(UserError, "Archive"):
            self.criteria[0].unlink()
