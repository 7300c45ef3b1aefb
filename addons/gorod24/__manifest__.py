# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

{
    "name": "Gorod 24",
    "summary": "One number for all city problems: the whole hotline together",
    "version": "19.0.3.4.0",
    "development_status": "Beta",
    "category": "Services/Gorod24",
    "website": "https://github.com/gorod24/gorod24",
    "author": "Город 24",
    "license": "AGPL-3",
    "application": True,
    "depends": [
        "gorod24_portal",
        "gorod24_cisco",
        "gorod24_report",
        "gorod24_notice",
        "gorod24_notice_telephony",
        "gorod24_notice_portal",
        "base_import",
        "auth_totp",
    ],
    "data": [
        "data/res_company_data.xml",
        "views/gorod24_menus.xml",
        "views/login_templates.xml",
    ],
    "assets": {
        "web._assets_primary_variables": [
            ("prepend", "gorod24/static/src/scss/primary_variables.scss"),
        ],
        "web.assets_backend": ["gorod24/static/src/own_menu/own_menu.js"],
    },
}
