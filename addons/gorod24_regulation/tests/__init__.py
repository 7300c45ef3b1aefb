# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_access
from . import test_calendar
from . import test_clock
from . import test_regime
from . import test_sweep
from . import test_ladder
from . import test_hours
from . import test_regime_copy
from . import test_upgrade_basis
from . import test_clock_calendar
from . import test_clock_missed
from . import test_upgrade_families
