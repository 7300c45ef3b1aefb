# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..wire.calibration import Found, Row, compare, prefix_of
from .gorod24_telephony_setup import DIALOG_IDS

STATES = [
    ("call", "Waits for the call"),
    ("end", "The call goes on"),
    ("journal", "Waits for the journal"),
    ("fits", "Names of calls fit"),
    ("differs", "Names of calls differ"),
    ("unclear", "Cannot be told"),
    ("no_call", "No call was made"),
    ("no_journal", "No journal came"),
    ("stopped", "Stopped"),
]
WAITING = ("call", "end", "journal")
# The exchange writes its journal every minute; with a slow upload some minutes more.
WAIT_CALL = timedelta(minutes=10)
WAIT_JOURNAL = timedelta(minutes=30)
# A talk that is forgotten open holds nothing up for ever.
LONGEST_CALL = timedelta(hours=4)
MAX_ROWS = 500


class CiscoCalibration(models.Model):
    """One trial call: its dialog id against the exchange's journal that follows.

    Kept for ever; a new trial is a new record. It goes on by itself, whoever looks.
    """

    _name = "gorod24.cisco.calibration"
    _description = "Trial call of the exchange"
    _order = "id desc"
    _rec_name = "began_at"

    setup_id = fields.Many2one(
        "gorod24.telephony.setup", required=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        "res.users", "Operator", required=True, readonly=True, ondelete="restrict"
    )
    number = fields.Char("Number dialled", readonly=True)
    began_at = fields.Datetime("Began", required=True, readonly=True)
    after_leg = fields.Integer(help="Telephones that rang later are looked at.")
    until = fields.Datetime("Waits until", readonly=True)
    state = fields.Selection(
        STATES,
        required=True,
        default="call",
        readonly=True,
        index=True,
    )
    call_id = fields.Many2one("gorod24.call", readonly=True, ondelete="set null")
    dialog_id = fields.Char("Name at the telephone (dialog)", readonly=True)
    dialog_at = fields.Datetime("Call began", readonly=True)
    gcid = fields.Char("Name in the journal (node/call)", readonly=True)
    extension = fields.Char("Telephone", readonly=True)
    extension_seen = fields.Char("Telephone in the journal", readonly=True)
    number_sent = fields.Char("Number as the telephone told it", readonly=True)
    number_seen = fields.Char("Number in the journal", readonly=True)
    prefix_seen = fields.Char("Digits before the number", readonly=True)
    shift_seconds = fields.Integer("Journal ahead of the telephone, s", readonly=True)
    skew_seconds = fields.Integer("Exchange ahead of Odoo, s", readonly=True)
    told = fields.Boolean("The connector knows", readonly=True)
    summary = fields.Char("Result", compute="_compute_summary")

    _waiting_idx = models.Index("(id) WHERE state IN ('call', 'end', 'journal')")

    # What people do ------------------------------------------------------------------

    @api.model
    def _start(self, setup, operator, number):
        """Begin a trial of ``operator``'s line.

        :param number: dialled at once; without one the next call of the line is taken.
        """
        setup._check_administrator()
        # Trials are made and written by this model alone.
        trials = self.sudo()
        if trials.search_count([("state", "in", WAITING)], limit=1):
            raise UserError(
                self.env._("A trial call is under way. Wait for it or stop it.")
            )
        if not operator.sudo().telephony_extension:
            raise UserError(self.env._("Choose an operator who has a telephone."))
        # The administrator lets the operator's own telephone dial, on purpose.
        adapter = self.env["gorod24.telephony.adapter"].with_user(operator)
        if number and not adapter._understand(number)[0]:
            raise UserError(
                self.env._("A city or mobile number is needed, no internal one.")
            )
        now = fields.Datetime.now()
        legs = self.env["gorod24.call.leg"].sudo()
        trial = trials.create(
            {
                "setup_id": setup.id,
                "after_leg": legs.search([], order="id desc", limit=1).id,
                "user_id": operator.id,
                "number": number or False,
                "extension": operator.sudo().telephony_extension,
                "began_at": now,
                "until": now + WAIT_CALL,
            }
        )
        if number:
            adapter.command("dial", number=number)
        return trial

    def action_stop(self):
        """Wait no longer."""
        self.setup_id._check_administrator()
        waiting = self.filtered(lambda trial: trial.state in WAITING)
        waiting.sudo().write({"state": "stopped", "until": False})

    def action_wait_on(self):
        """The journal did not come: wait for it once more."""
        self.setup_id._check_administrator()
        for trial in self.sudo().filtered(lambda one: one.state == "no_journal"):
            until = fields.Datetime.now() + WAIT_JOURNAL
            trial.write({"state": "journal", "until": until})
            trial._advance()

    def action_tell(self):
        """Tell the connector the result (again)."""
        self.ensure_one()
        self.setup_id._check_administrator()
        if self.state not in ("fits", "differs"):
            raise UserError(self.env._("There is no result to tell yet."))
        code = self.sudo()._tell_connector()
        if code:
            raise UserError(self.setup_id._cisco_words(code, {})[0])

    # How it goes on ------------------------------------------------------------------

    @api.model
    def _cron_advance(self):
        """Go on with the trials under way."""
        self.search([("state", "in", WAITING)])._advance()

    def _advance(self):
        """See what has come meanwhile (superuser)."""
        for trial in self:
            if trial.state == "call":
                trial._look_for_call()
            if trial.state == "end" and trial.call_id.state == "ended":
                until = fields.Datetime.now() + WAIT_JOURNAL
                trial.write({"state": "journal", "until": until})
            if trial.state in ("end", "journal"):
                trial._look_for_journal()
            late = trial.until and trial.until < fields.Datetime.now()
            if late and trial.state in WAITING:
                over = "no_call" if trial.state == "call" else "no_journal"
                if trial.state == "journal" and trial._compare().formula == "unclear":
                    over = "unclear"
                trial.write({"state": over, "until": False})

    def _look_for_call(self):
        """Take the first citizen's call of the line since the trial began."""
        legs = self.env["gorod24.call.leg"].search(
            [
                ("user_id", "=", self.user_id.id),
                ("id", ">", self.after_leg),
                ("consult", "=", False),
                ("call_id.number_e164", "!=", False),
                ("call_id.ref_ids.kind", "=", "dialog"),
            ],
            order="id",
            limit=10,
        )
        wanted = self.number and self.env["gorod24.phone"]._normalise(self.number)
        for leg in legs:
            call = leg.call_id
            if wanted and (call.number_e164, call.direction) != (wanted, "out"):
                continue
            news = call.event_ids.filtered(lambda one: one.type != "call.record")
            first = news.sorted("at")[:1]
            if not first:
                continue
            dialog = call.ref_ids.filtered(lambda ref: ref.kind == "dialog")[:1]
            self.write(
                {
                    "state": "end",
                    "call_id": call.id,
                    "dialog_id": dialog.value,
                    "dialog_at": first.at,
                    "number_sent": first.payload.get("remote_number"),
                    "skew_seconds": 0,
                    "until": fields.Datetime.now() + LONGEST_CALL,
                }
            )
            return

    def _look_for_journal(self):
        """Compare with the rows of the journal that came since the call began."""
        found = self._compare()
        if found.formula in ("fits", "differs"):
            self._conclude(found)

    def _compare(self):
        """Return what the rows since the beginning of the call say of it."""
        first = self.call_id.event_ids.sorted("id")[:1]
        if not first:
            return Found("none")
        # By id: rows arrive after the call, whatever the clock of the exchange says.
        events = self.env["gorod24.call.event"].search(
            Domain("type", "=", "call.record") & Domain("id", ">", first.id),
            order="id",
            limit=MAX_ROWS,
        )
        rows = [row for row in map(_row, events) if row]
        is_over = self.state == "journal"
        return compare(
            self.dialog_id,
            self.extension,
            self.call_id.number_e164,
            self.dialog_at,
            (self.call_id.ended_at or None) if is_over else None,
            rows,
        )

    def _conclude(self, found):
        first = self.call_id.event_ids.sorted("id")[:1]
        live = first.type != "call.record" and not first.payload.get("recovered")
        arrived = first.create_date if live else self.dialog_at
        skew = (found.row.started_at - arrived).total_seconds()
        self.write(
            {
                "state": found.formula,
                "until": False,
                "gcid": found.row.gcid,
                "extension_seen": found.row.extension,
                "number_seen": found.row.number,
                "prefix_seen": prefix_of(found.row.number),
                "shift_seconds": found.shift,
                "skew_seconds": round(skew),
            }
        )
        setting = self.env["ir.config_parameter"].set_param
        fits = found.formula == "fits"
        setting(DIALOG_IDS, "1" if fits else "0")
        setting("gorod24_telephony.records_by_time", "0" if fits else "1")
        setting("gorod24_telephony.record_shift_seconds", str(found.shift))
        self._tell_connector()

    def _tell_connector(self):
        """Give the result to the running connector; a code when it failed."""
        fits = self.state == "fits"
        answer = self.setup_id._connector(
            "POST", "/v1/calibration", {"dialog_ids_are_jtapi": fits}
        )
        if isinstance(answer, dict) and answer.get("ok"):
            self.told = True
            return ""
        return answer if isinstance(answer, str) else "connector_answer"

    # What is shown -------------------------------------------------------------------

    @api.depends("state", "until", "told")
    def _compute_summary(self):
        for trial in self:
            trial.summary = trial._sentence()

    def _sentence(self):
        env = self.env
        until = self.until and fields.Datetime.context_timestamp(self, self.until)
        until = until.strftime("%H:%M") if until else ""
        sentences = {
            "call": env._(
                "Waiting for a call of %(name)s until %(until)s.",
                name=self.user_id.name,
                until=until,
            ),
            "end": env._("The call is seen. Talk for a few seconds and hang up."),
            "journal": env._(
                "The call is over. Waiting for the exchange's journal until %(until)s.",
                until=until,
            ),
            "fits": env._(
                "The name at the telephone follows from the journal: calls are brought"
                " together by it."
            ),
            "differs": env._(
                "The journal names the call otherwise. Calls are brought together by"
                " telephone, number and time from now on."
            ),
            "unclear": env._("Several rows could be this call. Repeat the trial."),
            "no_call": env._(
                "No call of %(name)s came within ten minutes.", name=self.user_id.name
            ),
            "no_journal": env._(
                "No journal of this call came. Check the folder of the journals, the"
                " upload of the exchange and the zone of its clock."
            ),
            "stopped": env._("Stopped by the administrator."),
        }
        return sentences[self.state]


def _row(event):
    """The journal's row in an event, or None when it names no call."""
    payload = event.payload or {}
    gcid = next(
        (ref["value"] for ref in payload.get("refs", ()) if ref.get("kind") == "gcid"),
        "",
    )
    if not gcid or not payload.get("started_at"):
        return None
    return Row(
        gcid=gcid,
        extension=(payload.get("agent") or {}).get("extension") or "",
        number=payload.get("remote_number") or "",
        started_at=_moment(payload["started_at"]),
        ended_at=event.at,
    )


def _moment(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00")).replace(tzinfo=None)
