# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Gorod 24: Classifier",
    "summary": "Topics, participants and the rules of who answers for what and where",
    "version": "19.0.2.0.0",
    "development_status": "Beta",
    "category": "Services/Gorod24",
    "website": "https://github.com/gorod24/gorod24",
    "author": "Город 24",
    "license": "AGPL-3",
    "depends": ["gorod24_address", "helpdesk_mgmt"],
    "data": [
        "security/gorod24_classifier_groups.xml",
        "security/ir.model.access.csv",
        "security/gorod24_classifier_rules.xml",
        "security/helpdesk_mgmt_access.xml",
        "data/ir_cron.xml",
        "data/starter_classifier.xml",
        "views/helpdesk_ticket_category_views.xml",
        "views/gorod24_classifier_views.xml",
        "views/gorod24_section_views.xml",
        "views/gorod24_competence_views.xml",
        "views/res_partner_views.xml",
        "views/helpdesk_portal_templates.xml",
        "wizards/gorod24_topic_archive_views.xml",
        "views/gorod24_classifier_tree_views.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "gorod24_classifier/static/src/**/*",
        ],
        "web.assets_tests": ["gorod24_classifier/static/tests/tours/**/*"],
        "web.assets_unit_tests": ["gorod24_classifier/static/tests/**/*.test.js"],
    },
    "uninstall_hook": "uninstall_hook",
}
