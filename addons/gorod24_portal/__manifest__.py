# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

{
    "name": "Gorod 24: participants' portal",
    "summary": "Journal of requests for duty officers, on a phone or a desktop",
    "version": "19.0.3.4.0",
    "development_status": "Beta",
    "category": "Services/Gorod24",
    "website": "https://github.com/gorod24/gorod24",
    "author": "Город 24",
    "license": "AGPL-3",
    "depends": ["gorod24_appeals", "portal"],
    "external_dependencies": {"python": ["Pillow"]},
    "data": [
        "security/gorod24_portal_security.xml",
        "security/ir.model.access.csv",
        "data/ir_config_parameter_data.xml",
        "data/mail_template_data.xml",
        "data/ir_cron_data.xml",
        "views/portal_templates.xml",
        "views/journal_templates.xml",
        "views/journal_sheet_templates.xml",
        "views/request_plan_templates.xml",
        "views/request_templates.xml",
        "views/request_form_templates.xml",
        "views/request_parts_templates.xml",
        "views/bulk_templates.xml",
        "views/staff_templates.xml",
    ],
    "assets": {
        "web.assets_frontend": [
            "gorod24_portal/static/src/scss/portal.scss",
            "gorod24_portal/static/src/scss/journal.scss",
            "gorod24_portal/static/src/scss/request.scss",
            "gorod24_portal/static/src/scss/work.scss",
            "gorod24_portal/static/src/scss/staff.scss",
            "gorod24_portal/static/src/scss/bulk.scss",
            "gorod24_portal/static/src/js/*.js",
        ],
        "web.assets_tests": ["gorod24_portal/static/tests/tours/*.js"],
    },
}
