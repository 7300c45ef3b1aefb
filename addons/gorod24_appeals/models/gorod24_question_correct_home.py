# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: the corrected place is the applicant's own address. His house, his flat and
how to find it are kept on the appeal and told of the questions in that house: what is
put right in the question is put right there, or the crew stands before the wrong door.
"""

from odoo import models

FLAT_LIMIT = 50
WAY_LIMIT = 500


class QuestionCorrectHome(models.Model):
    _inherit = "gorod24.question"

    def _is_home(self):
        """Whether the trouble is in the applicant's own house: his flat is told."""
        self.ensure_one()
        house = self.building_id
        return bool(house) and house == self.appeal_id.building_id

    def action_correct_place(
        self, building_id=False, address_id=False, place_note="", home=None
    ):
        """Choose another place, and say whether it is the applicant's own address.

        :param home: dict(flat, address_note) of the applicant's own address: the open
            questions in his former house move along; None: his address stays
        :return: as before, and `others`: the questions that moved along and are now
            for somebody else by the rules, as words
        """
        if home is not None:
            words = self.env["gorod24.referral"]
            words._check_words(home.get("flat"), FLAT_LIMIT)
            words._check_words(home.get("address_note"), WAY_LIMIT)
        route = super().action_correct_place(building_id, address_id, place_note)
        moved = self.browse()
        if home is not None and self.building_id:
            # sudo: checked and locked above; an appeal is corrected by its questions
            moved = self.sudo()._correct_home(home)
        return {**route, "others": ", ".join(moved.mapped("name"))}

    def _correct_home(self, home):
        """Write the address anew where it was noted with the former one.

        :return: the questions that moved along and are for somebody else now
        """
        appeal = self.appeal_id.with_context(tracking_disable=True)
        companions = self._get_companions(self.building_id)
        vals = self._prepare_home_vals(home)
        before = {name: appeal[name] or False for name in vals}
        before["building_id"] = appeal.building_id.id
        if before == vals:
            return self.browse()
        self._correct_person(before, vals)
        appeal.write(vals)
        label = appeal._fields["address_text"].get_description(self.env)["string"]
        line = f"{label}: {before['address_text'] or '–'} → {vals['address_text']}"
        self._log_events("note", self.env._("Corrected. %(what)s", what=line))
        return companions.filtered(
            lambda one: one.action_correct_place(
                self.building_id.id, False, one.place_note
            )["changed"]
        )

    def _get_companions(self, house):
        """Open questions in the applicant's house, which move with it to another."""
        self.ensure_one()
        former = self.appeal_id.building_id
        if not former or former == house:
            return self.browse()
        return (self.appeal_id.question_ids - self).filtered(
            lambda one: one.building_id == former and one.state != "closed"
        )

    def _prepare_home_vals(self, home):
        """Return what the appeal keeps of the applicant's address. Hook."""
        vals = {
            name: (home.get(name) or "").strip() or False
            for name in ("flat", "address_note")
        }
        registrar = self.env["gorod24.appeal.registrar"]
        return {
            **vals,
            "building_id": self.building_id.id,
            "address_text": registrar._address_text(self.building_id, vals),
        }

    def _correct_person(self, before, vals):
        """The person who was noted with the wrong address gets the right one."""
        person = self.appeal_id.partner_id
        former = (before["building_id"], before["flat"])
        if (person.building_id.id, person.flat or False) != former:
            return
        taught = {name: vals[name] for name in ("building_id", "flat", "address_note")}
        if (vals["building_id"], vals["flat"]) != former:
            # asked again in the next talk
            taught["address_confirmed"] = False
        registrar = self.env["gorod24.appeal.registrar"]
        # the right to change this person is the operator's own
        registrar._teach(
            person.sudo(False), registrar._prepare_address_vals(taught, person)
        )
