# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..seating import Seat, doubles, read_table

SHOWN_PROBLEMS = 15


class TelephonyOperators(models.TransientModel):
    """The table of operators, their agents at the exchange and their telephones."""

    _name = "gorod24.telephony.operators"
    _description = "Operators and telephones"

    text = fields.Text("Table to paste")
    line_ids = fields.One2many(
        "gorod24.telephony.operators.line", "wizard_id", "Operators"
    )

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        if "line_ids" in fields_list:
            values["line_ids"] = [
                Command.create(
                    {
                        "user_id": user.id,
                        "agent": user.telephony_agent_id,
                        "extension": user.telephony_extension,
                    }
                )
                for user in self._operators().filtered("active").sorted("name")
            ]
        return values

    @api.model
    def _operators(self):
        """Return the users who may have a telephone of the hotline (superuser)."""
        group = self.env.ref("gorod24_appeals.group_operator")
        # Staff of the hotline, for its administrator; the root user has no telephone.
        users = group.sudo().with_context(active_test=False).all_user_ids
        return users - self.env.ref("base.user_root").sudo()

    def action_read(self):
        """Put the pasted table into the lines; refuse it whole when a line is wrong."""
        self.ensure_one()
        seats, problems = read_table(self.text)
        users = {user.login.lower(): user for user in self._operators()}
        texts = [(p.line, self._problem(p)) for p in problems]
        for seat in seats:
            if seat.login.lower() not in users:
                text = self.env._(
                    "line %(line)s: there is no operator with the login “%(login)s”",
                    line=seat.line,
                    login=seat.login,
                )
                texts.append((seat.line, text))
        self._refuse([text for _line, text in sorted(texts)])
        if not seats:
            raise UserError(self.env._("There is nothing in the table."))
        known = {line.user_id: line for line in self.line_ids}
        for seat in seats:
            user = users[seat.login.lower()]
            vals = {"agent": seat.agent, "extension": seat.extension}
            if user in known:
                known[user].write(vals)
            else:
                self.line_ids.create(dict(vals, user_id=user.id, wizard_id=self.id))
        self.text = False
        return self._again()

    def action_save(self):
        """Write the telephones into the users; all of them or none."""
        self.ensure_one()
        self.env["gorod24.telephony.setup"]._check_administrator()
        lines = self.line_ids
        operators = self._operators()
        if lines.user_id.sudo() - operators:
            raise UserError(self.env._("Only operators get a telephone."))
        seats = [
            Seat(
                number,
                line.user_id.login,
                (line.agent or "").strip(),
                (line.extension or "").strip(),
            )
            for number, line in enumerate(lines, 1)
        ]
        texts = [self._problem(problem) for problem in doubles(seats)]
        texts += self._half_filled(seats) + self._taken(
            seats, operators - lines.user_id
        )
        self._refuse(texts)
        self._write(lines, seats)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _half_filled(self, seats):
        return [
            self.env._("%(login)s: both the agent and the telephone", login=seat.login)
            for seat in seats
            if bool(seat.agent) != bool(seat.extension)
        ]

    def _taken(self, seats, others):
        """Texts about what users outside the table have, archived ones included."""
        agents = {user.telephony_agent_id: user for user in others if user.active}
        numbers = {user.telephony_extension: user for user in others if user.active}
        all_agents = {user.telephony_agent_id: user for user in others}
        texts = []
        for seat in seats:
            holder = all_agents.get(seat.agent) or agents.get(seat.agent)
            if seat.agent and holder:
                texts.append(
                    self.env._(
                        "agent %(agent)s already belongs to %(name)s",
                        agent=seat.agent,
                        name=holder.name,
                    )
                )
            if seat.extension and seat.extension in numbers:
                texts.append(
                    self.env._(
                        "telephone %(number)s already belongs to %(name)s",
                        number=seat.extension,
                        name=numbers[seat.extension].name,
                    )
                )
        return texts

    def _write(self, lines, seats):
        """Write what differs; agents are freed first, so that two may be swapped."""
        changed = [
            (line.user_id.sudo(), seat)
            for line, seat in zip(lines, seats, strict=True)
            if (line.user_id.telephony_agent_id or "") != seat.agent
            or (line.user_id.telephony_extension or "") != seat.extension
        ]
        # Administrators of the hotline do not write users; this is their one entry.
        users = self.env["res.users"].sudo().browse([user.id for user, _s in changed])
        users.write({"telephony_agent_id": False})
        users.flush_recordset()
        for user, seat in changed:
            user.write(
                {
                    "telephony_agent_id": seat.agent or False,
                    "telephony_extension": seat.extension or False,
                }
            )

    def _problem(self, problem):
        """Sentence for the code of the reading package."""
        line, value, other = problem.line, problem.value, problem.other
        words = {
            "columns": self.env._("three columns: login, agent, telephone"),
            "agent": self.env._("“%(value)s” is no agent", value=value),
            "extension": self.env._("“%(value)s” is no internal number", value=value),
            "too_long": self.env._("the table is too long"),
            "login_twice": self.env._(
                "login “%(value)s” stands in line %(other)s, too",
                value=value,
                other=other,
            ),
            "agent_twice": self.env._(
                "agent %(value)s stands in line %(other)s, too",
                value=value,
                other=other,
            ),
            "extension_twice": self.env._(
                "telephone %(value)s stands in line %(other)s, too",
                value=value,
                other=other,
            ),
        }
        return self.env._(
            "line %(line)s: %(text)s", line=line, text=words[problem.code]
        )

    def _refuse(self, texts):
        if not texts:
            return
        shown = [f"– {text}" for text in texts[:SHOWN_PROBLEMS]]
        if len(texts) > SHOWN_PROBLEMS:
            shown.append("…")
        raise UserError(
            self.env._(
                "Nothing was saved, the table has mistakes:\n%(list)s",
                list="\n".join(shown),
            )
        )

    def _again(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Operators and telephones"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }
