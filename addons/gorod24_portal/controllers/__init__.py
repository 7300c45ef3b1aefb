# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import home
from . import requests
from . import journal_file
from . import request_work
from . import staff
from . import bulk
