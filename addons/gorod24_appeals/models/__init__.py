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
from . import gorod24_referral_plan
from . import gorod24_referral_course
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

from . import gorod24_question_terms
from . import gorod24_question_term_list
from . import gorod24_question_term_work
from . import gorod24_question_forwarding
from . import gorod24_question_forward
from . import gorod24_regime_topics
from . import gorod24_reference_health_terms
from . import gorod24_question_reroute
from . import gorod24_question_control
from . import gorod24_question_close
from . import gorod24_question_correct
from . import helpdesk_ticket_convert
from . import gorod24_bulk_job
from . import gorod24_bulk_line

# After what closes and reopens questions: these extend it.
from . import gorod24_phone_wrong
from . import gorod24_informing_rule
from . import gorod24_informing_call
from . import gorod24_informing_lease
from . import gorod24_informing_letter
from . import gorod24_informing_desk
from . import gorod24_question_informing
from . import helpdesk_ticket_inform_way
from . import gorod24_appeal_registrar_inform
from . import res_config_settings
from . import gorod24_shift_handover
from . import gorod24_shift_handover_blocks
from . import gorod24_blank_batch
from . import gorod24_blank
from . import gorod24_appeal_registrar_blank
from . import gorod24_appeal_registrar_author
from . import gorod24_appeal_registrar_repeat
from . import gorod24_caller_card_draft
from . import gorod24_caller_card_person
from . import gorod24_caller_card_similar
from . import gorod24_card_draft
from . import gorod24_card_presence
from . import gorod24_question_marks
from . import helpdesk_ticket_author
from . import helpdesk_ticket_channel
