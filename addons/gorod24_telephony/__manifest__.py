# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

{
    "name": "Gorod 24: telephony",
    "summary": "Calls, caller card on ring, call bar, recordings",
    "version": "19.0.2.0.0",
    "development_status": "Beta",
    "category": "Services/Gorod24",
    "website": "https://github.com/gorod24/gorod24",
    "author": "Город 24",
    "license": "AGPL-3",
    "depends": ["bus", "gorod24_appeals"],
    "data": [
        "security/ir.model.access.csv",
        "security/gorod24_telephony_security.xml",
        "security/gorod24_telephony_source_security.xml",
        "security/gorod24_telephony_callback_security.xml",
        "data/gorod24_telephony_source_data.xml",
        "data/ir_cron_data.xml",
        "views/gorod24_call_views.xml",
        "views/gorod24_recording_views.xml",
        "views/gorod24_call_event_views.xml",
        "views/gorod24_informing_views.xml",
        "views/helpdesk_ticket_views.xml",
        "views/gorod24_telephony_source_views.xml",
        "views/gorod24_callback_views.xml",
        "views/gorod24_ledger_views.xml",
        "wizards/gorod24_call_settle_views.xml",
        "views/res_users_views.xml",
    ],
    "assets": {
        "web.assets_backend": ["gorod24_telephony/static/src/**/*"],
        "web.assets_tests": ["gorod24_telephony/static/tests/tours/**/*"],
        "web.assets_unit_tests": ["gorod24_telephony/static/tests/**/*.test.js"],
    },
}
