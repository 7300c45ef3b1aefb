# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import gorod24_informing_give_up
from . import gorod24_informing_written
from . import gorod24_regime_move
from . import gorod24_service_rules
from . import gorod24_term_change
from . import gorod24_question_forward_out
from . import gorod24_appeal_convert
from . import gorod24_bulk_start
from . import gorod24_question_work
from . import gorod24_blank_print
from . import gorod24_blank_entry
from . import gorod24_blank_write_off
from . import gorod24_journal_print
from . import gorod24_acknowledgement
from . import gorod24_appeal_merge
from . import gorod24_person_double
from . import gorod24_person_merge
