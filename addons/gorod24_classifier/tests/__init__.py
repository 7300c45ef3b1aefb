# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_routing
from . import test_search
from . import test_search_quality
from . import test_synonym
from . import test_topic_habit
from . import test_helpdesk_doors
from . import test_translation
