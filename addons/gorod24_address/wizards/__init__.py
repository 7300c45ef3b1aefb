# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import gorod24_address_import
from . import gorod24_address_import_rows
from . import gorod24_building_picker_line
from . import gorod24_building_picker
from . import gorod24_table_import_header
from . import gorod24_table_import_column
