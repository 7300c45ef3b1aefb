# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: how messages about the terms of the law are headed."""

from odoo import models


class Question(models.Model):
    _inherit = "gorod24.question"

    def _get_escalation_titles(self):
        return {
            **super()._get_escalation_titles(),
            ("forwarding", True): self.env._(
                "The term to forward outside nears its end: %(count)s"
            ),
            ("forwarding", False): self.env._(
                "Not forwarded outside in time: %(count)s"
            ),
            ("localisation", True): self.env._(
                "The term to localise damage nears its end: %(count)s"
            ),
            ("localisation", False): self.env._(
                "Damage not localised in time: %(count)s"
            ),
            ("planned_time", True): self.env._(
                "The planned time is to be told soon: %(count)s"
            ),
            ("planned_time", False): self.env._(
                "The planned time was not told in time: %(count)s"
            ),
            ("registration", True): self.env._(
                "The term to register nears its end: %(count)s"
            ),
            ("registration", False): self.env._("Not registered in time: %(count)s"),
        }
