# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import gorod24_referral
from . import gorod24_referral_journal
from . import gorod24_referral_page
from . import gorod24_referral_letter
from . import ir_http
from . import gorod24_reference_health
from . import res_partner_staff
from . import res_users
from . import gorod24_referral_parts
from . import gorod24_referral_localised
from . import gorod24_referral_outage
from . import gorod24_referral_plan
from . import gorod24_referral_section
from . import gorod24_referral_withdrawal
from . import gorod24_bulk_job
from . import gorod24_referral_sheet
from . import gorod24_referral_pause
