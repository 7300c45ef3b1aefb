# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
def uninstall_hook(env):
    """Take away the search columns that the ORM does not know."""
    env.cr.execute(
        "ALTER TABLE helpdesk_ticket_category"
        " DROP COLUMN IF EXISTS search_vector, DROP COLUMN IF EXISTS search_words"
    )
