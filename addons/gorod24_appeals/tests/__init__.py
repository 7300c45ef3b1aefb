# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import test_appeal_flow
from . import test_appeal_state
from . import test_caller_card
from . import test_card_tour
from . import test_js
from . import test_phone
from . import test_security
from . import test_topic_end
from . import test_referral_limits
from . import test_card_details
from . import test_card_advice_tour
from . import test_escalation
from . import test_question_terms
from . import test_question_terms_tour
from . import test_bulk
from . import test_closing
from . import test_convert
from . import test_reroute
from . import test_question_flow_tour
from . import test_informing
from . import test_informing_letter
from . import test_informing_tour
from . import test_shift
from . import test_blank
from . import test_card_author
from . import test_card_draft
from . import test_card_repeat
from . import test_finder
from . import test_journal
from . import test_timeline
from . import test_history
from . import test_papers
from . import test_merge
from . import test_history_tour
