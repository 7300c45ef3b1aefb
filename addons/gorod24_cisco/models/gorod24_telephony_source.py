# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

_ORIGIN = re.compile(r"https?://[a-z0-9.-]{1,253}(:[0-9]{1,5})?", re.ASCII)


class TelephonySource(models.Model):
    _inherit = "gorod24.telephony.source"

    allow_workflow = fields.Boolean(
        "Workflows of Finesse desktops",
        help="The token may then stand in the address of the request: the action of a"
        " workflow has no other place for it. Every operator's browser sees it, so give"
        " this source nothing else to do.",
    )
    workflow_origins = fields.Char(
        "Addresses of the desktops",
        help="Where operators open Finesse, divided by blanks, for example"
        " https://fin1.example:8445. Pages of other addresses are not let in.",
    )

    @api.constrains("workflow_origins")
    def _check_origins(self):
        for source in self:
            for word in (source.workflow_origins or "").split():
                if not _ORIGIN.fullmatch(word):
                    raise ValidationError(
                        self.env._(
                            "“%(word)s” is no address of a desktop: https://, the name"
                            " in small letters and the port are expected, no path.",
                            word=word,
                        )
                    )

    @api.model
    def _desktops(self):
        """Return the origins whose pages may speak to the door of workflows."""
        sources = self.search([("allow_workflow", "=", True)])
        return {
            word
            for source in sources
            for word in (source.workflow_origins or "").split()
        }
