# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_access
from . import test_call_stat
from . import test_concurrency
from . import test_download
from . import test_question_stat
from . import test_report_topics
from . import test_ui
from . import test_forms_of_calls
from . import test_quality_stat
from . import test_journal_xlsx
