# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import gorod24_classifier
from . import helpdesk_ticket_category
from . import helpdesk_ticket_category_time
from . import helpdesk_ticket_category_tree
from . import helpdesk_ticket_category_move
from . import helpdesk_ticket_category_archive
from . import helpdesk_ticket_category_search
from . import gorod24_section
from . import gorod24_section_member
from . import gorod24_competence
from . import gorod24_competence_route
from . import ir_http
from . import res_partner

from . import gorod24_service_time
from . import gorod24_word_search
from . import gorod24_answer
from . import gorod24_answer_approval
from . import gorod24_answer_reminder
from . import gorod24_answer_search
from . import gorod24_answer_use
from . import gorod24_answer_version
from . import gorod24_navigator
from . import gorod24_navigator_hours
from . import gorod24_navigator_search
from . import gorod24_navigator_special
from . import gorod24_navigator_status
from . import gorod24_navigator_use
