# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from werkzeug.exceptions import NotFound

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.http import Controller, request, route

PAGE = "/my/notices"
WORKS = ("new", "prolong", "finish")


def _work_route(path):
    return route(
        f"{PAGE}/{path}",
        type="http",
        auth="user",
        website=True,
        multilang=False,
        methods=["POST"],
    )


class ParticipantNotices(Controller):
    """«Оповещения»: what a participant has told the hotline, and until when."""

    @route(
        PAGE,
        type="http",
        auth="user",
        website=True,
        multilang=False,
        methods=["GET"],
        readonly=True,
    )
    def notices(self, ok=None, **_kw):
        """Show the notices; ``ok`` names the work that has just succeeded."""
        return self._render(ok=ok if ok in WORKS else None)

    @_work_route("new")
    def enter(self, **form):
        """Hand a new notice to the hotline."""
        return self._work("new", form, lambda model: model._enter_own(form))

    @_work_route("<int:notice_id>/prolong")
    def prolong(self, notice_id, **form):
        """Name another end."""

        def work(model):
            moment = model._read_moment(form.get("new_at"))
            self._get_own(notice_id).action_prolong(moment, form.get("reason"))

        return self._work("prolong", {**form, "notice_id": notice_id}, work)

    @_work_route("<int:notice_id>/finish")
    def finish(self, notice_id, **form):
        """Say that it is over."""

        def work(_model):
            self._get_own(notice_id).action_finish(None, form.get("closing_text"))

        return self._work("finish", {**form, "notice_id": notice_id}, work)

    # How ----------------------------------------------------------------------------

    def _get_model(self):
        """:raises NotFound: for whoever is no participant, as if there were no page"""
        if not request.env.user._is_participant():
            raise NotFound()
        return request.env["gorod24.notice"].with_context(lang=request.env.lang)

    def _get_own(self, notice_id):
        notice = self._get_model().search([("id", "=", notice_id)])
        if not notice:
            raise NotFound()
        return notice

    def _work(self, name, form, action):
        """Do the work or show again what was typed, with the reason it failed."""
        model = self._get_model()
        try:
            with request.env.cr.savepoint():
                action(model)
        except (UserError, AccessError) as error:
            request.env.invalidate_all()
            response = self._render(error=error.args[0], panel=name, form=form)
            response.status_code = 422
            return response
        return request.redirect(f"{PAGE}?ok={name}", code=303)

    def _render(self, **values):
        model = self._get_model()
        types = model._fields["type"]._description_selection(model.env)
        # sudo: the list of services is the same for everybody
        services = model.env["gorod24.notice.service"].sudo().search([])
        local = model.env["gorod24.clock"]._to_local(fields.Datetime.now())
        return request.render(
            "gorod24_notice_portal.notices_page",
            {
                "page_name": "notices",
                "ok": None,
                "error": None,
                "panel": None,
                "form": {},
                **values,
                "parts": model._get_portal_page(),
                "types": types,
                "services": [(one.id, one.name) for one in services],
                "participants": [
                    (one.id, one.name)
                    for one in model.env.user._get_notice_participants()
                ],
                "now": local.strftime("%Y-%m-%dT%H:%M"),
            },
        )
