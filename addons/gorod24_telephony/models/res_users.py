# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dataclasses import dataclass, field

from odoo import api, fields, models


@dataclass(frozen=True)
class Telephones:
    """Whose they are: {agent: user id} and {extension: user id}."""

    agents: dict
    extensions: dict
    #: {(extension, moment): user id or False}: who sat there, asked once of the journal
    sat: dict = field(default_factory=dict)

    def user_of(self, agent_id, extension=""):
        """Return the user id, or False; an agent signed in decides."""
        if agent_id:
            return self.agents.get(agent_id, False)
        return self.extensions.get(extension, False)


class ResUsers(models.Model):
    _inherit = "res.users"

    telephony_agent_id = fields.Char(
        "Agent of the call centre",
        copy=False,
        help="Login of the operator at the exchange, for example 6021. Shows the call "
        "bar and sends the calls of this agent to the user's screen.",
    )
    telephony_extension = fields.Char(
        "Extension",
        copy=False,
        help="Internal number of the operator's telephone, for example 2830.",
    )

    _telephony_agent_uidx = models.UniqueIndex(
        "(telephony_agent_id) WHERE telephony_agent_id IS NOT NULL",
        "Another user already has this agent of the call centre.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._without_blank_agent(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._without_blank_agent(vals))

    @api.model
    def _without_blank_agent(self, vals):
        """Return ``vals`` with an empty agent as no agent: several may have none."""
        if "telephony_agent_id" not in vals:
            return vals
        agent = (vals["telephony_agent_id"] or "").strip()
        return dict(vals, telephony_agent_id=agent or False)

    @api.model
    def _by_telephone(self, agent_ids, extensions):
        """Return the :class:`Telephones` of the operators concerned.

        An extension counts only when exactly one user has it (shared desks do not).
        """
        if not agent_ids and not extensions:
            return Telephones({}, {})
        users = self.search_fetch(
            [
                "|",
                ("telephony_agent_id", "in", list(agent_ids)),
                ("telephony_extension", "in", list(extensions)),
            ],
            # The person is the channel of the messages that follow.
            ["telephony_agent_id", "telephony_extension", "partner_id"],
            order="id",
        )
        agents = {user.telephony_agent_id: user.id for user in users}
        sharing = users.grouped("telephony_extension")
        lone = {
            extension: sharing[extension].id
            for extension in extensions
            if len(sharing.get(extension, ())) == 1
        }
        return Telephones(agents, lone)
