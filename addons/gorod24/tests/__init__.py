# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import test_demo_city
from . import test_menu
from . import test_reference_walk
from . import test_words_of_odoo
