# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import hashlib
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ..matching import audio_type, best_match, parse_sidecar
from ..matching.match import TOLERANCE
from ..matching.sidecar import SidecarError

# The call or its end can become known later than the sound.
RETRY = timedelta(hours=72)
LONGEST_CALL = timedelta(hours=12)
# A recording that fitted nothing is tried again so often, and at each end of a call
# that was near.
TRY_EVERY = timedelta(minutes=9)
# A fresh one each minute: its call may be ending in another transaction, and neither of
# the two sees the other.
FRESH = timedelta(minutes=10)
FRESH_EVERY = timedelta(minutes=1)
BY_TIME = ("number", "extension")
HUMAN_FIELDS = {"call_id", "state", "note"}


class Recording(models.Model):
    """One sound file of a recorder and the call it belongs to.

    The sound lies in the filestore under an attachment that no document owns: it can be
    reached through the player alone, which logs every listening.
    """

    _name = "gorod24.recording"
    _description = "Recording of a call"
    _order = "started_at desc, segment, id"

    name = fields.Char(required=True)
    call_id = fields.Many2one("gorod24.call", index=True, ondelete="set null")
    segment = fields.Integer(default=1)
    attachment_id = fields.Many2one("ir.attachment", groups="base.group_system")
    mimetype = fields.Char()
    size = fields.Integer("Size, bytes")
    sha256 = fields.Char("SHA-256", required=True)
    recorder = fields.Char(required=True)
    recording_ref = fields.Char("Name at the recorder", required=True)
    started_at = fields.Datetime(required=True)
    duration = fields.Float("Duration, s")
    agent_extension = fields.Char("Extension")
    remote_number = fields.Char()
    clock_unknown = fields.Boolean(
        "Clock not known yet",
        readonly=True,
        help="The recorder's times may be minutes off: telephone and time alone do not"
        " find the call.",
    )
    refs = fields.Json("References")
    user_id = fields.Many2one("res.users", "Who spoke", index="btree_not_null")
    tier = fields.Integer(
        help="How the call was found: 1 by reference, 2 by extension, number and time,"
        " 3 by extension and time, 0 by hand or not at all."
    )
    state = fields.Selection(
        [
            ("matched", "Matched"),
            ("unmatched", "Without call"),
            ("rejected", "Not ours"),
        ],
        required=True,
        default="unmatched",
        index=True,
    )
    reason = fields.Selection(
        [
            ("ref", "By reference"),
            ("number", "By extension, number and time"),
            ("extension", "By extension and time"),
            ("manual", "By hand"),
            ("no_candidate", "No call fits"),
            ("ambiguous", "Several calls fit"),
        ]
    )
    note = fields.Char()
    tried_at = fields.Datetime(
        "Looked for last",
        readonly=True,
        copy=False,
        help="Empty: to be looked for now.",
    )
    access_ids = fields.One2many(
        "gorod24.recording.access",
        "recording_id",
        groups="gorod24_appeals.group_supervisor",
    )

    _sha256_uniq = models.Constraint("UNIQUE (sha256)", "The recording is known.")
    _recorder_uniq = models.Constraint(
        "UNIQUE (recorder, recording_ref)", "The recorder's recording is known."
    )
    # The queue: those tried longest ago come first.
    _tried_idx = models.Index("(tried_at NULLS FIRST) WHERE state = 'unmatched'")

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        if set(vals) - HUMAN_FIELDS:
            raise AccessError(
                self.env._("What the recorder told about a recording stays as it is.")
            )
        result = super().write(vals)
        if "call_id" in vals:
            # The automatic fields of a choice that the person was allowed to make.
            self.sudo()._attach_by_hand()
        return result

    def unlink(self):
        # The sound has no owner document, so it goes with its record.
        attachments = self.sudo().attachment_id
        result = super().unlink()
        attachments.unlink()
        return result

    # From the recordings door ------------------------------------------------------

    @api.model
    def _import(self, metadata, content):
        """Store one recording and find its call.

        Taking the same file or the same recorder's name twice gives the same record.

        :param metadata: decoded JSON of the sidecar.
        :param content: the bytes of the sound file.
        :raises SidecarError: when metadata or content cannot be used, naming the field.
        :return: (recording, is_new)
        """
        sidecar = parse_sidecar(metadata)
        kind = audio_type(content)
        if kind is None:
            raise SidecarError("file: not a WAV, MP3, OGG or MP4 sound")
        digest = hashlib.sha256(content).hexdigest()
        if sidecar.sha256 and sidecar.sha256 != digest:
            raise SidecarError("sha256: differs from the file")
        named = self.search(
            [
                ("recorder", "=", sidecar.recorder),
                ("recording_ref", "=", sidecar.recording_id),
            ]
        )
        if named and named.sha256 != digest:
            raise SidecarError("recording_id: known with another content")
        known = named or self.search([("sha256", "=", digest)])
        if known:
            return known, False
        vals = self._prepare_vals(sidecar)
        vals.update(sha256=digest, mimetype=kind[0], size=len(content))
        vals["attachment_id"] = self._store(f"{digest[:16]}.{kind[1]}", kind, content)
        recording = self.create(vals)
        recording._match()
        if recording.state == "unmatched":
            self._match_again_in_a_minute()
        return recording, True

    def _store(self, name, kind, content):
        return (
            self.env["ir.attachment"]
            .create({"name": name, "raw": content, "mimetype": kind[0]})
            .id
        )

    def _prepare_vals(self, sidecar):
        return {
            "name": f"{sidecar.recorder}/{sidecar.recording_id}",
            "segment": sidecar.segment,
            "recorder": sidecar.recorder,
            "recording_ref": sidecar.recording_id,
            "started_at": sidecar.started_at.replace(microsecond=0),
            "duration": sidecar.duration,
            "agent_extension": sidecar.extension or False,
            "remote_number": sidecar.remote_number or False,
            "clock_unknown": not sidecar.clock_known,
            "refs": [
                {"kind": kind, "value": value} for kind, value in sorted(sidecar.refs)
            ],
        }

    # Matching -------------------------------------------------------------------------

    def _match(self):
        """Look for the call of each recording (superuser); never guesses."""
        for recording in self:
            sidecar = recording._as_sidecar()
            candidates = recording._candidates(sidecar)
            match = best_match(sidecar, [call._span() for call in candidates])
            if match.call_id:
                call = candidates.browse(match.call_id)
                recording._attach(call, match.tier, match.reason)
            else:
                recording.write(
                    {
                        "call_id": False,
                        "tier": 0,
                        "reason": match.reason,
                        "state": "unmatched",
                        "tried_at": fields.Datetime.now(),
                    }
                )

    def _match_anew(self):
        """Look again at what was matched by times that have changed."""
        self.filtered(lambda recording: recording.reason in BY_TIME)._match()

    def _as_sidecar(self):
        self.ensure_one()
        return parse_sidecar(
            {
                "recorder": self.recorder,
                "recording_id": self.recording_ref,
                "started_at": f"{self.started_at.isoformat()}Z",
                "duration_s": self.duration,
                "agent_extension": self.agent_extension or None,
                "remote_number": self.remote_number or None,
                "refs": self.refs or None,
                "clock_known": not self.clock_unknown,
            }
        )

    def _candidates(self, sidecar):
        """Return the calls that share a reference, or the extension at the time."""
        refs = self.env["gorod24.call.ref"].search(
            [("value", "in", [v for kind, v in sidecar.refs if kind != "cluster"])],
            order="id desc",
            limit=200,
        )
        legs = self.env["gorod24.call.leg"]
        if sidecar.extension:
            legs = legs.search(
                [
                    ("extension", "=", sidecar.extension),
                    ("started_at", "<=", sidecar.ended_at),
                    ("started_at", ">=", sidecar.started_at - LONGEST_CALL),
                ],
                # A busy telephone rings hundreds of times in a shift: the nearest.
                order="started_at desc, id desc",
                limit=200,
            )
        return refs.call_id | legs.call_id

    def _attach(self, call, tier, reason):
        """Give the recording to ``call`` and name the operator who spoke."""
        for recording in self:
            legs = call.leg_ids.filtered(
                lambda leg, recording=recording: (
                    leg.user_id and leg.extension == recording.agent_extension
                )
            )
            recording.write(
                {
                    "call_id": call.id,
                    "state": "matched",
                    "tier": tier,
                    "reason": reason,
                    "user_id": (legs[:1].user_id or call.user_id).id,
                }
            )

    def _attach_by_hand(self):
        for recording in self:
            if recording.call_id:
                recording._attach(recording.call_id, 0, "manual")
            elif recording.state == "matched":
                recording.write({"state": "unmatched", "tier": 0, "reason": False})

    @api.model
    def _unmatched_domain(self):
        """The recordings worth another try now."""
        now = fields.Datetime.now()
        return [
            ("state", "=", "unmatched"),
            ("create_date", ">=", now - RETRY),
            "|",
            "|",
            ("tried_at", "=", False),
            ("tried_at", "<=", now - TRY_EVERY),
            "&",
            ("create_date", ">=", now - FRESH),
            # The minute between two runs is not kept to the second.
            ("tried_at", "<=", now - FRESH_EVERY / 2),
        ]

    @api.model
    def _match_again_in_a_minute(self):
        """Ask for a run of the cron, unless one is asked for already."""
        cron, now = (
            self.env.ref("gorod24_telephony.ir_cron_match"),
            fields.Datetime.now(),
        )
        asked = [("cron_id", "=", cron.id), ("call_at", ">", now)]
        if not self.env["ir.cron.trigger"].sudo().search_count(asked, limit=1):
            cron._trigger(now + FRESH_EVERY)

    @api.model
    def _match_soon(self, calls):
        """Calls ended: look again for the recordings they may have, without waiting.

        Only those of their time that name them or one of their telephones: others would
        be tried at every end of a call for days. One statement for all.
        """
        if not calls:
            return
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE gorod24_recording SET tried_at = NULL WHERE id IN (
                    SELECT r.id
                      FROM (VALUES %(calls)s)
                           AS call(earliest, latest, begin, extensions, names)
                      JOIN gorod24_recording r
                        ON r.started_at BETWEEN call.earliest AND call.latest
                     WHERE r.state = 'unmatched' AND r.create_date >= %(since)s
                       AND call.begin <= r.started_at
                           + make_interval(secs => COALESCE(r.duration, 0))
                       AND (r.agent_extension = ANY(call.extensions)
                         OR jsonb_path_query_array(r.refs, '$[*].value') ?| call.names)
                       FOR NO KEY UPDATE OF r SKIP LOCKED)
                """,
                since=fields.Datetime.now() - RETRY,
                calls=SQL(", ").join(map(self._sought_of, calls)),
            )
        )
        if self.env.cr.rowcount:
            self.invalidate_model(["tried_at"])
            self.env.ref("gorod24_telephony.ir_cron_match")._trigger()

    @api.model
    def _sought_of(self, call):
        """By what a recording of the call would be known, as a row of the query."""
        return SQL(
            "(%s::timestamp, %s::timestamp, %s::timestamp, %s::text[], %s::text[])",
            call.started_at - LONGEST_CALL,
            (call.ended_at or call.started_at) + TOLERANCE,
            call.started_at - TOLERANCE,
            [leg.extension for leg in call.leg_ids if leg.extension],
            call.ref_ids.mapped("value"),
        )

    @api.model
    def _cron_match(self, limit=500):
        """Try again for the recordings of the last three days without a call.

        Those tried longest ago come first, so that none waits for others for ever.
        """
        order = "tried_at NULLS FIRST, id"
        self.search(self._unmatched_domain(), limit=limit, order=order)._match()
        fresh = fields.Datetime.now() - FRESH
        waiting = [("state", "=", "unmatched"), ("create_date", ">=", fresh)]
        if self.search_count(waiting, limit=1):
            self._match_again_in_a_minute()

    def action_reject(self):
        """The recording is of no call of the hotline."""
        self.write({"state": "rejected"})

    def action_match(self):
        """Look for the call now."""
        # The right to change the recording is checked; matching reads all calls.
        self.check_access("write")
        self.sudo()._match()

    def action_candidates(self):
        """Open the calls of the extension around the time of the recording."""
        self.ensure_one()
        calls = self.sudo()._candidates(self._as_sidecar())
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gorod24_telephony.gorod24_call_action"
        )
        action["domain"] = [("id", "in", calls.ids)]
        action.pop("path", None)
        return action
