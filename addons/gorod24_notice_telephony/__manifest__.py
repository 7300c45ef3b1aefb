# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

{
    "name": "Gorod 24: notices for the voice menu",
    "summary": "The voice menu says what is known about the caller's house",
    "version": "19.0.1.0.0",
    "development_status": "Beta",
    "category": "Services/Gorod24",
    "website": "https://github.com/gorod24/gorod24",
    "author": "Город 24",
    "license": "AGPL-3",
    "depends": ["gorod24_notice", "gorod24_telephony"],
    "auto_install": True,
}
