# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: how messages about the terms of the law are headed."""

from odoo import models


class EscalationMixin(models.AbstractModel):
    _inherit = "gorod24.escalation.mixin"

    def _get_escalation_titles(self):
        near = {
            "forwarding": self.env._(
                "The term to forward outside nears its end: %(count)s"
            ),
            "localisation": self.env._(
                "The term to localise damage nears its end: %(count)s"
            ),
            "planned_time": self.env._(
                "The planned time is to be told soon: %(count)s"
            ),
            "registration": self.env._("The term to register nears its end: %(count)s"),
            "restoration": self.env._(
                "The term to restore the service nears its end: %(count)s"
            ),
            "papers": self.env._("Papers of another body are due soon: %(count)s"),
        }
        late = {
            "forwarding": self.env._("Not forwarded outside in time: %(count)s"),
            "localisation": self.env._("Damage not localised in time: %(count)s"),
            "planned_time": self.env._(
                "The planned time was not told in time: %(count)s"
            ),
            "registration": self.env._("Not registered in time: %(count)s"),
            "restoration": self.env._("Services not restored in time: %(count)s"),
            "papers": self.env._("Papers not received in time: %(count)s"),
        }
        return {
            **super()._get_escalation_titles(),
            **{(kind, True): title for kind, title in near.items()},
            **{(kind, False): title for kind, title in late.items()},
        }
