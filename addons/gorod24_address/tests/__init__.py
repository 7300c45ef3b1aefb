# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_building
from . import test_building_list
from . import test_building_picker
from . import test_lookup
from . import test_address_import
