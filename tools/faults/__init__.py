# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Trials of the whole telephony over real processes that are killed in the middle.

``town`` builds the processes, ``plot`` plays citizens, ``victims`` kills, ``screens``
listens as operators' browsers do, ``check`` compares with the simulator's own ledger.
"""
