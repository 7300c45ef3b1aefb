# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Kinds of terms, in the order in which a question lives through them."""

KINDS = [
    ("registration", "Registration"),
    ("forwarding", "Forwarding outside"),
    ("acceptance", "Acceptance"),
    ("localisation", "Localisation"),
    ("planned_time", "Telling the planned time"),
    ("execution", "Execution"),
    ("informing", "Informing"),
]
