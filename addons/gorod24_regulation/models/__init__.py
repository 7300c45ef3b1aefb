# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import regulation_cached
from . import hotline_hours
from . import regime
from . import regime_rule
from . import regime_copy
from . import production_calendar
from . import production_day
from . import clock
from . import clock_pause
from . import clock_rederive
from . import clock_extension
from . import clock_extend
from . import clock_sweep
from . import escalation_step
from . import clock_escalation
from . import clock_ladder
from . import clock_calendar
from . import clock_mixin
from . import res_config_settings
