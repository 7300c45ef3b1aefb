# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Topics that came with the program learn which utility service they are about.

The topics are the customer's: only those still there and still without a service.
"""

from lxml import etree

from odoo import SUPERUSER_ID, api
from odoo.tools import file_open

FILE = "gorod24_appeals/data/topic_outage_service.xml"


def migrate(cr, version):
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    with file_open(FILE, "rb") as source:
        records = etree.parse(source).iter("record")
        services = {record.get("id"): record[0].text for record in records}
    for xmlid, service in services.items():
        topic = env.ref(xmlid, raise_if_not_found=False)
        if topic and not topic.outage_service:
            topic.outage_service = service
