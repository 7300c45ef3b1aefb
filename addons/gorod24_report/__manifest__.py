# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

{
    "name": "Gorod 24: reports",
    "summary": "Always fresh statistics of questions and calls, report forms",
    "version": "19.0.2.4.0",
    "development_status": "Beta",
    "category": "Services/Gorod24",
    "website": "https://github.com/gorod24/gorod24",
    "author": "Город 24",
    "license": "AGPL-3",
    "depends": ["gorod24_appeals", "gorod24_telephony", "report_xlsx"],
    "external_dependencies": {"python": ["xlsxwriter"]},
    "data": [
        "security/ir.model.access.csv",
        "security/gorod24_report_security.xml",
        "security/gorod24_report_call_security.xml",
        "data/ir_cron.xml",
        "report/topic_report.xml",
        "report/journal_report.xml",
        "report/calls_report.xml",
        "wizards/gorod24_report_topics_views.xml",
        "wizards/gorod24_journal_print_views.xml",
        "wizards/gorod24_report_calls_views.xml",
        "views/gorod24_question_stat_views.xml",
        "views/gorod24_call_stat_views.xml",
        "views/gorod24_call_stat_line_views.xml",
        "views/gorod24_operator_stat_views.xml",
        "views/gorod24_call_topic_stat_views.xml",
        "views/gorod24_quality_stat_views.xml",
        "views/gorod24_question_views.xml",
    ],
    "assets": {
        "web.assets_tests": ["gorod24_report/static/tests/tours/**/*"],
    },
    "uninstall_hook": "uninstall_hook",
}
