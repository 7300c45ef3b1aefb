# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Citizens who wait to be rung back get the term of the norm, from their last call."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    for callback in env["gorod24.callback"].search(
        [("state", "in", ("waiting", "taken")), ("due", "=", False)]
    ):
        if not callback.clock_ids:
            callback._time_from(callback.last_call_at or callback.create_date)
