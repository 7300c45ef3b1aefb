# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

{
    "name": "Gorod 24: notices of participants",
    "summary": "Participants enter their own notices in the portal and keep the terms",
    "version": "19.0.1.0.1",
    "development_status": "Beta",
    "category": "Services/Gorod24",
    "website": "https://github.com/gorod24/gorod24",
    "author": "Город 24",
    "license": "AGPL-3",
    "depends": ["gorod24_notice", "gorod24_portal"],
    "auto_install": True,
    "data": [
        "security/ir.model.access.csv",
        "security/gorod24_notice_portal_security.xml",
        "views/notice_templates.xml",
    ],
    "assets": {
        "web.assets_frontend": ["gorod24_notice_portal/static/src/scss/notices.scss"],
    },
}
