# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import hashlib
import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.sql_db import Cursor
from odoo.tools import SQL, consteq

# How often the moment of the last message is written down: every message would make
# all of them wait for one row.
SEEN_EVERY = timedelta(minutes=1)
KINDS = ("events", "recordings", "ivr")


class TelephonySource(models.Model):
    """Who may speak to the doors of telephony: an exchange, a recorder, a voice menu.

    Each has a token of its own, of which only the hash is kept, so that one can be shut
    out or given a new token without touching the others.
    """

    _name = "gorod24.telephony.source"
    _description = "Source of telephony events"
    _order = "name"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True,
        copy=False,
        help="Short latin name. Event names of this source are told apart by it.",
    )
    active = fields.Boolean(default=True)
    is_server = fields.Boolean(
        "Token in the server's settings",
        readonly=True,
        help="Its token is gorod24_telephony_token of the server, not one issued here.",
    )
    allow_events = fields.Boolean("Events of calls", default=True)
    allow_recordings = fields.Boolean("Recordings", default=True)
    allow_ivr = fields.Boolean("Look-up for the voice menu", default=False)
    ivr_by_address = fields.Boolean(
        "Number in the address line",
        default=False,
        help="Lets a script ask by GET. The citizens' numbers then stand in the access"
        " logs of every server on the way: only for a script that cannot POST.",
    )
    ivr_per_minute = fields.Integer(
        "Look-ups a minute",
        default=600,
        help="For each process of the server; more are answered 429.",
    )
    overlap_hours = fields.Integer(
        "Old token lives on, h",
        default=24,
        help="After a new token is issued the old one is still let in this long.",
    )
    token_hash = fields.Char(copy=False, groups=fields.NO_ACCESS, index=True)
    token_issued_at = fields.Datetime("Token issued", readonly=True, copy=False)
    previous_hash = fields.Char(copy=False, groups=fields.NO_ACCESS, index=True)
    previous_until = fields.Datetime("Old token until", readonly=True, copy=False)
    last_seen = fields.Datetime("Last message", readonly=True, copy=False)
    note = fields.Char()

    _code_uniq = models.Constraint("UNIQUE (code)", "This short name is taken.")
    _code_form = models.Constraint(
        "CHECK (code ~ '^[a-z0-9_-]{1,32}$')",
        "The short name is of small latin letters, digits, “-” and “_”.",
    )
    _server_uidx = models.UniqueIndex(
        "(is_server) WHERE is_server", "The server's own token has one source."
    )

    def write(self, vals):
        if "code" in vals and any(source.code != vals["code"] for source in self):
            raise UserError(
                self.env._("The short name stands in the events and stays as it is.")
            )
        return super().write(vals)

    def action_issue_token(self):
        """Issue a new token and show it once; the old one lives on for a while."""
        self.ensure_one()
        self.check_access("write")
        if self.is_server:
            raise UserError(
                self.env._("The token of this source is changed on the server.")
            )
        token = self._issue_token()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New token"),
            "res_model": "gorod24.telephony.source.token",
            "view_mode": "form",
            "target": "new",
            "context": {"gorod24_token": token, "default_source_id": self.id},
        }

    def action_revoke_old(self):
        """Shut the previous token out at once."""
        self.check_access("write")
        # The hashes are nobody's to see; the right to the source is checked.
        self.sudo().write({"previous_hash": False, "previous_until": False})

    def _issue_token(self):
        """Return a new token, of which only the hash is stored."""
        self.ensure_one()
        token = secrets.token_urlsafe(32)
        now = fields.Datetime.now()
        # The hashes are nobody's to see; callers checked the right to the source.
        source = self.sudo()
        source.write(
            {
                "previous_hash": source.token_hash,
                "previous_until": source.token_hash
                and now + timedelta(hours=max(0, source.overlap_hours)),
                "token_hash": _hash(token),
                "token_issued_at": now,
            }
        )
        return token

    # For the doors ---------------------------------------------------------------

    @api.model
    def _of_token(self, token, server_token):
        """Return the active source that shows ``token``, or an empty recordset.

        :param server_token: the token in the server's settings, may be empty.
        """
        if server_token and consteq(token.encode(), server_token.encode()):
            return self.search([("is_server", "=", True)])
        digest = _hash(token)
        now = fields.Datetime.now()
        found = self.search(
            ["|", ("token_hash", "=", digest), ("previous_hash", "=", digest)]
        )
        for source in found:
            if source.token_hash and consteq(source.token_hash, digest):
                return source
            if (
                source.previous_hash
                and consteq(source.previous_hash, digest)
                and source.previous_until > now
            ):
                return source
        return self.browse()

    @api.model
    def _is_any(self):
        """Has any source a token of its own?"""
        return bool(self.search_count([("token_hash", "!=", False)], limit=1))

    def _allows(self, kind):
        """May the source use the door ``kind`` (events, recordings, ivr)?"""
        return bool(self[f"allow_{kind}"])

    def _seen(self):
        """Note that the source spoke, at most once a minute and waiting for nobody."""
        self.ensure_one()
        now = fields.Datetime.now()
        if self.last_seen and now - self.last_seen < SEEN_EVERY:
            return
        with self.pool.cursor() as cr:
            if isinstance(cr, Cursor):  # savepoints of tests cannot change it
                # What another process noted meanwhile is as good, and no refusal.
                cr.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
            cr.execute(
                SQL(
                    "UPDATE gorod24_telephony_source SET last_seen = %s WHERE id = ("
                    "SELECT id FROM gorod24_telephony_source WHERE id = %s"
                    " FOR NO KEY UPDATE SKIP LOCKED)",
                    now,
                    self.id,
                )
            )

    def _scoped(self, event_id):
        """Return the name of an event under which no other source's can be found.

        Events of the server's own token keep their names: they are in the journal.
        """
        if isinstance(event_id, int) and not isinstance(event_id, bool):
            event_id = str(event_id)  # exchanges that number their events
        if not self or self.is_server or not isinstance(event_id, str):
            return event_id
        return f"{self.code}|{event_id}" if event_id.strip() else event_id


def _hash(token):
    return hashlib.sha256(token.encode()).hexdigest()
