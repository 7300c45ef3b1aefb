# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import gorod24_acknowledgement
from . import gorod24_appeal_merge
from . import gorod24_person_double
from . import gorod24_person_merge
