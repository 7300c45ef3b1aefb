# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Gorod 24: Cisco",
    "summary": "Cisco Finesse connector: screen pop, commands, recordings",
    "version": "19.0.2.1.0",
    "development_status": "Beta",
    "category": "Services/Gorod24",
    "website": "https://github.com/gorod24/gorod24",
    "author": "Город 24",
    "license": "AGPL-3",
    "depends": ["gorod24_telephony"],
    "external_dependencies": {"python": ["aiohttp", "requests", "slixmpp"]},
}
