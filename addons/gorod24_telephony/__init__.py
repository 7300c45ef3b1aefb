# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import bus_patience, bus_turns, controllers, models, pool_patience, wizards

bus_patience.be_impatient()
bus_turns.take_turns()
pool_patience.be_patient()
