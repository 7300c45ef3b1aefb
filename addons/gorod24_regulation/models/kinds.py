# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Kinds of terms, in the order in which a question lives through them."""

KINDS = [
    ("registration", "Registration"),
    ("forwarding", "Forwarding outside"),
    ("acceptance", "Acceptance"),
    ("localisation", "Localisation"),
    ("planned_time", "Telling the planned time"),
    ("restoration", "Restoring the service"),
    ("execution", "Execution"),
    ("papers", "Papers of another body"),
    ("informing", "Informing"),
    # of calls, not of questions
    ("answer", "Answer to a call"),
    ("callback", "Calling back"),
]
# Utility services whose interruption is tolerated for some hours only: resolution 354.
SERVICES = [
    ("cold_water", "Cold water"),
    ("hot_water", "Hot water"),
    ("sewerage", "Sewerage"),
    ("electricity", "Electricity"),
    ("gas", "Gas"),
    ("heating", "Heating"),
]
