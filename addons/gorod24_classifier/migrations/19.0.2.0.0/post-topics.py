# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Give the shipped topics the properties that are new in this version.

The values are those of a new installation (data/starter_classifier.xml); only what
is empty is filled, what the curators wrote stays.
"""

import ast

from lxml import etree

from odoo import SUPERUSER_ID, api
from odoo.tools import file_open

MODULE = "gorod24_classifier"
TEXTS = ("script", "stop_phrase", "required_proof")


def migrate(cr, version):
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    for name, values in _read_shipped():
        topic = env.ref(f"{MODULE}.{name}", raise_if_not_found=False)
        if topic:
            _fill(topic, values)


def _read_shipped():
    """(xml id, values of the new properties) of each topic in the data file."""
    with file_open(f"{MODULE}/data/starter_classifier.xml", "rb") as file:
        root = etree.parse(file).getroot()
    for record in root.iterfind("record[@model='helpdesk.ticket.category']"):
        nodes = {node.get("name"): node for node in record.iterfind("field")}
        values = {name: nodes[name].text for name in TEXTS if name in nodes}
        if "required_place" in nodes:
            values["required_place"] = nodes["required_place"].text
        if "season_from" in nodes and "season_to" in nodes:
            values["season_from"] = nodes["season_from"].text
            values["season_to"] = nodes["season_to"].text
        if "extra_definition" in nodes:
            values["extra_definition"] = ast.literal_eval(
                nodes["extra_definition"].get("eval")
            )
        yield record.get("id"), values


def _fill(topic, values):
    """Write the values of fields that are still empty."""
    if topic.season_from or topic.season_to:
        values = {k: v for k, v in values.items() if not k.startswith("season_")}
    empty = {
        name: value
        for name, value in values.items()
        if not topic[name] or (name == "required_place" and topic[name] == "any")
    }
    if empty:
        topic.write(empty)
