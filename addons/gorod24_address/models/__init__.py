# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import gorod24_address
from . import gorod24_address_alias
from . import gorod24_building
from . import gorod24_building_search
from . import res_partner
from . import gorod24_table_import_header
from . import gorod24_table_import_column
from . import gorod24_table_import
