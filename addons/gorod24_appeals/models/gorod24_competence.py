# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from inspect import signature

from odoo import api, models


class Competence(models.Model):
    _inherit = "gorod24.competence"

    @api.model
    def _route_avoiding(self, complained, topic, **place):
        """Find who answers, but never the organisation complained about.

        :param complained: res.partner, empty for most questions.
        :return: see ``_route``.
        """
        if complained and "complained" in signature(self._route).parameters:
            place["complained"] = complained
        return self._route(topic, **place)
