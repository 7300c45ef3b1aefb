# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import stat_mixin
from . import stat_storage
from . import question_stat
from . import call_stat
from . import operator_stat
from . import call_topic_stat
from . import quality_stat
from . import ir_config_parameter
