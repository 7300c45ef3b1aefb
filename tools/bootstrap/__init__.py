# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Prepares, starts, stops and tests a whole «Город 24» on one machine.

Only the standard library is used: this package runs before anything is installed.
"""
