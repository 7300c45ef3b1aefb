# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

{
    "name": "Gorod 24: notices",
    "summary": "Outages, works and announcements: told on the card, joined by callers",
    "version": "19.0.1.1.0",
    "development_status": "Beta",
    "category": "Services/Gorod24",
    "website": "https://github.com/gorod24/gorod24",
    "author": "Город 24",
    "license": "AGPL-3",
    "depends": ["gorod24_appeals"],
    "data": [
        "security/ir.model.access.csv",
        "security/gorod24_notice_security.xml",
        "data/ir_sequence_data.xml",
        "data/gorod24_notice_service_data.xml",
        "wizards/gorod24_notice_change_views.xml",
        "wizards/gorod24_notice_place_list_views.xml",
        "views/gorod24_notice_service_views.xml",
        "views/gorod24_notice_views.xml",
        "views/gorod24_question_views.xml",
    ],
    "assets": {
        "web.assets_backend": ["gorod24_notice/static/src/**/*"],
        "web.assets_tests": ["gorod24_notice/static/tests/tours/**/*"],
        "web.assets_unit_tests": ["gorod24_notice/static/tests/**/*.test.js"],
    },
}
