# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The connector process: Finesse on one side, Odoo's event door on the other.

Runs outside the HTTP workers and needs no database.
"""
