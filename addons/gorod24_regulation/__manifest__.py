# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

{
    "name": "Gorod 24: regulation",
    "summary": "Legal regimes, running time limits and the production calendar",
    "version": "19.0.3.4.0",
    "development_status": "Beta",
    "category": "Services/Gorod24",
    "website": "https://github.com/gorod24/gorod24",
    "author": "Город 24",
    "license": "AGPL-3",
    "depends": ["base", "web"],
    "data": [
        "security/gorod24_regulation_security.xml",
        "security/ir.model.access.csv",
        "data/ir_config_parameter.xml",
        "data/gorod24_regime.xml",
        "data/gorod24_production_calendar.xml",
        "data/gorod24_escalation_step.xml",
        "data/ir_cron.xml",
        "views/production_calendar_templates.xml",
        "views/gorod24_regime_views.xml",
        "views/gorod24_outage_views.xml",
        "views/gorod24_production_calendar_views.xml",
        "views/gorod24_clock_views.xml",
        "views/gorod24_escalation_step_views.xml",
        "views/res_config_settings_views.xml",
    ],
}
