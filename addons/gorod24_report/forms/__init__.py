# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Report forms as plain tables: the figures are made here once, for any file type."""

from .topic_table import (
    Row,
    TopicTable,
    build_topic_table,
    months_between,
    year_before,
)

__all__ = ["Row", "TopicTable", "build_topic_table", "months_between", "year_before"]
