# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import gorod24_address
from . import gorod24_address_alias
from . import gorod24_address_index
from . import gorod24_address_alias_index
from . import gorod24_building
from . import gorod24_building_street
from . import gorod24_building_place
from . import gorod24_building_search
from . import gorod24_building_list
from . import res_partner
from . import gorod24_table_import_header
from . import gorod24_table_import_column
from . import gorod24_table_import
from . import gorod24_gar_import
from . import gorod24_gar_import_unit
from . import gorod24_gar_import_change
from . import gorod24_gar_import_stage
from . import gorod24_gar_import_choice
from . import gorod24_gar_import_file
from . import gorod24_gar_import_run
from . import gorod24_gar_import_read
from . import gorod24_gar_import_address
from . import gorod24_gar_import_alias
from . import gorod24_gar_import_house
from . import gorod24_gar_import_report
