# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Arithmetic of legal time limits: plain Python, no Odoo, no database.

Moments enter and leave as naive UTC datetimes, as Odoo stores them; day borders,
windows and days off belong to the service's time zone.
"""

from .arithmetic import Due, due, pause_length
from .calendar import OFF, SHORT, WORK, WorkCalendar, statutory_days
from .ladder import AFTER, BREACH, MOMENTS, WARNING, Climb, Rung, climb, rung_time
from .rule import (
    ACCEPTANCE,
    CALENDAR_DAYS,
    EXECUTION,
    INFORMING,
    KINDS,
    MINUTES,
    REGISTRATION,
    WORKING_DAYS,
    Rule,
)
from .steps import Step, days_form

__all__ = [
    "ACCEPTANCE",
    "AFTER",
    "BREACH",
    "CALENDAR_DAYS",
    "Climb",
    "Due",
    "EXECUTION",
    "INFORMING",
    "KINDS",
    "MINUTES",
    "MOMENTS",
    "OFF",
    "REGISTRATION",
    "Rule",
    "Rung",
    "SHORT",
    "Step",
    "WARNING",
    "WORK",
    "WORKING_DAYS",
    "WorkCalendar",
    "climb",
    "days_form",
    "due",
    "pause_length",
    "rung_time",
    "statutory_days",
]
