# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Gorod 24: Cisco",
    "summary": "Cisco Finesse connector: screen pop, commands, recordings",
    "version": "19.0.2.3.0",
    "development_status": "Beta",
    "category": "Services/Gorod24",
    "website": "https://github.com/gorod24/gorod24",
    "author": "Город 24",
    "license": "AGPL-3",
    "depends": ["gorod24_telephony"],
    "data": [
        "security/ir.model.access.csv",
        "security/gorod24_cisco_calibration_security.xml",
        "data/ir_cron_data.xml",
        "views/gorod24_telephony_setup_views.xml",
        "views/gorod24_telephony_source_views.xml",
    ],
    "assets": {
        "web.assets_backend": ["gorod24_cisco/static/src/**/*"],
        "web.assets_tests": ["gorod24_cisco/static/tests/tours/**/*"],
    },
    "external_dependencies": {"python": ["aiohttp", "requests", "slixmpp"]},
}
