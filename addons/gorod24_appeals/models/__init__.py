# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import gorod24_phone
from . import gorod24_regime
from . import gorod24_question
from . import gorod24_question_flow
from . import gorod24_question_escalation
from . import gorod24_referral
from . import gorod24_referral_limits
from . import gorod24_informing
from . import gorod24_informing_attempt
from . import helpdesk_ticket
from . import helpdesk_ticket_category
from . import helpdesk_ticket_category_open
from . import helpdesk_ticket_category_regime
from . import gorod24_caller_card
from . import gorod24_appeal_registrar
from . import res_partner

from . import gorod24_appeal_registrar_details
from . import gorod24_appeal_registrar_place
from . import gorod24_caller_card_advice
from . import gorod24_navigator
from . import gorod24_question_details
from . import gorod24_topic_habit

from . import gorod24_finder
from . import gorod24_journal
from . import gorod24_journal_mixin
from . import gorod24_journal_selection
from . import gorod24_phone_piece
from . import gorod24_question_words
from . import gorod24_question_journal
from . import gorod24_referral_line
from . import gorod24_question_search
from . import gorod24_section_journal
from . import helpdesk_ticket_search
from . import res_partner_name
