# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The search keeps its words in memory: its columns go. New wordings of the starter
classifier reach the topics that no person has changed; nothing is taken away.

Runs before post-editions, which writes topics as the system: the name of the last
writer would be lost. The count of uses was written as the system, too, so words that
are not of the starter also tell that a person has been here.
"""

from lxml import etree

from odoo import SUPERUSER_ID, api
from odoo.tools import file_open

STARTER = "gorod24_classifier/data/starter_classifier.xml"


def migrate(cr, version):
    if not version:
        return
    cr.execute(
        "ALTER TABLE helpdesk_ticket_category"
        " DROP COLUMN IF EXISTS search_vector, DROP COLUMN IF EXISTS search_words"
    )
    env = api.Environment(cr, SUPERUSER_ID, {})
    for xmlid, lines in _read_starter():
        topic = env.ref(f"gorod24_classifier.{xmlid}", raise_if_not_found=False)
        if not topic or topic.write_uid.id != SUPERUSER_ID:
            continue
        known = (topic.synonyms or "").splitlines()
        new = [line for line in lines if line not in known]
        if new and set(known) <= set(lines):
            topic.synonyms = "\n".join(known + new)


def _read_starter():
    with file_open(STARTER, "rb") as starter:
        for record in etree.parse(starter).iter("record"):
            for field in record.iterfind("field[@name='synonyms']"):
                yield record.get("id"), (field.text or "").splitlines()
