# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import gorod24_classifier
from . import helpdesk_ticket_category
from . import helpdesk_ticket_category_memory
from . import helpdesk_ticket_category_search
from . import gorod24_search_trial_mixin
from . import gorod24_synonym
from . import gorod24_topic_habit
from . import gorod24_section
from . import gorod24_section_member
from . import gorod24_competence
from . import gorod24_competence_route
from . import ir_http
from . import res_partner
