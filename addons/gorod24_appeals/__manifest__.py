# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

{
    "name": "Gorod 24: appeals",
    "summary": "Appeal card, questions, referrals and informing of a city hotline",
    "version": "19.0.3.0.0",
    "development_status": "Beta",
    "category": "Services/Gorod24",
    "website": "https://github.com/gorod24/gorod24",
    "author": "Город 24",
    "license": "AGPL-3",
    "depends": [
        "gorod24_classifier",
        "gorod24_regulation",
        "helpdesk_mgmt",
        "phone_validation",
    ],
    "external_dependencies": {"python": ["phonenumbers"]},
    "data": [
        "security/gorod24_appeals_security.xml",
        "security/ir.model.access.csv",
        "data/ir_sequence_data.xml",
        "views/helpdesk_ticket_views.xml",
        "views/gorod24_question_views.xml",
        "views/gorod24_question_details_views.xml",
        "views/gorod24_referral_views.xml",
        "views/gorod24_informing_views.xml",
        "views/gorod24_phone_views.xml",
        "views/caller_card_views.xml",
        "views/helpdesk_ticket_category_views.xml",
        "security/gorod24_appeals_journal_security.xml",
        "data/gorod24_journal_selection.xml",
        "report/gorod24_journal_report.xml",
        "wizards/gorod24_journal_print_views.xml",
        "views/gorod24_journal_views.xml",
        "views/gorod24_journal_selection_views.xml",
    ],
    "assets": {
        "web.assets_backend": ["gorod24_appeals/static/src/**/*"],
        "web.assets_tests": ["gorod24_appeals/static/tests/tours/**/*"],
        "web.assets_unit_tests": ["gorod24_appeals/static/tests/**/*.test.js"],
    },
}
