# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import bus_patience, controllers, models, pool_patience, wizards

bus_patience.be_impatient()
pool_patience.be_patient()
