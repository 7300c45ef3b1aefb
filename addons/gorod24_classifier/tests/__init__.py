# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_competence_change
from . import test_competence_import
from . import test_competence_report
from . import test_classifier_tree
from . import test_topic_archive
from . import test_tree_tour
from . import test_topic_properties
from . import test_routing
from . import test_search
from . import test_search_quality
from . import test_synonym
from . import test_topic_habit
from . import test_helpdesk_doors
from . import test_translation
from . import test_classifier_import
from . import test_editions
from . import test_upgrade_words
from . import test_mapping
from . import test_section_duty
from . import test_agreement
from . import test_reference_health
from . import test_answer
from . import test_navigator
from . import test_js
