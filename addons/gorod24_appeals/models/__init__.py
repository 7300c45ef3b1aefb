# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import gorod24_phone
from . import gorod24_regime
from . import gorod24_question
from . import gorod24_question_event
from . import gorod24_question_course
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

from . import gorod24_appeal_view
from . import gorod24_caller_card_acknowledgement
from . import gorod24_caller_card_history
from . import gorod24_history
from . import gorod24_timeline
from . import gorod24_timeline_work
from . import gorod24_timeline_event
from . import gorod24_timeline_clock
from . import gorod24_timeline_talk
from . import gorod24_building
from . import gorod24_question_history
from . import helpdesk_ticket_acknowledgement
from . import helpdesk_ticket_paper
from . import helpdesk_ticket_view_log
from . import res_partner_history

from . import gorod24_merge
from . import gorod24_merge_line
from . import gorod24_merge_walk
from . import gorod24_merge_undo
from . import gorod24_merge_person
from . import gorod24_merge_appeal
from . import gorod24_caller_card_merge
from . import helpdesk_ticket_merge
from . import res_partner_merge
