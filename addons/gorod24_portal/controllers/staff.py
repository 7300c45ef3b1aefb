# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date

from werkzeug.exceptions import NotFound

from odoo.exceptions import UserError
from odoo.http import Controller, request, route

STAFF = "/my/section"
REASONS = ("vacation", "trip", "shift", "other")


def get_headed(participant_id=None):
    """Return the (sudoed) participants whose people the user keeps.

    :raises NotFound: for anybody else, as if there were no such page
    """
    user = request.env.user
    headed = user._is_participant() and user._get_headed_participants()
    if headed and participant_id:
        headed = headed.filtered(lambda p: p.id == participant_id)
    if not headed:
        raise NotFound()
    return headed.with_context(lang=request.env.lang)


def _staff_route(work):
    return route(
        f"{STAFF}/<int:participant_id>/{work}",
        type="http",
        auth="user",
        website=True,
        multilang=False,
        methods=["POST"],
    )


class ParticipantStaff(Controller):
    """«Сотрудники»: a head names duty officers, absences and substitutes.

    Every change is a POST with a token, on a participant the user heads.
    """

    @route(
        STAFF,
        type="http",
        auth="user",
        website=True,
        multilang=False,
        methods=["GET"],
        readonly=True,
    )
    def staff(self, ok=None, **kw):
        """Show the people; ``ok`` names the work that has just succeeded."""
        return self._render(get_headed(), ok=ok)

    @_staff_route("absence/add")
    def add_absence(self, participant_id, **form):
        """Mark somebody absent, with a substitute."""

        def work(participant):
            reason = form.get("reason")
            participant._staff_add_absence(
                self._find_user(participant, form.get("user_id"), posted=True),
                self._find_user(participant, form.get("substitute_id")),
                self._read_day(form.get("date_from")),
                self._read_day(form.get("date_to")),
                reason if reason in REASONS else "other",
            )

        return self._work(participant_id, "absence", form, work)

    @_staff_route("absence/end")
    def end_absence(self, participant_id, **form):
        """The person is back, or does not go."""
        return self._work(
            participant_id,
            "back",
            form,
            lambda participant: participant._staff_end_absence(
                self._find(participant, "gorod24.section.absence", form, "absence_id")
            ),
        )

    @_staff_route("member/add")
    def add_member(self, participant_id, **form):
        """Give a person a post in a section."""
        return self._work(
            participant_id,
            "member",
            form,
            lambda participant: participant._staff_add_member(
                self._find(participant, "gorod24.section", form, "section_id"),
                self._find_user(participant, form.get("user_id")),
                form.get("role"),
            ),
        )

    @_staff_route("member/end")
    def end_member(self, participant_id, **form):
        """Take a post away."""
        return self._work(
            participant_id,
            "ended",
            form,
            lambda participant: participant._staff_end_member(
                self._find(participant, "gorod24.section.member", form, "member_id")
            ),
        )

    # How --------------------------------------------------------------------------

    def _work(self, participant_id, work, form, action):
        """Do the work or show again what was typed, with the reason it failed."""
        participant = get_headed(participant_id)
        try:
            with request.env.cr.savepoint():
                action(participant)
        except UserError as error:
            return self._answer_error(participant, work, form, error.args[0])
        url = f"{STAFF}?ok={work}"
        if self._is_fetch():
            return request.make_json_response({"url": url})
        return request.redirect(url, code=303)

    def _answer_error(self, participant, work, form, message):
        if self._is_fetch():
            return request.make_json_response({"error": message}, status=422)
        request.env.invalidate_all()
        form = {**form, "participant_id": participant.id}
        response = self._render(get_headed(), error=message, panel=work, form=form)
        response.status_code = 422
        return response

    def _is_fetch(self):
        return request.httprequest.headers.get("X-Requested-With") == "fetch"

    def _render(self, participants, **values):
        values.setdefault("form", {})
        values.setdefault("error", None)
        values.setdefault("panel", None)
        values.setdefault("ok", None)
        return request.render(
            "gorod24_portal.staff_page",
            {
                **values,
                "page_name": "staff",
                "participants": [p._get_staff_values() for p in participants],
                "today": participants._staff_today().isoformat(),
            },
        )

    def _find(self, participant, model, form, name):
        """Return the record named by a form; whose it is the model checks."""
        text = form.get(name) or ""
        number = int(text) if text.isdecimal() and len(text) < 10 else 0
        return participant.env[model].browse(number)

    def _find_user(self, participant, text, posted=False):
        """Return one of the participant's people, or nobody for an empty choice.

        :raises UserError: for anybody else
        """
        if not (text or "").strip():
            return participant.env["res.users"]
        people = participant._staff_users()
        if posted:
            people |= participant._staff_members().user_id
        found = people.filtered(lambda user: str(user.id) == text.strip())
        if not found:
            raise UserError(request.env._("Choose one of your own people."))
        return found

    def _read_day(self, text):
        try:
            return date.fromisoformat((text or "").strip()[:10])
        except ValueError:
            return None
