# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Speed of «Город 24» beside plain helpdesk_mgmt on a large base. See README.md."""
