# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import gorod24_classifier
from . import helpdesk_ticket_category
from . import helpdesk_ticket_category_questions
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
from . import gorod24_classifier_columns
from . import gorod24_classifier_sentences
from . import gorod24_classifier_rows
from . import gorod24_classifier_plan
from . import gorod24_classifier_apply
from . import gorod24_classifier_separate
from . import helpdesk_ticket
from . import helpdesk_ticket_category_edition
from . import helpdesk_ticket_category_mapping
from . import gorod24_edition_transition
from . import gorod24_edition_transition_line
