# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The last step of the setup: one trial call."""

from odoo import fields, models
from odoo.exceptions import UserError

from .gorod24_cisco_calibration import STATES, WAITING


class TelephonySetup(models.Model):
    _inherit = "gorod24.telephony.setup"

    trial_operator_id = fields.Many2one(
        "res.users",
        "Whose telephone",
        domain=[("telephony_agent_id", "!=", False)],
    )
    trial_number = fields.Char(
        "Number to dial", help="Your own mobile, for example: answer and hang up."
    )
    trial_ids = fields.One2many("gorod24.cisco.calibration", "setup_id", "Trial calls")
    trial_id = fields.Many2one(
        "gorod24.cisco.calibration", "Last trial", compute="_compute_trial_id"
    )
    trial_state = fields.Selection(STATES, compute="_compute_trial_id")
    trial_summary = fields.Char(compute="_compute_trial_id")
    trial_told = fields.Boolean(compute="_compute_trial_id")
    trial_is_waiting = fields.Boolean(compute="_compute_trial_id")

    def _compute_trial_id(self):
        for setup in self:
            trial = setup.trial_ids[:1]
            setup.trial_id = trial
            setup.trial_state = trial.state
            setup.trial_summary = trial.summary
            setup.trial_told = trial.told
            setup.trial_is_waiting = trial.state in WAITING

    def action_trial_dial(self):
        """Dial the number from the operator's telephone and watch the call."""
        self.ensure_one()
        if not (self.trial_number or "").strip():
            raise UserError(self.env._("Write the number to dial."))
        self._start_trial(self.trial_number)

    def action_trial_wait(self):
        """Take the next call of the operator's telephone."""
        self.ensure_one()
        self._start_trial("")

    def _start_trial(self, number):
        if not self.trial_operator_id:
            raise UserError(self.env._("Choose whose telephone makes the call."))
        trial = self.env["gorod24.cisco.calibration"]
        trial._start(self, self.trial_operator_id, number.strip())
        self.invalidate_recordset(["trial_ids", "trial_id"])

    def action_trial_stop(self):
        """Wait no longer."""
        self.trial_id.action_stop()

    def action_trial_wait_on(self):
        """Wait for the journal once more."""
        self.trial_id.action_wait_on()

    def action_trial_tell(self):
        """Tell the connector the result."""
        self.trial_id.action_tell()

    def trial_advance(self):
        """See what has come of the trial under way; the browser asks now and then.

        :return: whether it still waits
        """
        self.ensure_one()
        self._check_administrator()
        # Results come of the exchange's own news, nobody writes them.
        self.trial_id.sudo()._advance()
        self.invalidate_recordset()
        return self.trial_is_waiting
