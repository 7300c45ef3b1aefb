# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import gorod24_classifier_import
from . import gorod24_classifier_export
from . import gorod24_mapping_suggest
from . import gorod24_mapping_suggest_line
from . import gorod24_competence_ask
from . import gorod24_competence_export
from . import gorod24_competence_gap
from . import gorod24_competence_import
from . import gorod24_competence_import_columns
from . import gorod24_topic_archive
from . import gorod24_competence_overlap
from . import gorod24_competence_reassign
from . import gorod24_competence_reassign_line
from . import gorod24_competence_report
from . import gorod24_section_presence
from . import gorod24_search_trial
