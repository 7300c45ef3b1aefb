# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.http import Controller, request, route

from ..uploads import MAX_BYTES, MAX_FILES, BadFile, inspect, safe_name
from .home import JOURNAL
from .requests import get_referral, render_request


def _work_route(work):
    return route(
        f"{JOURNAL}/<int:referral_id>/{work}",
        type="http",
        auth="user",
        website=True,
        multilang=False,
        methods=["POST"],
    )


class ParticipantWork(Controller):
    """What an officer does with a request. Every route is a POST with a token."""

    @_work_route("accept")
    def accept(self, referral_id, **form):
        """Take the request to work."""
        return self._work(referral_id, "accept", form, lambda r: r.action_accept())

    @_work_route("refuse")
    def refuse(self, referral_id, **form):
        """Give the request back to the operator with a reason."""
        reason = form.get("reason", "")
        return self._work(
            referral_id, "refuse", form, lambda r: r.action_refuse(reason)
        )

    @_work_route("plan")
    def plan(self, referral_id, **form):
        """Set the date and time of the visit."""
        return self._work(
            referral_id,
            "plan",
            form,
            lambda referral: self._plan(referral, form),
        )

    def _plan(self, referral, form):
        referral.action_plan(
            self._read_moment(form.get("planned_at")),
            (form.get("visit_note") or "").strip()[:250] or False,
        )
        # sudo: whether the citizen waits for the time, nothing else is read
        if form.get("told") and referral.sudo()._may_tell_plan():
            referral.action_plan_told()

    @_work_route("localised")
    def localised(self, referral_id, **form):
        """Tell that the damage is localised; its elimination goes on."""
        return self._work(
            referral_id,
            "localised",
            form,
            lambda referral: referral.action_localised(
                form.get("localised_note", ""),
                self._read_past(form.get("localised_at")),
            ),
        )

    @_work_route("told")
    def told(self, referral_id, **form):
        """Tell that the participant told the citizen the planned time himself."""
        return self._work(referral_id, "told", form, lambda r: r.action_plan_told())

    @_work_route("done")
    def done(self, referral_id, **form):
        """Report the result with photos and files."""
        return self._work(
            referral_id, "done", form, lambda referral: self._report(referral, form)
        )

    # How -------------------------------------------------------------------------

    def _work(self, referral_id, work, form, action):
        """Do the work or show again what was typed, with the reason it failed."""
        referral = get_referral(referral_id)
        try:
            with request.env.cr.savepoint():
                action(referral)
        except AccessError:
            message = request.env._("Only members of the section work this request.")
            return self._answer_error(referral, work, form, message)
        except UserError as error:
            return self._answer_error(referral, work, form, error.args[0])
        url = f"{JOURNAL}/{referral.id}?ok={work}"
        if self._is_fetch():
            return request.make_json_response({"url": url})
        return request.redirect(url, code=303)

    def _answer_error(self, referral, work, form, message):
        if self._is_fetch():
            return request.make_json_response({"error": message}, status=422)
        referral.invalidate_recordset()
        # The form may be gone meanwhile: then the page says why, and shows the text.
        forms = {
            "sent": ("refuse",),
            "accepted": ("refuse", "plan", "localised", "done"),
        }
        panel = work if work in forms.get(referral.state, ()) else None
        return render_request(referral, error=message, panel=panel, form=form)

    def _is_fetch(self):
        return request.httprequest.headers.get("X-Requested-With") == "fetch"

    def _report(self, referral, form):
        files = self._read_files()
        referral.action_done(
            form.get("result_text", ""),
            form.get("outcome", ""),
            self._store_files(referral, files),
            self._read_cost(form.get("cost")) if referral.paid else 0.0,
        )

    def _read_moment(self, text):
        """Return naive UTC of a moment typed in the time of the service.

        :raises UserError: when it is missing, senseless or past.
        """
        moment = self._read_local(text)
        if not moment:
            raise UserError(request.env._("Choose the date and time of the visit."))
        if moment < fields.Datetime.now() - timedelta(minutes=5):
            raise UserError(request.env._("This time has passed. Choose a later one."))
        if moment > fields.Datetime.now() + timedelta(days=366):
            raise UserError(
                request.env._("This is more than a year ahead. Check the date.")
            )
        return moment

    def _read_past(self, text):
        """Return naive UTC of what has happened; UserError when it is no time."""
        moment = self._read_local(text)
        if not moment:
            raise UserError(request.env._("Choose when it was localised."))
        return moment

    def _read_local(self, text):
        """Return naive UTC of «2026-11-28T12:30» in the service's time, else None."""
        try:
            local = datetime.strptime((text or "").strip()[:16], "%Y-%m-%dT%H:%M")
        except ValueError:
            return None
        zone = request.env["gorod24.clock"]._get_zone()
        return (
            local.replace(tzinfo=zone).astimezone(ZoneInfo("UTC")).replace(tzinfo=None)
        )

    def _read_cost(self, text):
        """Return roubles of «1 250,50»; UserError when it is not a sum."""
        text = "".join((text or "").split()).replace("₽", "").replace(",", ".")
        try:
            cost = float(text or 0)
        except ValueError:
            cost = -1.0
        if not 0 <= cost < 10**9:
            raise UserError(
                request.env._(
                    "Write the cost in roubles as a number, for example 1250.50."
                )
            )
        return round(cost, 2)

    def _read_files(self):
        """Return [(name, content, mimetype)] of the sent files, all checked.

        :raises UserError: naming the first file that cannot be taken.
        """
        sent = [
            file for file in request.httprequest.files.getlist("files") if file.filename
        ]
        if len(sent) > MAX_FILES:
            raise UserError(
                request.env._(
                    "No more than %(count)s files in one report.", count=MAX_FILES
                )
            )
        files = []
        for position, file in enumerate(sent, 1):
            # A repeated transaction finds the file where the first one left it.
            file.seek(0)
            content = file.read(MAX_BYTES + 1)
            try:
                mimetype = inspect(content)
            except BadFile as error:
                raise UserError(self._explain(error, file.filename)) from error
            files.append(
                (safe_name(file.filename, mimetype, position), content, mimetype)
            )
        return files

    def _explain(self, error, filename):
        name = (filename or "").replace("\\", "/").split("/")[-1][:80]
        return {
            "empty": request.env._(
                "File “%(name)s” is empty. Choose it again.", name=name
            ),
            "too_big": request.env._(
                "File “%(name)s” is larger than 10 MB.", name=name
            ),
            "heic": request.env._(
                "Photo “%(name)s” is in the HEIC format, which others cannot open. "
                "Choose “Most compatible” in the settings of the camera or "
                "send a JPEG.",
                name=name,
            ),
            "broken": request.env._(
                "File “%(name)s” is damaged or was not sent completely. "
                "Choose it again.",
                name=name,
            ),
            "unknown": request.env._(
                "File “%(name)s” is neither a photo nor a PDF. Send JPEG, PNG, WebP, "
                "GIF or PDF.",
                name=name,
            ),
        }[error.reason]

    def _store_files(self, record, files):
        """Keep the files with the referral (or job to come); return their ids."""
        if not files:
            return []
        # sudo: the officer has no right on attachments; the referral was found as him
        # and the content checked
        attachments = (
            request.env["ir.attachment"]
            .sudo()
            .create(
                [
                    {
                        "name": name,
                        "raw": content,
                        "mimetype": mimetype,
                        "res_model": record._name,
                        "res_id": record.id,
                    }
                    for name, content, mimetype in files
                ]
            )
        )
        return attachments.ids
