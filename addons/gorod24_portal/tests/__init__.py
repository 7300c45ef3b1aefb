# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import test_access
from . import test_journal
from . import test_localised_http
from . import test_letter
from . import test_page
from . import test_portal_http
from . import test_report_http
from . import test_reopened
from . import test_agreement_fields
from . import test_staff_http
from . import test_substitute
from . import test_tour
from . import test_view_log
from . import test_journal_columns
from . import test_flow_http
from . import test_journal_file
from . import test_terms_http
from . import test_done_words
from . import test_pause
