# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Arithmetic of legal time limits: plain Python, no Odoo, no database.

Moments enter and leave as naive UTC datetimes, as Odoo stores them; day borders,
windows and days off belong to the service's time zone.
"""

from .arithmetic import Due, due, extended, pause_length
from .calendar import OFF, SHORT, WORK, WorkCalendar, statutory_days
from .choice import choose
from .hours import DailyHours
from .ladder import AFTER, BREACH, MOMENTS, WARNING, Climb, Rung, climb, rung_time
from .rule import (
    ACCEPTANCE,
    ANSWER,
    CALENDAR_DAYS,
    CALLBACK,
    EXECUTION,
    FORWARDING,
    INFORMING,
    KINDS,
    LOCALISATION,
    MINUTES,
    PAPERS,
    PLANNED_TIME,
    PREVIOUS,
    REGISTRATION,
    RESTORATION,
    WORKING_DAYS,
    WORKING_MINUTES,
    Rule,
)
from .steps import Step, days_form

__all__ = [
    "ACCEPTANCE",
    "AFTER",
    "ANSWER",
    "BREACH",
    "CALENDAR_DAYS",
    "CALLBACK",
    "Climb",
    "DailyHours",
    "Due",
    "EXECUTION",
    "FORWARDING",
    "INFORMING",
    "KINDS",
    "LOCALISATION",
    "MINUTES",
    "MOMENTS",
    "OFF",
    "PAPERS",
    "PLANNED_TIME",
    "PREVIOUS",
    "REGISTRATION",
    "RESTORATION",
    "Rule",
    "Rung",
    "SHORT",
    "Step",
    "WARNING",
    "WORK",
    "WORKING_DAYS",
    "WORKING_MINUTES",
    "WorkCalendar",
    "choose",
    "climb",
    "days_form",
    "due",
    "extended",
    "pause_length",
    "rung_time",
    "statutory_days",
]
