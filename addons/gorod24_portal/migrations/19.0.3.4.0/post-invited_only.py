# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Accounts are given by invitation; Odoo lets everybody make himself one."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["ir.config_parameter"].set_param("auth_signup.invitation_scope", "b2b")
