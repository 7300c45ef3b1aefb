# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The course of an appeal as one list, newest first, read page by page.

Plain Python. The list is made of many tables, so a place in it is a mark: moment, rank
of the table, id of the row. Ranks put things of one second in the order of life (what
is registered first is sent later), and make every mark unique.
"""

from .pages import Mark, conditions_before, newest, read_mark

__all__ = ["Mark", "conditions_before", "newest", "read_mark"]
