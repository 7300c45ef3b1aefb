# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Gorod 24: Addresses",
    "summary": "Streets and houses of the city, found as people say them",
    "version": "19.0.2.0.0",
    "development_status": "Beta",
    "category": "Services/Gorod24",
    "website": "https://github.com/gorod24/gorod24",
    "author": "Город 24",
    "license": "AGPL-3",
    "depends": ["mail"],
    "data": [
        "security/gorod24_address_groups.xml",
        "security/ir.model.access.csv",
        "security/gorod24_address_rules.xml",
        "views/gorod24_address_views.xml",
        "views/gorod24_building_views.xml",
        "views/res_partner_views.xml",
        "views/gorod24_table_import_views.xml",
        "data/gorod24_address_cron.xml",
        "views/gorod24_gar_import_views.xml",
        "wizards/gorod24_address_import_views.xml",
        "wizards/gorod24_building_picker_views.xml",
    ],
    "assets": {
        "web.assets_backend": [
            # Debian's package leaves this file out but still lists it.
            (
                "remove",
                "mail/static/lib/selfie_segmentation/selfie_segmentation.js",
            ),
            "gorod24_address/static/src/gar_import/*",
        ],
    },
}
