# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Stand-in for the Cisco side: Finesse REST, notifications over XMPP, a recorder.

Written from the protocol sheet alone; shares no code with the connector on purpose.
"""
