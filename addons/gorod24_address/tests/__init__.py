# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_building
from . import test_building_list
from . import test_building_picker
from . import test_gar_access
from . import test_gar_cutoff
from . import test_gar_delta
from . import test_gar_import
from . import test_gar_refusal
from . import test_lookup
from . import test_table_sample
from . import test_building_order
from . import test_address_import
