# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import gorod24_classifier
from . import helpdesk_ticket_category
from . import helpdesk_ticket_category_search
from . import gorod24_section
from . import gorod24_section_member
from . import gorod24_section_absence
from . import gorod24_section_contact
from . import gorod24_section_calendar
from . import gorod24_section_duty
from . import gorod24_section_chain
from . import gorod24_agreement_field
from . import gorod24_agreement
from . import gorod24_competence
from . import gorod24_competence_route
from . import ir_http
from . import res_partner
from . import res_partner_agreement
from . import res_partner_exchange
from . import res_users
from . import helpdesk_ticket_category_health
from . import gorod24_building_health
from . import gorod24_reference_health
from . import gorod24_reference_health_participants
from . import gorod24_reference_health_topics
