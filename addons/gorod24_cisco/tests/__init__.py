# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_cisco_adapter
from . import test_cisco_cli
from . import test_cisco_setup
from . import test_cisco_workflow
from . import test_cisco_openapi
